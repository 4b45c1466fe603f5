"""One process at a time in a folder: a lock of the operating system's, which dies with its process, even by kill -9.

    <folder>/.lock      the process's number; the file alone means nothing, and stays: were it removed, a process that
                        has just opened it would hold a lock that nobody else meets
"""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import FileError

LOCK = ".lock"
MOMENT = 0.2                # seconds; ``taken`` holds the lock for an instant
BEHIND = 1 << 20            # the byte that is locked, behind the number: on Windows nobody else can read a locked one
TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)     # the last two on Windows

if sys.platform == "win32":
    from msvcrt import LK_NBLCK, locking

    def lock(descriptor: int) -> None:
        os.lseek(descriptor, BEHIND, os.SEEK_SET)
        locking(descriptor, LK_NBLCK, 1)
else:
    from fcntl import LOCK_EX, LOCK_NB, flock

    def lock(descriptor: int) -> None:
        flock(descriptor, LOCK_EX | LOCK_NB)


def lock_within(descriptor: int, seconds: float) -> None:
    """As ``lock``, tried again and again for ``seconds``."""
    until = time.monotonic() + seconds
    while True:
        try:
            return lock(descriptor)
        except OSError as error:
            if error.errno not in TAKEN or time.monotonic() > until:
                raise
        time.sleep(MOMENT / 4)


def taken(folder: Path) -> bool:
    """Whether a process is at work in ``folder``."""
    try:
        with open(folder / LOCK, "r+b", buffering=0) as file:
            lock(file.fileno())
    except OSError as error:
        return error.errno in TAKEN
    return False


@contextmanager
def alone(folder: Path, patience: float = MOMENT) -> Iterator[None]:
    """Keep other processes that ask the same out of ``folder``; raises FileError where one is in it still after ``patience``
    seconds.

    On a file system that knows no locks it keeps nobody out.
    """
    with open(folder / LOCK, "a+b", buffering=0) as file:       # not emptied before it is ours
        try:
            lock_within(file.fileno(), patience)
        except OSError as error:
            if error.errno in TAKEN:
                file.seek(0)
                number = file.read(20).decode("ascii", "replace") or "unknown"
                raise FileError(f"{folder}: process {number} is at work in it; wait for its end, or stop it") from None
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        yield
