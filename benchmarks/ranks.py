"""A step of one run by two processes of a thread each against one process of two threads: ``python benchmarks/ranks.py``.

Both make the same step, all its views, of the recipe's first stage. They run in turn, ``--rounds`` times each; a
machine that others use disturbs both alike. Prints a line of JSON: milliseconds a step, the median, and their ratio.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
RECIPE = "text-to-nerf"             # text-to-3d keeps pictures that two processes do not share, and is refused
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node"]


def steps(recipe: str, count: int, threads: int, overrides: list[str]) -> list[float]:
    """Milliseconds of each of ``count`` steps after two that warm up; in this process and those beside it."""
    from dreamgen.recipes.load import load
    from dreamgen.run import step
    from dreamgen.state.ranks import joined
    from dreamgen.state.state import Work
    from renderers.threads import set_threads
    set_threads(threads)
    ranks = joined()
    with tempfile.TemporaryDirectory() as folder:
        made = load(recipe, ["prompt=a red apple", "precision=float32", *overrides])
        work = Work(ranks.fitted(made), Path(folder), ranks=ranks)
        seen = []
        for _ in range(count + 2):
            began = time.perf_counter()
            step(work)
            work.position.step += 1
            seen.append(1e3 * (time.perf_counter() - began))
    return seen[2:] if ranks.first else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("overrides", nargs="*", metavar="key=value")
    parser.add_argument("--recipe", default=RECIPE)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.threads:
        print(json.dumps(steps(args.recipe, args.steps, args.threads, args.overrides)))
        return
    from dreamgen.batch.worker import environment
    from dreamgen.io.machine import commit, cpu
    found: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(args.rounds):
        for processes, seen in found.items():
            threads = 3 - processes
            command = [*TORCHRUN, str(processes), __file__, "--recipe", args.recipe, "--steps", str(args.steps),
                       "--threads", str(threads)]
            env = {**os.environ, **environment(threads)}
            done = subprocess.run([*command, *args.overrides], capture_output=True, text=True, env=env)
            if done.returncode:
                raise SystemExit(done.stderr)
            seen += next(each for each in map(json.loads, done.stdout.splitlines()) if each)
    one, two = (statistics.median(found[processes]) for processes in (1, 2))
    print(json.dumps({"commit": commit(), "cpu": cpu(), "recipe": args.recipe, "overrides": args.overrides,
                      "load": os.getloadavg(), "one_process_two_threads_ms": round(one, 1),
                      "two_processes_one_thread_ms": round(two, 1), "ratio": round(one / two, 2)}))


if __name__ == "__main__":
    main()
