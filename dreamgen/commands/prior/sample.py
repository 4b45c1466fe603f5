"""``dreamgen prior sample``: draw words from several sides."""

from argparse import Namespace
from pathlib import Path

from ...errors import ConfigError
from ._options import loaded, which


def add(inner) -> None:
    parser = inner.add_parser("sample", help="draw words from several sides", description="Draw what the words say.")
    parser.add_argument("prompt", nargs="+", help='as "a red apple"; several make several rows')
    parser.add_argument("--views", type=int, default=4, help="sides, spread over a turn; 0 leaves the side open (4)")
    parser.add_argument("--grid", type=Path, metavar="PNG", help="where the sheet is written (<prompt>.png)")
    parser.add_argument("--scale", type=float, default=4.0, help="guidance scale (4)")
    parser.add_argument("--steps", type=int, default=20, help="of the sampler (20)")
    parser.add_argument("--sampler", default="",
                        help="sde-dpm++ (from 16 steps on), dpm++ (below), ddim or ddpm; of other families ddim")
    parser.add_argument("--seed", type=int, default=0, help="another number, another picture (0)")
    which(parser)
    parser.set_defaults(call=sample)


def sample(args: Namespace) -> None:
    for name, least in (("views", 0), ("steps", 1)):
        if getattr(args, name) < least:
            raise ConfigError(f"--{name}: need at least {least}, got {getattr(args, name)}")
    prompts = [" ".join(prompt.split()) for prompt in args.prompt]
    if not all(prompts):
        raise ConfigError("prompt: need a word, got none")
    from ...io import images
    from ...recipes import folders
    from ...training.ask import draw_sheet
    path = args.grid or Path(f"{folders.slug(prompts[0])}.png")
    sheet = draw_sheet(loaded(args), prompts, args.views, args.steps, args.scale, args.sampler, args.seed)
    print(images.write(path, sheet))
