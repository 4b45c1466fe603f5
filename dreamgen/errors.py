"""What goes wrong by a user's mistake: one base class, one sentence each; and whose fault an error is.

    DreamgenError       every one of them: the command line ends with one line and exit code 2
    ConfigError         a wrong command, recipe or input
    CheckpointError     a checkpoint that is damaged or of another recipe
    FileError           a file that cannot be written, a folder in use
    EmptyMesh           a scene without a surface
    RunError            a run that cannot go on
    PriorError, MethodError, BackendError       as ``guidance.errors`` and ``renderers.errors`` raise them. Those
                        packages know nothing of this one, so the doors of the program (``traceback_kept``) hand theirs on as the
                        classes of the same name here, which are both.

Anything else is ours: one line, exit code 1, and the traceback is kept.
"""

import errno
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guidance import errors as guidance
from renderers import errors as renderers

KEPT = "error.txt"
OF_THE_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS}       # full or forbidden disks


class DreamgenError(Exception):
    """A user's mistake, or his machine's; one sentence that says all he needs."""


class ConfigError(DreamgenError, ValueError):
    """One line: where, what is wrong, what was probably meant."""


class CheckpointError(DreamgenError, RuntimeError):
    """One sentence: which file, what is wrong with it, what else was found."""


class FileError(DreamgenError, RuntimeError):
    """One sentence: which file, what went wrong, what is left."""


class EmptyMesh(DreamgenError, ValueError):
    """There is no surface; nothing may be written."""


class RunError(DreamgenError, RuntimeError):
    """The run cannot go on; one sentence."""


class PriorError(DreamgenError, guidance.PriorError):
    """A prior that cannot be found, read or trusted."""


class MethodError(DreamgenError, guidance.MethodError):
    """A method that cannot do what it is asked for with this prior or this scene."""


class BackendError(DreamgenError, renderers.BackendError):
    """A backend of an operation that is not there."""


BELOW = {guidance.PriorError: PriorError, guidance.MethodError: MethodError, renderers.BackendError: BackendError}


def is_users(error: BaseException) -> bool:
    """Whether one sentence says all that the user needs."""
    if isinstance(error, OSError):
        return error.errno in OF_THE_MACHINE
    return isinstance(error, (DreamgenError, *BELOW))


def as_ours(error: Exception) -> Exception:
    """An error of the packages below as a DreamgenError, with its words and its traceback; any other as it is."""
    if isinstance(error, DreamgenError):
        return error
    for below, ours in BELOW.items():
        if isinstance(error, below):
            return ours(*error.args).with_traceback(error.__traceback__)
    return error


def sentence(error: BaseException) -> str:
    """The error in one line."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if is_users(error) else f"internal error: {type(error).__name__}: {text}"


@contextmanager
def traceback_kept(folder: Path) -> Iterator[None]:
    """Leave the traceback of an error that is ours in the run's folder, and say so in the error's notes.

    A user's mistake leaves as a DreamgenError.
    """
    try:
        yield
    except Exception as error:
        if not is_users(error):
            try:
                (folder / KEPT).write_text("".join(traceback.format_exception(error)), encoding="utf-8")
                error.add_note(f"the traceback is in {folder / KEPT}")
            except OSError:
                pass                                    # the error itself says more than a disk that is full, too
        if (ours := as_ours(error)) is not error:
            raise ours from None
        raise
