"""``dreamgen export RUN --to obj,ply``: a finished run's asset in more formats."""

import json
import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from ..errors import ConfigError, traceback_kept
from ..recipes import registry
from .resume import which


def add(commands) -> None:
    parser = commands.add_parser("export", help="write a run's asset in other formats",
                                 description="Write a finished run's asset in other formats, into its folder.")
    which(parser)
    known = ",".join(registry.names("format"))
    parser.add_argument("--to", required=True, metavar="FORMATS", help=f"one or several of {known}")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output: the files, "
                        "their bytes as they are and with gzip, and the numbers of the run")
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    from ..recipes import folders
    wanted = [word.strip().lstrip(".").lower() for word in args.to.split(",")]
    _check(wanted, registry.names("format"))
    folder = folders.find(args.run, args.out)
    recipe = folders.recipe(folder)
    have = registry.formats(registry.kind_of(recipe.export))
    if args.run == "last" and not set(wanted) <= set(have):
        if fit := _fitting(folders.listed(Path(args.out).expanduser() if args.out else None), wanted):
            record = registry.read("export", registry.kind_of(recipe.export)).asset.lower()
            raise ConfigError(f"--to: the last run, {folder}, is a {record} ({', '.join(have)}); the newest run that has "
                              f"{', '.join(wanted)}: `dreamgen export {fit} --to {','.join(wanted)}`")
    _check(wanted, have)
    with traceback_kept(folder):
        from .. import page
        from ..export import again
        from ..io import atomic
        written = again(recipe, folder, wanted)
        paths = atomic.save(written, folder)
        if (folder / "index.html").exists():
            page.write(folder)
        print(json.dumps(_about(folder, written)) if args.json else "\n".join(map(str, paths)))
        if "stl" in wanted:
            print("dreamgen: an STL has no unit: these numbers are metres, a slicer takes them for millimetres; scale by 1000",
                  file=sys.stderr)


def _fitting(runs: list[Path], wanted: list[str]) -> Path | None:
    """The first of ``runs`` whose asset can be written in all the formats."""
    from ..recipes import folders
    for run in runs:
        with suppress(ConfigError):                     # a folder that is damaged, or of another version
            if set(wanted) <= set(registry.formats(registry.kind_of(folders.recipe(run).export))):
                return run
    return None


def _about(folder: Path, written: dict[str, bytes]) -> dict:
    """What ``--json`` prints: run.json is read as the page reads it."""
    from ..page import packed_size, read_json
    files = [{"path": str(folder / name), "bytes": len(data), "gzip": packed_size(data)} for name, data in written.items()]
    run = read_json(folder / "run.json")
    return {"folder": str(folder), "prompt": run.get("prompt"), "seed": run.get("seed"), "files": files,
            "metrics": run.get("metrics", {})}


def _check(wanted: list[str], known: list[str]) -> None:
    from ..recipes.settings import nearest
    for word in wanted:
        if word not in known:
            raise ConfigError(f"--to: no {word!r}; have {', '.join(known)}{nearest(word, known)}")
