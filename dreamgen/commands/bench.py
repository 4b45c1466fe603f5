"""``dreamgen bench [op ...]``: how fast the operations are on this machine."""

from argparse import Namespace


def add(commands) -> None:
    parser = commands.add_parser("bench", help="time the operations", add_help=False)
    parser.set_defaults(call=call, rest=[])             # its own options, --help among them, are read by bench.py


def call(args: Namespace) -> None:
    from ..tools import bench
    bench.main(args.rest)
