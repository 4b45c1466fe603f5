"""Where the assets of a batch go: a folder, or a URL of fsspec (``s3://bucket/assets``) with a folder of this machine before it.

    here        the folder in which this process reads and writes; of a local batch, OUT itself
    pull, push  bring a row's folder from the URL, and what has changed in it back; of a local batch, nothing
    drop        forget the folder of a row that has gone up whole, so that the machine's disk does not fill

A file goes up whole or not at all, as object storage does it. ``outcome.json`` goes up after all others, so a row that
has one is complete. The only file that imports fsspec.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

from ..errors import ConfigError, FileError
from .manifest import OUTCOME

LOCAL_ONLY = (".lock",)


def is_url(out: str) -> bool:
    return "://" in out


class Place:
    """``out`` as it was typed; ``scratch`` is where the folder before a URL is made, else the machine's own."""

    def __init__(self, out: str, scratch: Path | None = None):
        self.out, self.fs, self.root = out, None, ""
        self.here = Path(out).expanduser()
        self.sent: dict[Path, tuple[int, int]] = {}             # (time, bytes) of what has gone up
        if is_url(out):
            import fsspec  # comes with torch; a second that local batches save
            try:
                self.fs, self.root = fsspec.core.url_to_fs(out)
            except (ImportError, ValueError) as error:
                raise ConfigError(f"--out: {out}: {' '.join(str(error).split())}") from None
            digest = hashlib.sha256(out.encode()).hexdigest()[:12]
            self.here = (scratch or Path(tempfile.gettempdir())) / f"dreamgen-batch-{digest}"
        try:
            self.here.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"--out: cannot make {self.here} ({error.strerror})") from None

    def pull(self, *names: str) -> None:
        """Files or folders of the URL that are not here, or older here, as another machine went on; what is not there
        either is left out. Raises FileError."""
        if self.fs is None:
            return
        try:
            self.fs.invalidate_cache()
            for name in names:
                for path in self.fs.find(f"{self.root}/{name}"):
                    there = self.here / Path(path).relative_to(self.root) if path.startswith("/") else \
                        self.here / path.removeprefix(f"{self.root.rstrip('/')}/")
                    if not there.exists() or there.stat().st_mtime < self.fs.modified(path).timestamp():
                        there.parent.mkdir(parents=True, exist_ok=True)
                        partial = there.with_name(f"{there.name}.part")
                        self.fs.get_file(path, str(partial))
                        partial.replace(there)
                        self.sent[there] = stamp(there)
        except FileNotFoundError:
            return
        except OSError as error:
            raise FileError(f"{self.out}: cannot be read ({error})") from None

    def outcomes(self, names: list[str]) -> dict[str, bytes]:
        """``outcome.json`` of those rows that have one, by name; raises FileError."""
        if self.fs is None:
            paths = {name: self.here / name / OUTCOME for name in names}
            return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
        self.fs.invalidate_cache()
        found = self.fs.cat([f"{self.root}/{name}/{OUTCOME}" for name in names], on_error="return") if names else {}
        for error in found.values():
            if isinstance(error, Exception) and not isinstance(error, FileNotFoundError):
                raise FileError(f"{self.out}: cannot be read ({error})")
        return {path.rpartition("/")[0].rpartition("/")[2]: data for path, data in found.items() if isinstance(data, bytes)}

    def push(self, *names: str) -> None:
        """Send what has changed in these files and folders, and remove there what is gone here; raises FileError."""
        if self.fs is None:
            return
        try:
            for name in names:
                top = self.here / name
                files = [path for path in (sorted(top.rglob("*")) if top.is_dir() else [top]) if path.is_file()]
                files = [path for path in files if path.name not in LOCAL_ONLY and ".partial" not in path.suffixes]
                for path in sorted(files, key=lambda path: path.name == OUTCOME):
                    if self.sent.get(path) != (now := stamp(path)):
                        self.fs.makedirs(self.url(path).rpartition("/")[0], exist_ok=True)
                        self.fs.put_file(str(path), self.url(path))
                        self.sent[path] = now
                for path in [path for path in self.sent if top in path.parents and not path.exists()]:
                    self.fs.rm_file(self.url(path))
                    del self.sent[path]
        except OSError as error:
            raise FileError(f"{self.out}: cannot be written ({error}); what was there before is whole") from None

    def drop(self, name: str) -> None:
        """Remove the folder here of a row whose outcome is at the URL; of a local batch, nothing."""
        if self.fs is not None:
            shutil.rmtree(self.here / name, ignore_errors=True)
            self.sent = {path: when for path, when in self.sent.items() if self.here / name not in path.parents}

    def url(self, path: Path) -> str:
        return f"{self.root.rstrip('/')}/{path.relative_to(self.here).as_posix()}"


def stamp(path: Path) -> tuple[int, int]:
    """(time, bytes), by which a change is seen."""
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size
