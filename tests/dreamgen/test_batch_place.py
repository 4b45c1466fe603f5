"""Where a batch goes: object storage through fsspec, of which a worker keeps a copy that it may lose."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from dreamgen.batch.drive import drive
from dreamgen.batch.manifest import MANIFEST, OUTCOME, Record
from dreamgen.batch.place import Place, is_url
from dreamgen.batch.rows import rows
from dreamgen.batch.worker import RowReport
from dreamgen.errors import ConfigError, FileError


class Runner:
    """Makes rows in this process, each in its copy of the place, and loses the copy afterwards."""

    def __init__(self, url: str, scratch: Path, stop_after: int = 99):
        self.url, self.scratch, self.stop_after, self.made = url, scratch, stop_after, []

    def run(self, jobs):
        for job in jobs[:self.stop_after]:
            place = Place(self.url, self.scratch)
            place.pull(job.name)
            folder = place.here / job.name
            (folder / "checkpoints").mkdir(parents=True, exist_ok=True)
            (folder / "asset.txt").write_text(job.name)
            record = Record(job.name, job.place, job.cells["prompt"], 0)
            (folder / OUTCOME).write_text(record.line())
            place.push(job.name)
            shutil.rmtree(place.here)
            self.made.append(job.name)
            yield RowReport(job.name, 1.0, record)


@pytest.fixture(params=["memory", "file", "s3"])
def url(request, tmp_path, monkeypatch):
    if request.param == "memory":
        return f"memory://{tmp_path.name}/assets"
    if request.param == "file":
        return f"file://{tmp_path}/there"
    pytest.importorskip("s3fs")
    pytest.importorskip("moto.server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    request.addfinalizer(lambda: (server.kill(), server.wait()))
    for name, value in (("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}"), ("AWS_ACCESS_KEY_ID", "x"),
                        ("AWS_SECRET_ACCESS_KEY", "x"), ("AWS_DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(name, value)
    until = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/", timeout=10).close()
            break
        except OSError:
            assert time.monotonic() < until and server.poll() is None, "moto's server does not start"
            time.sleep(0.2)
    import s3fs
    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir("bucket")
    return "s3://bucket/assets"


def test_what_goes_up_comes_down_and_what_is_gone_goes(url, tmp_path):
    here = Place(url, tmp_path / "one")
    row = here.here / "row" / "checkpoints"
    row.mkdir(parents=True)
    (row / "0-1.safetensors").write_bytes(b"one")
    (row.parent / ".lock").write_text("1")
    (row / "0-2.partial.safetensors").write_bytes(b"torn")
    here.push("row")
    (row / "0-2.safetensors").write_bytes(b"two")
    (row / "0-1.safetensors").unlink()
    (row.parent / OUTCOME).write_text("{}")
    here.push("row")
    there = Place(url, tmp_path / "two")
    there.pull("row", "no-such-row", MANIFEST)
    assert sorted(str(path.relative_to(there.here)) for path in there.here.rglob("*") if path.is_file()) == [
        "row/checkpoints/0-2.safetensors", "row/outcome.json"]
    assert there.outcomes(["row", "other"]) == {"row": b"{}"}
    before = (there.here / "row" / OUTCOME).stat().st_mtime_ns
    there.pull("row")
    assert (there.here / "row" / OUTCOME).stat().st_mtime_ns == before, "what is here is not fetched again"


def test_a_batch_goes_to_a_url_and_another_machine_goes_on(url, tmp_path):
    table = rows(["a cat", "a dog", "a cow"], "text-to-svg", [])
    first = Runner(url, tmp_path / "worker", stop_after=2)
    list(drive(Place(url, tmp_path / "driver"), table, first, 1))
    elsewhere = Place(url, tmp_path / "other-driver")
    second = Runner(url, tmp_path / "worker")
    last = list(drive(elsewhere, table, second, 1))[-1]
    assert second.made == [table[2].name] and str(last) == "3 of 3 done"
    there = Place(url, tmp_path / "look")
    there.pull("gallery.html", MANIFEST, "batch.json", table[0].name)
    assert "3 of 3 done" in (there.here / "gallery.html").read_text()
    assert len((there.here / MANIFEST).read_text().splitlines()) == 3
    assert (there.here / table[0].name / "asset.txt").read_text() == table[0].name


def test_a_place_that_cannot_be_is_answered_with_one_line(tmp_path):
    assert is_url("s3://bucket/x") and not is_url("assets") and not is_url("C:\\assets")
    with pytest.raises(ConfigError, match="^--out: nosuch://x: Protocol not known: nosuch"):
        Place("nosuch://x", tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="--out: cannot make"):
        Place(str(tmp_path / "file" / "x"))
    assert Place(str(tmp_path / "new")).here.is_dir() and os.listdir(tmp_path / "new") == []


def test_a_row_whose_folder_was_removed_from_a_url_is_made_again(url, tmp_path):
    table = rows(["a cat", "a dog"], "text-to-svg", [])
    list(drive(Place(url, tmp_path / "driver"), table, Runner(url, tmp_path / "worker"), 1))
    there = Place(url, tmp_path / "driver")
    there.fs.rm(f"{there.root}/{table[0].name}", recursive=True)
    again = Runner(url, tmp_path / "worker")
    assert str(list(drive(there, table, again, 1))[-1]) == "2 of 2 done" and again.made == [table[0].name]


def test_what_another_machine_has_made_newer_comes_down_and_what_is_newer_here_stays(url, tmp_path):
    one, two = Place(url, tmp_path / "one"), Place(url, tmp_path / "two")
    here, other = (place.here / "row" / "history.jsonl" for place in (one, two))
    here.parent.mkdir()
    here.write_text("step 1")
    one.push("row")
    two.pull("row")
    time.sleep(1.1)                                                     # S3 counts in seconds
    other.write_text("step 2")
    two.push("row")
    Place(url, tmp_path / "one").pull("row")
    assert here.read_text() == "step 2"
    time.sleep(0.05)
    here.write_text("step 3, which has not gone up")
    Place(url, tmp_path / "one").pull("row")
    assert here.read_text() == "step 3, which has not gone up"


def test_a_row_that_has_gone_up_leaves_the_machine_and_stays_at_the_url(url, tmp_path):
    place = Place(url, tmp_path / "one")
    (place.here / "row").mkdir()
    (place.here / "row" / OUTCOME).write_text("{}")
    place.push("row")
    place.drop("row")
    place.push("row")
    assert os.listdir(place.here) == [] and place.outcomes(["row"]) == {"row": b"{}"}
    mine = Place(str(tmp_path / "mine"))
    (mine.here / "row").mkdir()
    mine.drop("row")
    assert os.listdir(mine.here) == ["row"], "of a local batch it is the asset"


def test_a_storage_that_cannot_be_read_is_not_taken_for_rows_that_are_gone(tmp_path, monkeypatch):
    place = Place(f"memory://{tmp_path.name}/assets", tmp_path / "one")
    monkeypatch.setattr(type(place.fs), "cat_file", lambda *given, **how: (_ for _ in ()).throw(OSError("slow down")))
    with pytest.raises(FileError, match=r"memory://.*: cannot be read \(slow down\)"):
        place.outcomes(["row"])
