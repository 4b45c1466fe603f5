"""The scheduler of a batch, on workers whose rows take no time: what kills, Ctrl-C and damage leave, and what is said."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from dreamgen.batch import gallery, local
from dreamgen.batch.drive import drive, fixed_threads
from dreamgen.batch.local import Local
from dreamgen.batch.manifest import MANIFEST, Manifest, Record
from dreamgen.batch.place import Place
from dreamgen.batch.plan import Plan, found, need_gb, plan
from dreamgen.batch.rows import rows
from dreamgen.errors import ConfigError, FileError, RunError
from dreamgen.io.lock import alone

ROOT = Path(__file__).parents[2]
STUB = [sys.executable, str(ROOT / "tests/batch_stub.py")]
ONE = Plan(1, 1)
DRIVER = """
import os, sys
from pathlib import Path
from dreamgen.batch import local
from dreamgen.batch.drive import drive
from dreamgen.batch.place import Place
from dreamgen.batch.plan import Plan
from dreamgen.batch.rows import rows
out, count, workers = sys.argv[1:4]
place = Place(out)
table = rows([f"object {i}" for i in range(int(count))], "text-to-svg", [])
command = [sys.executable, sys.argv[4]]
for report in drive(place, table, local.Local(out, place.here, Plan(int(workers), 1), command), 1):
    print(report, report.record and report.record.name, flush=True)
"""


@pytest.fixture(autouse=True)
def here(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("BATCH_STUB_SECONDS", "0.01")


def make(out: Path, prompts: list[str], planned: Plan = ONE, command: list[str] = STUB) -> list:
    """The reports of a batch in this process."""
    place = Place(str(out))
    return list(drive(place, rows(prompts, "text-to-svg", []), Local(str(out), place.here, planned, command), planned.threads))


def records(out: Path) -> dict[str, Record]:
    return {record.prompt: record for record in Manifest(out).records.values()}


def assets(out: Path) -> dict[str, bytes]:
    return {path.parent.name: path.read_bytes() for path in out.glob("*/asset.txt")}


def test_a_batch_leaves_a_manifest_a_gallery_and_a_folder_a_row(tmp_path):
    reports = make(tmp_path, ["a cat", "a dog", "it fails"], Plan(2, 1))
    assert str(reports[0]) == "0 of 3 done" and str(reports[-1]) == "2 of 3 done, 1 failed"
    assert {report.record.prompt for report in reports if report.record} == {"a cat", "a dog", "it fails"}
    assert any(0 < fraction < 1 for report in reports for fraction in report.fractions.values())
    known = records(tmp_path)
    before = (tmp_path / MANIFEST).read_text()
    (tmp_path / MANIFEST).write_text(before.replace('"error"', '"said"'))                   # as it was written before
    assert records(tmp_path) == known and (tmp_path / MANIFEST).read_text() == before
    assert known["it fails"].error == "the object fills every picture" and known["a cat"].done
    assert known["a cat"].files == {"asset.txt": len((tmp_path / known["a cat"].name / "asset.txt").read_bytes())}
    page = (tmp_path / "gallery.html").read_text()
    assert "2 of 3 done, 1 failed" in page and f'src="{known["a cat"].name}/thumb.png"' in page
    assert "rows[2]: the object fills every picture" in page and "refresh" not in page


def test_a_row_that_is_done_is_never_done_again_and_a_failed_one_is_tried_again(tmp_path):
    make(tmp_path, ["a cat", "it fails"])
    reports = make(tmp_path, ["a cat", "it fails", "a cow"])
    assert [report.record.prompt for report in reports if report.record] == ["it fails", "a cow"]
    lines = (tmp_path / MANIFEST).read_text().splitlines()
    assert [json.loads(line)["prompt"] for line in lines] == ["a cat", "it fails", "it fails", "a cow"]
    assert len(Manifest(tmp_path).records) == 3 == len((tmp_path / MANIFEST).read_text().splitlines())


def test_a_row_whose_folder_was_removed_is_made_again(tmp_path):
    make(tmp_path, ["a cat", "a dog"])
    gone = records(tmp_path)["a cat"].name
    for path in (tmp_path / gone).iterdir():
        path.unlink()
    assert [report.record.name for report in make(tmp_path, ["a cat", "a dog"]) if report.record] == [gone]


def test_a_manifest_that_a_kill_has_cut_off_loses_nothing(tmp_path):
    make(tmp_path, ["a cat", "a dog"])
    whole = (tmp_path / MANIFEST).read_bytes()
    for cut in (0, 40, len(whole) - 5):
        (tmp_path / MANIFEST).write_bytes(whole[:cut])
        assert [report for report in make(tmp_path, ["a cat", "a dog"]) if report.record] == []
        assert len((tmp_path / MANIFEST).read_text().splitlines()) == 2


def test_a_worker_that_dies_is_replaced_and_a_row_that_always_kills_it_is_given_up(tmp_path):
    make(tmp_path, ["it crashes", "it stumbles", "a cat"])
    known = records(tmp_path)
    assert known["it stumbles"].done and known["a cat"].done
    assert re.match("its worker died 3 times without coming further, the last time with SIGKILL .*worker-0.txt$",
                    known["it crashes"].error)


def test_where_no_worker_starts_one_sentence_says_why(tmp_path):
    broken = [sys.executable, "-c", "raise SystemExit('no library of that name')"]
    with pytest.raises(RunError, match="^no worker starts; the last one ended with exit code 1: no library of that name; see "):
        make(tmp_path, ["a cat"], command=broken)


def test_two_drivers_do_not_work_in_one_folder(tmp_path):
    with alone(tmp_path), pytest.raises(FileError, match=f"process {os.getpid()} is at work in it"):
        make(tmp_path, ["a cat"])


def test_the_threads_of_a_batch_do_not_change(tmp_path):
    make(tmp_path, ["a cat"], Plan(1, 2))
    assert fixed_threads(Place(str(tmp_path)), None) == 2
    with pytest.raises(ConfigError, match="--threads: .* was begun with 2, .*got 1$"):
        fixed_threads(Place(str(tmp_path)), 1)
    (tmp_path / "batch.json").write_text("{")
    with pytest.raises(ConfigError, match="damaged"):
        fixed_threads(Place(str(tmp_path)), None)


def begin(out: Path, count: int, workers: int = 2) -> subprocess.Popen:
    env = {**os.environ, "BATCH_STUB_SECONDS": "1"}
    return subprocess.Popen([sys.executable, "-c", DRIVER, str(out), str(count), str(workers), STUB[1]], env=env,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hears_ctrl_c)


def hears_ctrl_c() -> None:
    """What a shell starts in the background ignores SIGINT, and so do its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def workers_of(driver: subprocess.Popen) -> list[int]:
    """The processes that it has started and that live."""
    children = Path(f"/proc/{driver.pid}/task/{driver.pid}/children")
    return [int(word) for word in children.read_text().split()] if children.exists() else []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the workers in /proc")
def test_kill_9_of_workers_and_drivers_at_random_moments_leaves_every_asset_once_with_the_same_bytes(tmp_path):
    make(tmp_path / "straight", [f"object {i}" for i in range(8)])
    moments, out, killed = random.Random(0), tmp_path / "killed", 0
    while killed < 10:
        driver = begin(out, 8)
        driver.stdout.readline()                            # it works
        for _ in range(moments.randint(0, 2)):
            time.sleep(moments.uniform(0.2, 1.5))
            if found := workers_of(driver):
                os.kill(moments.choice(found), signal.SIGKILL)
                killed += 1
        time.sleep(moments.uniform(0.2, 1.0))
        if driver.poll() is not None:
            break
        left = workers_of(driver)
        driver.kill()
        killed += 1
        driver.communicate()
        until = time.monotonic() + 20
        while any(Path(f"/proc/{pid}/fd").exists() and os.listdir(f"/proc/{pid}/fd") for pid in left if alive(pid)):
            assert time.monotonic() < until, "a worker outlives its driver"
            time.sleep(0.05)
    said = begin(out, 8).communicate()
    assert assets(out) == assets(tmp_path / "straight"), said
    assert len(Manifest(out).records) == 8 and all(record.done for record in Manifest(out).records.values())
    assert killed >= 5


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_ctrl_c_ends_the_workers_and_the_same_batch_goes_on(tmp_path):
    driver = begin(tmp_path, 4)
    for line in driver.stdout:
        if "1 of 4" in line:
            break
    driver.send_signal(signal.SIGINT)
    _, said = driver.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    assert not any(report.record for report in make(tmp_path, ["object 0", "object 1", "object 2", "object 3"])
                   if report.record and report.record.prompt == next(iter(records(tmp_path))))
    assert len(assets(tmp_path)) == 4


def test_the_gallery_has_a_hundred_rows_a_page_and_only_changed_pages_are_written(tmp_path):
    table = rows([f"<object> {i} & {'x' * 200}" for i in range(250)], "text-to-svg", [])
    names = gallery.write(tmp_path, table, {}, {1, 3}, "0 of 250 done", running=True)
    assert names == ["gallery.html", "gallery-3.html"] and not (tmp_path / "gallery-2.html").exists()
    first, last = ((tmp_path / name).read_text() for name in names)
    assert first.count("<figure>") == 100 and last.count("<figure>") == 50 and 'http-equiv="refresh"' in first
    assert '<a href="gallery-3.html">3</a>' in first and "&lt;object&gt; 249 &amp; xx" in last and "\u2026" in last
    assert "0 of 250 done" in first and "0 of 250 done" not in last


def test_programs_get_json_and_people_a_line_for_each_row_that_has_ended(tmp_path, capsys):
    from rich.console import Console

    from dreamgen.commands.batch import shown
    from dreamgen.show.rows import show

    def reports(out):
        place, table = Place(str(out)), rows(["a cat", "it fails"], "text-to-svg", [])
        return drive(place, table, Local(str(out), place.here, ONE, STUB), 1)
    assert shown(reports(tmp_path / "json"), True, False).failed == 1
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["record"]["prompt"] for each in said if each["record"]] == ["a cat", "it fails"]
    assert said[0]["total"] == 2 and said[-1]["done"] == 1 and any(each["eta"] is not None for each in said)
    text = StringIO()
    assert show(reports(tmp_path / "lines"), Console(file=text, width=200)).done == 1
    lines = text.getvalue().splitlines()
    assert lines[0] == "0 of 2 done" and re.search(r"^1/2  a-cat-0-\w{8}  0 s$", text.getvalue(), re.MULTILINE)
    assert lines[-1].endswith("failed: rows[1]: the object fills every picture") or lines[-1] == "1 of 2 done, 1 failed"


def test_workers_are_as_many_as_cores_gpus_and_memory_allow(monkeypatch):
    table = rows([f"object {i}" for i in range(40)], "text-to-svg", [])
    monkeypatch.setattr("dreamgen.batch.plan.found", lambda: [])
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: range(16), raising=False)
    monkeypatch.setattr("dreamgen.batch.plan.psutil.virtual_memory", lambda: type("Memory", (), {"available": 64e9}))
    assert plan(table, None, None) == Plan(16, 1) and plan(table, None, 4) == Plan(4, 4) and plan(table, 3, None) == Plan(3, 1)
    assert plan(table, None, None, memory_gb=10) == Plan(6, 1) and plan(table[:2], None, None) == Plan(2, 1)
    monkeypatch.setattr("dreamgen.batch.plan.found", lambda: ["0", "1"])
    assert plan(table, None, None) == Plan(2, 8, ("0", "1")) and plan(table, None, None, gpus="1") == Plan(1, 16, ("1",))
    assert plan(rows(["a cat"], "text-to-svg", ["device=cpu"]), None, None) == Plan(1, 1)
    assert need_gb("bundled") < 2 < need_gb("sd15") < need_gb("sdxl")
    with pytest.raises(ConfigError, match="--workers: need at least 1, got 0"):
        plan(table, 0, None)


def test_gpus_are_those_that_cuda_would_take_and_none_for_a_torch_without_it(monkeypatch):
    monkeypatch.setattr("torch.version.cuda", "13.0")
    for visible, gpus in (("0,1", ["0", "1"]), (" 2 , GPU-5a ", ["2", "GPU-5a"]), ("", []), ("-1", []), ("1,-1,0", ["1"])):
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
        assert found() == gpus
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0,1")
    monkeypatch.setattr("torch.version.cuda", None)
    assert found() == []
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    monkeypatch.setattr("dreamgen.batch.plan.shutil.which", lambda name: "/usr/bin/nvidia-smi")
    monkeypatch.setattr("dreamgen.batch.plan.subprocess.run",
                        lambda *given, **how: subprocess.CompletedProcess(given, 0, "0\n1\n"))
    assert found() == [], "a driver of NVIDIA's alone makes no worker faster"


def test_a_killed_row_counts_only_attempts_that_come_no_further():
    attempts = local.Attempts()
    for fraction, strikes in ((0.2, 0), (0.5, 0), (0.5, 1), (0.3, 2), (0.6, 0), (0.0, 1)):
        attempts.now = fraction
        assert attempts.died() == strikes


def test_nothing_of_it_is_imported_by_those_who_do_not_use_it():
    code = "import sys, dreamgen; from dreamgen.__main__ import main\ntry: main(['3d', '--help'])\n" \
           "except SystemExit: print([name for name in sys.modules if 'batch' in name or name in ('ray', 'fsspec', 'psutil')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "['dreamgen.commands.batch']"
