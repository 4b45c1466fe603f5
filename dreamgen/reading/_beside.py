"""The files that a model file needs, found in its folder although the name is another machine's.

A name is tried as it stands, with %20 as a space, with either slash, in another case; and where it is an absolute path
of the author's machine, its last part beside the model.
"""

from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote

import numpy as np

from ..io.images import decode_rgba
from .piece import Refused


class Beside:
    """The folder of a model.

    Args:
        plain: whether it may do without its pictures and materials.
        materials: whether pieces are to have all of their material, and not only what is seen of it.
    """

    def __init__(self, folder: Path, plain: bool = False, materials: bool = False):
        self.folder = folder
        self.plain = plain
        self.materials = materials
        self.pictures: dict[str, np.ndarray | None] = {}
        self.without: dict[str, None] = {}              # phrases: what it did without, and why

    def spare(self, lack: Refused) -> None:
        """Note that the model does without something; raises ``lack`` where it may not."""
        if not self.plain:
            raise lack
        self.without[str(lack)] = None

    def data(self, name: str) -> bytes:
        """The bytes of a file that there must be; raises Refused."""
        path = self.find(name)
        if path is None:
            raise Refused(f"{name}, which it needs, is missing")
        try:
            return path.read_bytes()
        except OSError as error:
            raise Refused(f"{name}, which it needs, cannot be read ({error.strerror})") from None

    def picture(self, name: str) -> np.ndarray | None:
        """[H, W, 4] uint8 of a picture file; None where it may be missing and is; raises Refused."""
        if name not in self.pictures:
            try:
                self.pictures[name] = self.decoded(self.data(name), f"{name}, which it needs")
            except Refused as lack:
                self.spare(lack)
                self.pictures[name] = None
        return self.pictures[name]

    def decoded(self, data: bytes, what: str) -> np.ndarray | None:
        """[H, W, 4] uint8 of a picture's bytes; None where it may be missing and is damaged; raises Refused."""
        try:
            return decode_rgba(data)
        except ValueError as error:
            self.spare(Refused(f"{what}: {error}"))
            return None

    def find(self, name: str) -> Path | None:
        name = name.strip().strip('"')
        for one in (name, unquote(name)):
            parts = PurePosixPath(one.replace("\\", "/"))
            if PureWindowsPath(one).drive or parts.is_absolute():
                parts = PurePosixPath(parts.name)
            path = self.folder / parts
            try:
                if path.is_file():
                    return path
                beside = path.parent.iterdir() if path.parent.is_dir() else ()
                if same := next((file for file in beside if file.name.lower() == path.name.lower()), None):
                    return same
            except (OSError, ValueError):           # no name of a file
                continue
        return None
