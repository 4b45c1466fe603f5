"""What several subcommands share: which prior, on which device."""

from argparse import ArgumentParser, Namespace


def which(parser: ArgumentParser) -> None:
    """What every command has that asks a prior."""
    parser.add_argument("--prior", default="bundled", help="bundled, or the folder of a prior (bundled)")
    device(parser)


def device(parser: ArgumentParser) -> None:
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (auto)")


def loaded(args: Namespace):
    from guidance import priors

    from ... import build
    return priors.load(args.prior, build.device(args.device), "float32")
