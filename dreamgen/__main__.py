"""``dreamgen``: parse the command line, call the command, turn what it raises into one line and an exit code.

    0 done      1 our fault (the traceback is kept, or shown with --debug)      2 the user's      130 Ctrl-C
"""

import argparse
import os
import sys
import warnings
from collections.abc import Iterator
from difflib import get_close_matches

from . import __version__
from .commands import every
from .errors import ConfigError, is_users, sentence
from .recipes.by_prior import MESH


def main(argv: list[str] | None = None) -> int:
    # Threads that spin while they wait cost 2 to 4 times the step on a machine that does anything else (measured);
    # OpenMP reads this when torch and numba are first imported, which is later.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    warnings.formatwarning = lambda message, *where: f"dreamgen: {message}\n"       # the sentence, not our source line
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")    # a console without the prompt's letters is no reason to stop
    args = parse(argv)
    try:
        args.call(args)
        sys.stdout.flush()
        return 0
    except KeyboardInterrupt as stop:
        print(f"\ndreamgen: {str(stop) or 'stopped'}", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())      # who reads (``| head``) has had enough
        return 0
    except Exception as error:
        if args.debug:
            raise
        notes = [] if is_users(error) else getattr(error, "__notes__", ["--debug shows the traceback"])
        print("; ".join([f"dreamgen: {sentence(error)}", *notes]), file=sys.stderr)
        return 2 if is_users(error) else 1


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The arguments; leaves the program with one line and exit code 2 where they are wrong."""
    parser = Parser(prog="dreamgen", description="Words in, a textured 3D asset or a vector drawing out.")
    parser.add_argument("--version", action="version", version=f"dreamgen {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command", parser_class=Parser)
    for command in every():
        command.add(commands)
    parser.set_defaults(debug=False, parser=parser)         # which `completion` describes
    for each in parsers(commands):
        each.add_argument("--debug", action="store_true", default=argparse.SUPPRESS,
                          help="show the traceback of an error")
    args, rest = parser.parse_known_args(argv)
    if args.command is None and not rest:
        parser.print_help()
        parser.exit()
    if hasattr(args, "rest"):
        args.rest = rest
        return args
    stray = [word for word in rest if word.startswith("-") or not hasattr(args, "overrides")]
    if stray:
        asked = [each for each in parsers(commands) if args.command in each.prog.split()[:2]] or [parser]
        known = [option for each in asked for option in each._option_string_actions]
        option = stray[0].partition("=")[0]
        guess = _setting(args.recipe or MESH, option) if hasattr(args, "overrides") else ""
        parser.error(f"unrecognised: {' '.join(stray)}{guess or _guess(option, known)}")
    if rest:
        args.overrides = [*args.overrides, *rest]       # argparse leaves over what follows an option
    return args


def _setting(recipe: str, option: str) -> str:
    """Where the recipe has a number of that name, as ``--steps`` is stages.0.optim.steps."""
    from .recipes.home import home
    try:
        key = home(recipe, option.lstrip("-").replace("-", "_"))
    except ConfigError:
        return ""
    return f"; the recipe has it: {key}=..." if key else ""


def parsers(commands) -> Iterator[argparse.ArgumentParser]:
    """Every command's, and those of the commands within it."""
    for each in commands.choices.values():
        yield each
        for action in each._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from parsers(action)


class Parser(argparse.ArgumentParser):
    """argparse's, with errors of one line and a guess; an option is written whole: --seed is not --seeds."""

    def __init__(self, **settings):
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str):
        given, _, known = message.partition("invalid choice: ")[2].partition(" (choose from ")
        guess = _guess(given.strip("'"), [word.strip(" '\"") for word in known.rstrip(")").split(",")]) if known else ""
        self.exit(2, f"{self.prog}: {' '.join(message.split())}{guess}\n")


def _guess(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


if __name__ == "__main__":
    sys.exit(main())
