"""Assets an hour by `dreamgen batch` and by one run after the other: ``python benchmarks/batch.py --rows 24``.

    single      `dreamgen run` for each row, one after the other, with all cores
    2 x 1       dreamgen batch --workers 2 --threads 1
    1 x 2       dreamgen batch --workers 1 --threads 2

The rows are the gallery's prompts with seeds 0 and 1; ``key=value`` makes them smaller. Prints a line of JSON: for each way
wall seconds, CPU seconds of all processes (the fairer number on a machine that others use), and assets an hour of both; and of
the batches the seconds in which the prior was loaded, for a worker's first row and for those after it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from dreamgen.batch.manifest import Manifest  # noqa: E402
from dreamgen.io.machine import commit, cpu  # noqa: E402
from dreamgen.tools.gallery import read_prompts  # noqa: E402


def timed(*commands: list[str]) -> dict[str, float]:
    """Wall and CPU seconds of commands, one after the other; raises SystemExit where one fails."""
    before, began = os.times(), time.monotonic()
    for command in commands:
        done = subprocess.run([sys.executable, "-m", "dreamgen", *command], capture_output=True, text=True,
                              env={**os.environ, "PYTHONPATH": str(ROOT)})
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}: {done.stderr}")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": round(time.monotonic() - began, 1), "cpu_seconds": round(used, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("overrides", nargs="*", metavar="key=value")
    parser.add_argument("--recipe", default="text-to-3d")
    parser.add_argument("--rows", type=int, default=24)
    parser.add_argument("--ways", default="single,2x1,1x2")
    args = parser.parse_args()
    prompts = [(prompt, seed) for prompt in read_prompts(ROOT / "docs/gallery/prompts.txt") for seed in (0, 1)][:args.rows]
    found = {"commit": commit(), "cpu": cpu(), "rows": len(prompts), "recipe": args.recipe, "overrides": args.overrides,
             "load": os.getloadavg()}
    with tempfile.TemporaryDirectory(prefix="dreamgen-batch-") as folder:
        table = Path(folder) / "rows.jsonl"
        table.write_text("".join(json.dumps({"prompt": prompt, "seed": seed}) + "\n" for prompt, seed in prompts))
        for way in args.ways.split(","):
            out = Path(folder) / way
            if way == "single":
                made = timed(*(["run", args.recipe, f"prompt={prompt}", f"seed={seed}", f"out={out}", "precision=float32",
                                "--quiet", *args.overrides] for prompt, seed in prompts))
            else:
                workers, threads = way.split("x")
                made = timed(["batch", str(table), "--out", str(out), "--recipe", args.recipe, "--workers", workers,
                              "--threads", threads, "--quiet", *args.overrides])
                loading = [record.loading for record in Manifest(out).records.values()]
                first = sorted(loading, reverse=True)[:int(workers)]
                made |= {"first_loading": round(sum(first) / len(first), 2),
                         "later_loading": round((sum(loading) - sum(first)) / max(len(loading) - len(first), 1), 3)}
            found[way] = made | {"assets_an_hour": round(3600 * len(prompts) / made["seconds"], 1),
                                 "assets_a_cpu_hour": round(3600 * len(prompts) / made["cpu_seconds"], 1)}
            print(way, found[way], file=sys.stderr, flush=True)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
