"""``dreamgen batch prompts.csv --out assets``: an asset for each row of a table, here or on a Ray cluster."""

import json
import sys
from argparse import Namespace
from collections import deque
from dataclasses import asdict
from pathlib import Path

from ..errors import ConfigError, RunError
from ._follow import several
from .run import quiet


def add(commands) -> None:
    parser = commands.add_parser("batch", help="make an asset for each row of a table",
                                 description="Make an asset for each row of a table (.csv, .tsv, .jsonl, or .txt with a "
                                             "prompt a line), several at a time. The same command goes on after "
                                             "Ctrl-C, a crash or a kill. docs/batch.md")
    parser.add_argument("file", type=Path, help="the table: a column `prompt`, and any key of the recipe")
    parser.add_argument("overrides", nargs="*", default=[], metavar="key=value", help="for all rows, as preset=draft")
    parser.add_argument("--out", default="assets", metavar="DIR", help="a folder, or s3://bucket/folder (assets)")
    parser.add_argument("--recipe", help="of rows without one of their own (text-to-3d, or text-to-nerf with a prior that "
                                         "cannot be shown a picture)")
    parser.add_argument("--seeds", metavar="0,1,2", help="make each row with each of these seeds")
    parser.add_argument("--workers", type=int, metavar="N", help="rows at a time (as many as cores or GPUs and memory allow)")
    parser.add_argument("--threads", type=int, metavar="N", help="of each worker (1)")
    parser.add_argument("--gpus", metavar="0,1", help="of this machine (all)")
    parser.add_argument("--memory", type=float, metavar="GB", help="of one worker (by the prior's size)")
    parser.add_argument("--on", default="local", metavar="WHERE", help="local, ray, or ray://host:10001 (local)")
    parser.add_argument("--gpu-share", type=float, metavar="X", help="GPUs of a worker on Ray; 0.5 places two on one")
    parser.add_argument("--check", action="store_true", help="check every row, and stop")
    parser.add_argument("--json", action="store_true", help="a JSON object a line on standard output, for programs")
    quiet(parser)
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    if several() > 1:
        raise ConfigError("a batch starts processes of its own: run it without torchrun")
    from ..batch.make import Where, batch
    from ..batch.rows import SHOWN, WrongRows, rows
    common, seeds = words(args.overrides), seed_list(args.seeds)
    where = Where(args.on, args.workers, args.threads, args.gpus, args.gpu_share, args.memory)
    try:
        if args.check:
            print(f"{args.file}: {len(rows(args.file, args.recipe, common, seeds))} rows, each can run")
            return
        running = batch(args.file, args.out, args.recipe, common, seeds, where)
    except WrongRows as wrong:
        for line in wrong.lines[:SHOWN]:
            print(f"dreamgen: {line}", file=sys.stderr)
        more = f" ({len(wrong.lines) - SHOWN} more are not shown)" if len(wrong.lines) > SHOWN else ""
        raise ConfigError(f"{args.file}: {len(wrong.lines)} of {wrong.total} rows are wrong{more}; nothing was run") from None
    gallery = f"{args.out.rstrip('/')}/gallery.html"
    try:
        last = shown(running.reports, args.json, args.quiet)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("stopped; the same command goes on") from None
    if not args.json:
        print(gallery)
    if last and last.failed:
        raise RunError(f"{last.failed} of {last.total} rows failed, as {gallery} and manifest.jsonl say; the same command tries "
                       "them again")


def shown(reports, as_json: bool, silent: bool):
    """Follow the reports in the way that was asked for; the last one."""
    if as_json:
        for report in reports:
            print(json.dumps(asdict(report)), flush=True)
        return report
    if silent:
        return deque(reports, maxlen=1)[-1]
    from ..show.rows import show
    return show(reports)


def words(overrides: list[str]) -> list[str]:
    for word in overrides:
        if "=" not in word:
            raise ConfigError(f"need key=value, got {word!r}; prompts stand in the table")
    return overrides


def seed_list(text: str | None) -> list[int] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdigit() for part in parts) or len({*parts}) < len(parts):
        raise ConfigError(f"--seeds: need whole numbers, each once, as 0,1,2, got {text!r}")
    return [int(part) for part in parts]
