"""What a task of Ray takes along, and how its end is told: the tasks run in this process, in a folder without the driver's
files, so Ray itself is not needed (test_batch_ray.py has it)."""

import json
import shutil
from types import SimpleNamespace

import pytest
import torch

from dreamgen.batch import on_ray
from dreamgen.batch.place import Place
from dreamgen.batch.rows import rows
from dreamgen.batch.worker import Job, Worker
from dreamgen.recipes import folders, load
from tests.tiny import make_prior

SMALL = ["stages.0.scene={kind: image, size: 8, pyramid: 1}", "stages.0.cameras={kind: flat, size: 8, views: 2}",
         "stages.0.optim.steps=2", "previews=1"]


class RayError(Exception):
    """As Ray's."""


class RayTaskError(RayError):
    """As Ray's: its text is a traceback, ``cause`` what the task raised."""

    def __init__(self, cause):
        super().__init__("\033[36mray::make_row()\033[39m (pid=1, ip=127.0.0.1)\n  File ...")
        self.cause = cause


class Ray:
    """The calls of Ray that the runner needs; a task runs when its result is asked for."""

    exceptions = SimpleNamespace(RayError=RayError, RayTaskError=RayTaskError)

    def __init__(self, before=lambda: None):
        self.before = before

    def nodes(self):
        return [{"Alive": True, "Resources": {"CPU": 1.0, "memory": 1e9}}]

    def put(self, value):
        return value

    def remote(self, task):
        asked = SimpleNamespace(remote=lambda *given: Ref((task, json.dumps(given[2]), given)))
        return SimpleNamespace(options=lambda **needs: asked)

    def wait(self, refs, **how):
        return refs[:1], refs[1:]

    def get(self, ref):
        task, job, (out, threads, _, name, prior) = ref
        self.before()
        return task(out, threads, json.loads(job), name, prior)


class Ref(tuple):
    """Can be a key."""

    __hash__ = object.__hash__


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def follow(table, out, ray):
    runner = on_ray.OnRay(str(out), "ray", 1, None, 0.2, None, table)
    on_ray.standing.cache_clear()
    return [report.record for report in runner.follow(ray, [Job(row.name, row.place, row.base, row.cells) for row in table])]


@pytest.mark.parametrize("named", ["mine", "./mine", "mine/", "~/mine", "inside"])
def test_a_prior_and_a_recipe_of_the_driver_reach_a_worker_that_has_neither(named, tmp_path, monkeypatch):
    driver, elsewhere = tmp_path / "driver", tmp_path / "elsewhere"
    make_prior(driver / "mine")
    elsewhere.mkdir()
    monkeypatch.setenv("HOME", str(driver))
    monkeypatch.chdir(driver)
    monkeypatch.setattr(on_ray.tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    prior = "./mine" if named == "inside" else named
    text = load.dump(load.load("text-to-image", [*SMALL, "prompt=x", f"prior={prior}"]))
    (driver / "my.yaml").write_text(text)
    table = rows(["a red box", {"prompt": "a blue box", "seed": 3}], "my.yaml", [] if named == "inside" else [f"prior={named}"])

    def leave():
        """The driver's files cannot be reached any more."""
        if driver.exists():
            monkeypatch.chdir(elsewhere)
            shutil.move(driver, tmp_path / "gone")

    made = follow(table, tmp_path / "out", Ray(leave))
    assert [(record.error, record.prior, record.prompt, record.seed) for record in made] == [
        ("", "mine", "a red box", 0), ("", "mine", "a blue box", 3)]
    kept = (tmp_path / "out" / table[1].name / folders.RECIPE).read_text()
    assert f"prior: {prior}\n" in kept and "steps: 2\n" in kept, "the recipe says what the row says"


def test_a_picture_of_the_driver_is_named_by_its_whole_path(tmp_path, monkeypatch):
    (tmp_path / "bear.png").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for written in ("bear.png", "./bear.png", "~/bear.png"):
        [row] = rows([{"prompt": "a bear", "image": written}], "text-to-3d", [])
        job, runner = Job(row.name, row.place, row.base, row.cells), on_ray.OnRay("out", "ray", 1, None, 0.2, None, [row])
        assert f"picture: {tmp_path / 'bear.png'}" in runner.travelling(job, row).base


def test_an_error_of_the_task_is_told_apart_from_a_worker_that_ray_has_lost(tmp_path):
    table = rows(["a cat"], "text-to-svg", [])
    runner, [row] = on_ray.OnRay(str(tmp_path), "ray", 1, None, 0.2, None, table), table
    job = Job(row.name, row.place, row.base, row.cells)

    def ended(error):
        ray = Ray()
        ray.get = lambda ref: (_ for _ in ()).throw(error)
        return runner.ended(ray, None, job).record.error

    assert ended(RayTaskError(ZeroDivisionError("by zero"))) == "internal error: ZeroDivisionError: by zero"
    assert ended(RayError("the node died\nand more")) == "Ray gave it up after 8 tries: RayError: the node died"


def test_what_goes_wrong_behind_the_run_fails_the_row_and_not_the_worker(tmp_path, monkeypatch):
    make_prior(tmp_path / "mine")
    table = rows(["a red box"], "text-to-image", [*SMALL, f"prior={tmp_path / 'mine'}"])
    job, worker = Job(table[0].name, table[0].place, table[0].base, table[0].cells), Worker(Place(str(tmp_path / "out")), 1)
    with monkeypatch.context() as ill:
        ill.setattr("dreamgen.batch.thumb.thumb", lambda *given: 1 / 0)
        assert worker.make(job, str).error.startswith("internal error: ZeroDivisionError: division by zero; the traceback is in ")
    record = worker.make(job, str)
    assert record.done and record.thumb == "thumb.png", "the run is not lost"


def test_a_storage_that_takes_nothing_fails_the_row_in_one_sentence_and_the_next_try_sends_it(tmp_path, monkeypatch, capsys):
    make_prior(tmp_path / "mine")
    table = rows(["a red box"], "text-to-image", [*SMALL, f"prior={tmp_path / 'mine'}"])
    job = Job(table[0].name, table[0].place, table[0].base, table[0].cells)
    worker = Worker(Place(f"memory://{tmp_path.name}/full", tmp_path / "scratch"), 1)

    def full(*given):
        raise OSError("no space")

    with monkeypatch.context() as ill:
        ill.setattr(type(worker.place.fs), "put_file", full)
        failed = worker.make(job, str).error
    assert failed == f"memory://{tmp_path.name}/full: cannot be written (no space); what was there before is whole"
    assert f"{job.name}: {failed}" in capsys.readouterr().err, "the last try is only told to the log"
    assert worker.make(job, str).done and worker.place.outcomes([job.name])
    assert not (worker.place.here / job.name).exists(), "what has gone up does not fill the machine's disk"
