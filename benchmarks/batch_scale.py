"""The scheduler of `dreamgen batch` at scale, on rows that take 50 ms and make no asset: ``python benchmarks/batch_scale.py``.

    overhead        the driver's CPU time a row, and the wall time a row beyond 50 ms / workers
    memory          the driver's resident set at its peak
    files           bytes of the manifest and of the gallery's pages, for each row
    resume          from the start to the first row that is dealt out, with half and with all of the rows done

Prints a line of JSON. The rows are tests/batch_stub.py's: a worker process, a checkpoint, an outcome and a thumbnail each.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from dreamgen.batch.drive import drive  # noqa: E402
from dreamgen.batch.local import Local  # noqa: E402
from dreamgen.batch.manifest import MANIFEST  # noqa: E402
from dreamgen.batch.place import Place  # noqa: E402
from dreamgen.batch.plan import Plan  # noqa: E402
from dreamgen.batch.rows import rows  # noqa: E402
from dreamgen.io.machine import commit, cpu  # noqa: E402

STUB = [sys.executable, str(ROOT / "tests/batch_stub.py")]


def session(out: Path, count: int, workers: int, until: int) -> dict:
    """One driver's life: make rows until so many are done; its times and sizes."""
    began, cpu_began = time.monotonic(), time.process_time()
    table = rows([{"prompt": f"object {i}", "seed": i} for i in range(count)], "text-to-svg", [])
    read, first = time.monotonic() - began, None
    place = Place(str(out))
    reports = drive(place, table, Local(str(out), place.here, Plan(workers, 1), STUB), 1)
    done = before = next(reports).done
    ready = time.monotonic() - began
    for report in reports:
        first = first or time.monotonic()
        done = report.done
        if report.record and done >= until:
            break
    reports.close()
    made = done - before
    seconds = time.monotonic() - (first or time.monotonic())
    return {"rows": made, "read_s": round(read, 2), "ready_s": round(ready, 2), "seconds": round(seconds, 1),
            "row_ms": round(1e3 * seconds / made, 2) if made else None,
            "driver_cpu_ms_a_row": round(1e3 * (time.process_time() - cpu_began) / made, 2) if made else None,
            "driver_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--session", nargs=2, metavar=("OUT", "UNTIL"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.session:
        out, until = args.session
        print(json.dumps(session(Path(out), args.rows, args.workers, int(until))))
        return
    os.environ["BATCH_STUB_STEPS"] = "1"
    with tempfile.TemporaryDirectory(prefix="dreamgen-scale-") as folder:
        found = {"commit": commit(), "cpu": cpu(), "rows": args.rows, "workers": args.workers}
        for name, until in (("first_half", args.rows // 2), ("second_half", args.rows), ("nothing_left", args.rows)):
            command = [sys.executable, __file__, "--rows", str(args.rows), "--workers", str(args.workers)]
            done = subprocess.run([*command, "--session", folder, str(until)], capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"{name}: {done.stderr}")
            found[name] = json.loads(done.stdout)
        pages = [path.stat().st_size for path in Path(folder).glob("gallery*.html")]
        found["files"] = {"manifest_bytes": (Path(folder) / MANIFEST).stat().st_size, "pages": len(pages),
                          "largest_page_bytes": max(pages), "all_pages_bytes": sum(pages)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
