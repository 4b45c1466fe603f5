"""A worker of `dreamgen batch` whose rows make no asset but leave what a run leaves: for tests of the scheduler, and its scale.

    python tests/batch_stub.py OUT THREADS      as local.py starts it; BATCH_STUB_SECONDS (0.05) a row, in
                                                BATCH_STUB_STEPS (5) steps

A step is a line in ``steps.txt``, which is the row's checkpoint. Words of the prompt make it go wrong: ``fails`` says a
sentence, ``crashes`` kills the worker each time before it has come further, ``stumbles`` once.
"""

import json
import os
import signal
import sys
import time
from base64 import b64decode
from pathlib import Path

from dreamgen.batch.manifest import OUTCOME, Record
from dreamgen.batch.worker import Job, once_free, serve
from dreamgen.io import atomic
from dreamgen.io.lock import alone

STEPS = int(os.environ.get("BATCH_STUB_STEPS", "5"))
SECONDS = float(os.environ.get("BATCH_STUB_SECONDS", "0.05"))
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


def on_ray(out, threads, job, name, prior):
    """The same row as a Ray task; its host is Ray's name of the node."""
    import ray
    record = make(Job(**job), lambda fraction: None, out, threads)
    return json.dumps({**json.loads(record.line()), "host": ray.get_runtime_context().get_node_id()})


def make(job, tell, out=None, threads=1):
    """The row named ``job``, under ``out``, or the OUT that this process was started with."""
    folder = Path(out or sys.argv[1]) / job.name
    folder.mkdir(exist_ok=True)
    begun = folder / "begun"
    if "crashes" in job.cells["prompt"] or "stumbles" in job.cells["prompt"] and not begun.exists():
        begun.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    record = Record(job.name, job.place, job.cells["prompt"], int(job.cells.get("seed", 0)), threads=threads)
    if "fails" in job.cells["prompt"]:
        return Record(job.name, job.place, job.cells["prompt"], 0, "the object fills every picture")
    checkpoint = folder / "steps.txt"
    once_free(folder)
    with alone(folder):
        done = checkpoint.read_text().splitlines() if checkpoint.exists() else []
        for step in range(len(done), STEPS):
            time.sleep(SECONDS / STEPS)
            done.append(f"{step} of {job.cells['prompt']}")
            atomic.save({"steps.txt": "\n".join(done).encode()}, folder)
            tell((step + 1) / (STEPS + 1))
        atomic.save({"asset.txt": "\n".join(done).encode(), "thumb.png": PNG}, folder)
    record = Record(**{**vars(record), "files": {"asset.txt": (folder / "asset.txt").stat().st_size}, "thumb": "thumb.png"})
    atomic.save({OUTCOME: record.line().encode()}, folder)
    return record


if __name__ == "__main__":
    serve(lambda: make)
