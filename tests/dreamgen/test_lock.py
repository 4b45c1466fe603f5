"""Two processes do not work in one folder."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from dreamgen import __main__
from dreamgen.errors import FileError
from dreamgen.io.lock import LOCK, alone, lock, taken
from dreamgen.recipes import folders
from dreamgen.recipes.load import load

ROOT = Path(__file__).parents[2]
HOLD = "import sys; from pathlib import Path; from dreamgen.io.lock import alone\n" \
    "with alone(Path(sys.argv[1])):\n    print('in', flush=True)\n    sys.stdin.read()"


def test_whether_a_folder_is_taken(tmp_path, request):
    assert not taken(tmp_path) and not (tmp_path / LOCK).exists()
    other = request.getfixturevalue("other")
    assert taken(tmp_path)
    other.kill()
    other.wait()
    assert not taken(tmp_path)


@pytest.fixture
def other(tmp_path):
    """Another process that is at work in ``tmp_path``."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        assert process.stdout.readline() == b"in\n"
        yield process
        process.kill()


def test_a_folder_where_another_process_is_at_work_is_refused_until_that_one_is_killed(tmp_path, other):
    with pytest.raises(FileError, match=f"{tmp_path}: process {other.pid} is at work in it; "), alone(tmp_path):
        pass
    other.kill()
    other.wait()
    with alone(tmp_path):
        assert (tmp_path / LOCK).read_text() == str(os.getpid())


def test_who_looks_for_a_moment_keeps_nobody_out(tmp_path):
    with open(tmp_path / LOCK, "w+b") as file:
        lock(file.fileno())
        Timer(0.05, file.close).start()
        with alone(tmp_path):
            assert (tmp_path / LOCK).read_text() == str(os.getpid())


def test_a_folder_is_free_again_after_its_work_has_failed(tmp_path):
    with pytest.raises(ZeroDivisionError), alone(tmp_path):
        raise ZeroDivisionError
    with alone(tmp_path), pytest.raises(FileError, match=f"process {os.getpid()} is"), alone(tmp_path):
        pass


def test_a_run_is_not_resumed_twice(tmp_path, capsys):
    folder = folders.create(load("text-to-3d", ["prompt=a fox", f"out={tmp_path}"]))
    with alone(folder):
        assert __main__.main(["resume", str(folder)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.splitlines()[-1].startswith(f"dreamgen: {folder}: process {os.getpid()} is at work in it")
    assert said.err.count("\n") == 2


def test_a_file_system_without_locks_keeps_nobody_out(tmp_path, monkeypatch):
    def lock(descriptor):
        raise OSError(38, "Function not implemented")
    monkeypatch.setattr("dreamgen.io.lock.lock", lock)
    with alone(tmp_path), alone(tmp_path):
        assert (tmp_path / LOCK).is_file()
