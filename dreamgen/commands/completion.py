"""``dreamgen completion bash``: a script by which a shell completes dreamgen's commands and options with the Tab key."""

from argparse import Namespace

from ..errors import ConfigError

SHELLS = "bash", "zsh", "tcsh"      # that shtab writes for


def add(commands) -> None:
    parser = commands.add_parser("completion", help="print a script for the Tab key of a shell",
                                 description="Print a script by which a shell completes commands and options. In bash: "
                                             'eval "$(dreamgen completion bash)", there or in ~/.bashrc.')
    parser.add_argument("shell", choices=SHELLS)
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    try:
        import shtab
    except ImportError:
        raise ConfigError("completion: needs the library shtab; pip install shtab") from None
    print(shtab.complete(args.parser, args.shell))
