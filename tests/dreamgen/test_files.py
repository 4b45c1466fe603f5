"""A file is whole or not there, whatever happens to the disk."""

import errno
import os
import subprocess
import sys

import pytest

from dreamgen.errors import FileError
from dreamgen.io.atomic import save

LIMITED = """
import resource, sys
from pathlib import Path
from dreamgen.errors import FileError; from dreamgen.io.atomic import save
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    save({"a.txt": b"x" * 500, "b.txt": b"y" * 5000}, Path(sys.argv[1]))
except FileError as error:
    print(error)
"""


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_are_written_into_a_new_folder(tmp_path):
    paths = save({"a.txt": b"one", "b.txt": b"two"}, tmp_path / "new")
    assert [path.read_bytes() for path in paths] == [b"one", b"two"] and names(tmp_path / "new") == ["a.txt", "b.txt"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_earlier_files(call, tmp_path, monkeypatch):
    save({"a.txt": b"old a", "b.txt": b"old b"}, tmp_path)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(FileError, match=r"a\.txt: cannot be written \(No space left on device\)") as error:
        save({"a.txt": b"new a", "b.txt": b"new b"}, tmp_path)
    assert "\n" not in str(error.value) and names(tmp_path) == ["a.txt", "b.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old a" and (tmp_path / "b.txt").read_bytes() == b"old b"


def test_a_size_limit_of_the_system_leaves_the_earlier_files(tmp_path):
    pytest.importorskip("resource", reason="the platform has no resource limits")
    save({"a.txt": b"old a", "b.txt": b"old b"}, tmp_path)
    done = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"{tmp_path / 'b.txt'}: cannot be written (") and done.stdout.count("\n") == 1
    assert (tmp_path / "a.txt").read_bytes() == b"old a" and names(tmp_path) == ["a.txt", "b.txt"]


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(FileError, match="a.txt: cannot be written"):
        save({"a.txt": b""}, tmp_path / "taken")
