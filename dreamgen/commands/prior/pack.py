"""``dreamgen prior pack``: a trained prior as a folder of half the size, without what only --resume needs."""

import shutil
from argparse import Namespace
from pathlib import Path

from ...errors import ConfigError
from ._options import loaded, which


def add(inner) -> None:
    parser = inner.add_parser("pack", help="a copy of half the size, to pass on or to put in a wheel",
                              description="Write a prior's weights as int8 with a scale a row: half of float16's room.")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder, which --prior takes")
    which(parser)
    parser.set_defaults(call=pack)


def pack(args: Namespace) -> None:
    if args.out.exists():
        raise ConfigError(f"--out: {args.out} is there already; need a new folder")
    args.precision = "float32"
    prior = loaded(args)
    from guidance.priors.bundled import network
    from guidance.priors.families.bundled import Bundled
    if not isinstance(prior, Bundled):
        raise ConfigError(f"--prior: {prior.name} is no prior of `dreamgen prior train`; need one, to pack it")
    readme = prior.folder / network.README
    facts = {key: value for key, value in prior.card.items() if key != "files"}
    text = readme.read_text(encoding="utf-8") if readme.is_file() else f"# {prior.name}\n"
    args.out.mkdir(parents=True)
    if (prior.folder / "text").is_dir():
        shutil.copytree(prior.folder / "text", args.out / "text")
    network.write(args.out, prior.network, network.scheduler_of(prior.scheduler_config), facts, text, int8=True)
    print(args.out)
