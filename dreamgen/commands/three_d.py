"""``dreamgen 3d "a red fox"``: words to an asset; short for ``dreamgen run text-to-3d prompt="a red fox"``."""

from argparse import Namespace

from ..recipes.by_prior import BY_KIND, MESH, by_prior
from . import run


def add(commands) -> None:
    parser = commands.add_parser("3d", help="words to a textured mesh",
                                 description="Make a textured mesh of what the words say, in a new folder.")
    parser.add_argument("prompt", help='what to make, as "a red armchair"')
    run.options(parser)
    parser.add_argument("--preset", help="draft, standard or quality")
    parser.add_argument("--as", dest="kind", choices=tuple(BY_KIND),
                        help="what is optimised: a mesh; a NeRF, whose mesh is exported; 3D Gaussians (splats), with a mesh "
                        "beside them. Default: mesh, and nerf with a prior that cannot be shown a picture")
    parser.add_argument("--seed", help="another number, another asset")
    parser.add_argument("--image", metavar="PNG", help="a picture of the thing, cut out over transparency, seen from the front "
                        "right; for the front say reference.azimuth_deg=0 (docs/image-to-3d.md)")
    run.named(parser)
    parser.set_defaults(call=call, recipe=MESH)


def call(args: Namespace) -> None:
    given = {"prompt": args.prompt, "preset": args.preset, "seed": args.seed, "out": args.out, "prior": args.prior,
             "reference.picture": args.image and run.existing(args.image)}
    words = run.overrides(given) + args.overrides
    run.begin(args, by_prior(words, args.kind), words)
