"""Whose fault an error is: the user's (one line, exit code 2) or ours (one line, exit code 1, the traceback kept)."""

import errno
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .recipes.settings import ConfigError

KEPT = "error.txt"
OF_THE_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS}       # full or forbidden disks


def is_users(error: BaseException) -> bool:
    """Whether one sentence says all that the user needs."""
    if isinstance(error, ConfigError):
        return True
    if isinstance(error, OSError):
        return error.errno in OF_THE_MACHINE
    from guidance.methods._config import MethodError
    from guidance.priors import PriorError              # these import torch; a ConfigError is answered without it
    from renderers.ops._dispatch import BackendError

    from .io.atomic import FileError
    from .io.checkpoint import CheckpointError
    from .meshing.surface import EmptyMesh
    from .run import RunError
    return isinstance(error, PriorError | MethodError | BackendError | CheckpointError | FileError | EmptyMesh
                      | RunError)


def sentence(error: BaseException) -> str:
    """The error in one line."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if is_users(error) else f"internal error: {type(error).__name__}: {text}"


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Leave the traceback of an error that is ours in the run's folder, and say so in the error's notes."""
    try:
        yield
    except Exception as error:
        if not is_users(error):
            try:
                (folder / KEPT).write_text("".join(traceback.format_exception(error)), encoding="utf-8")
                error.add_note(f"the traceback is in {folder / KEPT}")
            except OSError:
                pass                                    # the error itself says more than a disk that is full, too
        raise
