"""Files that are whole or not there: written beside, synced, then renamed over the old ones.

A full disk, a kill or a lost connection in the middle leaves what was there before, untouched.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from ..errors import FileError


def save(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write ``{file name: bytes}`` into ``folder``, which is made if need be; the paths, in the same order.

    No file is renamed before all are written, so that an OBJ does not meet the texture of another run.

    Raises:
        FileError: the disk is full, the folder is not ours, ...; every earlier file is as it was.
    """
    folder = Path(folder)
    paths = [folder / name for name in files]
    beside = [partial(path) for path in paths]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in zip(beside, files.values(), strict=True):
            write_synced(path, data)
        for here, there in zip(beside, paths, strict=True):
            os.replace(here, there)
    except OSError as error:
        discard(beside)
        at = next((path for path, there in zip(paths, beside, strict=True) if error.filename in (str(there), there)),
                  paths[0])
        why = error.strerror or error
        raise FileError(f"{at}: cannot be written ({why}); what was there before is whole") from None
    return paths


def partial(path: Path) -> Path:
    """Where ``path`` is written before it is whole: the same folder and suffix, so that a rename suffices."""
    return path.with_name(f"{path.stem}.partial{path.suffix}")


def discard(paths: list[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            pass                        # the folder itself is out of reach, and that is what the caller reports


def write_synced(path: Path, data: bytes) -> None:
    """Write and wait for the disk: without the sync, a rename can outlive a power cut that its bytes do not."""
    try:
        with open(path, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
