"""``dreamgen texture chair.glb "a red armchair"``: words to a texture on a model of your own; the model stays as it is."""

from argparse import Namespace
from pathlib import Path

from . import run

RECIPE = "texture"


def add(commands) -> None:
    parser = commands.add_parser("texture", help="words to a texture on your own model",
                                 description="Paint a model of your own as the words say. Its triangles, its places in the "
                                             "texture, its scale and its axes stay as they are.")
    parser.add_argument("mesh", help="a GLB, glTF, OBJ, PLY, STL or OFF file")
    parser.add_argument("prompt", help='what it is to be, as "a red armchair"')
    run.options(parser)
    parser.add_argument("--up", choices=("x", "y", "z"), help="the file's axis that points up (y)")
    parser.add_argument("--front", type=float, metavar="AZIMUTH", help="from where its front is seen, degrees around the axis "
                        "that points up, counter-clockwise from +z (from -y with --up z; 0)")
    parser.add_argument("--preset", help="draft, standard or quality")
    parser.add_argument("--seed", help="another number, another texture")
    run.named(parser)
    parser.set_defaults(call=call, recipe=RECIPE)


def call(args: Namespace) -> None:
    given = {"prompt": args.prompt, "preset": args.preset, "seed": args.seed, "out": args.out, "prior": args.prior}
    words = [*run.overrides(given), *settings(args.mesh, args.up, args.front)]
    run.begin(args, RECIPE, words + args.overrides)


def settings(mesh: str | Path, up: str | None, front: float | None) -> list[str]:
    """``key=value`` of the model and of how it stands; raises ConfigError where there is no such file."""
    return run.overrides({"stages.0.scene.mesh": run.existing(mesh), "stages.0.scene.up": up, "stages.0.scene.front_deg": front})
