"""``dreamgen recipes``: the recipes that go by name."""

from argparse import Namespace


def add(commands) -> None:
    parser = commands.add_parser("recipes", help="list the recipes", description="List the recipes that go by name.")
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    from ..recipes import load
    for name, path in load.recipes().items():
        first = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
        presets = ", ".join(load.presets(name))
        summary = first.partition("; presets: ")[0].rstrip(".")            # a file's head names them, too
        print(f"{name}\n    {summary}.\n    " + (f"presets: {presets}\n    " if presets else "") + str(path))
