"""``dreamgen runs``: what was begun here, and how far each has come."""

import json
from argparse import Namespace
from pathlib import Path

from ..errors import ConfigError


def add(commands) -> None:
    parser = commands.add_parser("runs", help="list the runs and how far they are",
                                 description="List the runs in the folders of the working directory, the newest first.")
    parser.add_argument("--out", metavar="DIR", help="the folder to look in, instead of all folders here")
    parser.add_argument("--json", action="store_true", help="an object a line")
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    from ..recipes import folders
    if args.out and not Path(args.out).expanduser().is_dir():
        raise ConfigError(f"--out: no folder {args.out}")
    rows = [row(folder) for folder in folders.listed(Path(args.out).expanduser() if args.out else None)]
    for each in rows:
        print(json.dumps(each, ensure_ascii=False) if args.json else "{folder}  {state}  {prompt}".format(**each))
    if not rows and not args.json:
        print(f"no run in {args.out or 'the folders here'}; `dreamgen 3d` makes one")


def row(folder: Path) -> dict[str, str]:
    """The run's folder, its state and its prompt; what cannot be read is left open."""
    from ..io.lock import taken
    from ..page import read_lines
    from ..recipes import folders
    state = "finished" if folders.finished(folder) else "begun"
    if state == "begun" and (rows := read_lines(folder / "history.jsonl")):
        last = rows[-1]
        state = f"stage {last.get('stage', 0) + 1}, step {last.get('step', 0)} of {last.get('steps', '?')}"
    if state != "finished":
        state += ", running" if taken(folder) else ", stopped"
    return {"folder": str(folder), "state": state, "prompt": folders.prompt(folder)}
