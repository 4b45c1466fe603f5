"""The runner of this machine: worker processes that take rows from one queue.

    driver --stdin--> worker        a row, or stop; its end tells the worker that the driver is gone
    driver <-stdout-- worker        progress and records; its end tells the driver that the worker is gone

A worker that dies is replaced, and its row begins again from its checkpoint. A row that comes no further in ``STRIKES``
attempts is given up: it kills its workers (out of memory, a crash of a library), and would kill all of them.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..errors import RunError
from .manifest import Record, parsed
from .plan import Plan
from .worker import Job, RowReport, environment

STRIKES = 3                 # attempts of a row that come no further, or starts of a worker that end before it is ready
GRACE = 20.0                # seconds in which a worker saves after Ctrl-C
WORKER = [sys.executable, "-m", "dreamgen.batch.worker"]
ROOT = Path(__file__).parents[2]


@dataclass
class Attempts:
    """Of one row: how far it came at best, and how many attempts in a row came no further."""

    best: float = -1.0
    strikes: int = 0
    now: float = 0.0

    def died(self) -> int:
        self.strikes = 0 if self.now > self.best else self.strikes + 1
        self.best, self.now = max(self.best, self.now), 0.0
        return self.strikes


@dataclass
class Process:
    """A worker, and the row that it is at."""

    popen: subprocess.Popen
    gpu: str | None
    log: Path
    ready: bool = False
    job: Job | None = None

    def tell(self, **message) -> None:
        with suppress(OSError):                 # one that has just died is met at the end of its output
            self.popen.stdin.write(json.dumps(message) + "\n")
            self.popen.stdin.flush()


@dataclass
class Local:
    """Attributes: ``out`` as typed; ``here`` has logs/; ``command`` starts a worker."""

    out: str
    here: Path
    plan: Plan
    command: list[str] = field(default_factory=lambda: list(WORKER))

    def run(self, jobs: list[Job]) -> Iterator[RowReport]:
        """Make the jobs, each once; yields RowReport. Raises RunError where no worker starts. Closing it ends the workers."""
        self.messages: queue.Queue[tuple[Process, dict | None]] = queue.Queue()
        self.waiting, self.attempts, self.refused = deque(jobs), {job.name: Attempts() for job in jobs}, 0
        self.workers: list[Process] = []
        try:
            for i in range(min(self.plan.workers, len(jobs))):
                self.start(self.plan.gpus[i % len(self.plan.gpus)] if self.plan.gpus else None)
            while self.waiting or any(worker.job for worker in self.workers):
                worker, message = self.messages.get()
                if message is None:
                    yield from self.died(worker)
                elif "fraction" in message and worker.job:
                    self.attempts[worker.job.name].now = message["fraction"]
                    yield RowReport(worker.job.name, message["fraction"])
                elif "record" in message and worker.job:
                    worker.job = None
                    record = parsed(json.dumps(message["record"]))
                    yield RowReport(record.name, 1.0, record)
                worker.ready = worker.ready or bool(message and "ready" in message)
                self.deal()
        finally:
            self.stop()

    def start(self, gpu: str | None) -> None:
        """A new worker; its own group of processes, so that a terminal's Ctrl-C reaches the driver alone."""
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        env = {**os.environ, **environment(self.plan.threads), "PYTHONPATH": os.pathsep.join(paths)}
        env |= {} if gpu is None else {"CUDA_VISIBLE_DEVICES": gpu}
        log = self.here / "logs" / f"worker-{len(self.workers)}.txt"
        log.parent.mkdir(exist_ok=True)
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP} if sys.platform == "win32" else {"start_new_session": True}
        with open(log, "ab") as written:
            popen = subprocess.Popen([*self.command, self.out, str(self.plan.threads)], stdin=subprocess.PIPE, text=True,
                                     stdout=subprocess.PIPE, stderr=written, env=env, encoding="utf-8", **apart)
        worker = Process(popen, gpu, log)
        self.workers.append(worker)
        threading.Thread(target=self.listen, args=(worker,), daemon=True).start()

    def listen(self, worker: Process) -> None:
        for line in worker.popen.stdout:
            with suppress(ValueError):          # a line that a kill has cut off
                self.messages.put((worker, json.loads(line)))
        self.messages.put((worker, None))

    def deal(self) -> None:
        """A row for each worker that has none."""
        for worker in self.workers:
            if worker.ready and worker.job is None and self.waiting:
                worker.job = self.waiting.popleft()
                self.attempts[worker.job.name].now = 0.0
                worker.tell(job=asdict(worker.job))

    def died(self, worker: Process) -> Iterator[RowReport]:
        """Put its row back, or give it up; start another worker where there is work for it."""
        code, job = worker.popen.wait(), worker.job
        self.workers.remove(worker)
        self.refused = 0 if worker.ready else self.refused + 1
        if self.refused >= STRIKES:
            raise RunError(f"no worker starts; the last one ended with {ended(code)}: {last_line(worker.log)}; see {worker.log}")
        if job and self.attempts[job.name].died() >= STRIKES:
            reason = f"its worker died {STRIKES} times without coming further, the last time with {ended(code)}; see {worker.log}"
            record = Record(job.name, job.place, job.cells["prompt"], int(job.cells.get("seed", 0)), reason)
            yield RowReport(job.name, 1.0, record)
        elif job:
            self.waiting.appendleft(job)
        if len(self.workers) < self.plan.workers and len(self.waiting) > sum(not each.job for each in self.workers):
            self.start(worker.gpu)

    def stop(self) -> None:
        """Have busy workers save, and end all."""
        for worker in self.workers:
            worker.tell(stop=True)
        until = time.monotonic() + GRACE
        for worker in self.workers:
            try:
                worker.popen.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                worker.popen.kill()
                worker.popen.wait()


def ended(code: int) -> str:
    """An exit code in words."""
    if code >= 0:
        return f"exit code {code}"
    name = signal.Signals(-code).name if -code in [each.value for each in signal.Signals] else f"signal {-code}"
    return f"{name}{' (most often: out of memory)' if name == 'SIGKILL' else ''}"


def last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.is_file() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "nothing was said")
