"""A worker on a tiny prior: rows as single runs make them, the prior loaded once, half-done rows from their checkpoint."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
import torch

import dreamgen
from dreamgen.batch.manifest import OUTCOME, Manifest
from dreamgen.batch.place import Place
from dreamgen.batch.rows import rows
from dreamgen.batch.worker import Job, Worker
from dreamgen.io import checkpoint
from dreamgen.recipes import folders
from dreamgen.run import run
from tests.tiny import make_prior

ROOT = Path(__file__).parents[2]
RECIPE = "text-to-image"
SMALL = ["stages.0.scene={kind: image, size: 8, pyramid: 1}", "stages.0.cameras={kind: flat, size: 8, views: 2}",
         "stages.0.optim.steps=6", "previews=1", "checkpoint_seconds=1e-6"]


@pytest.fixture(scope="module")
def prior(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior") / "mine")


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def table(prior: Path, prompts=("a red box", "a blue box"), more=()) -> list:
    return rows(list(prompts), RECIPE, [*SMALL, f"prior={prior}", *more])


def job(row) -> Job:
    return Job(row.name, row.place, row.base, row.cells)


def digest(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("asset*"))}


def test_rows_are_what_single_runs_make_and_the_prior_is_loaded_once(prior, tmp_path, monkeypatch):
    from guidance import priors
    loads, real = [], priors.load
    monkeypatch.setattr(priors, "load", lambda *given: loads.append(given) or real(*given))
    worker, told = Worker(Place(str(tmp_path / "many")), 1), []
    made = [worker.make(job(row), told.append) for row in table(prior)]
    assert [record.error for record in made] == ["", ""] and len(loads) == 1 and made[1].loading < made[0].loading
    assert (made[0].prior, made[0].threads, made[0].licence) == ("mine", 1, "not stated") and made[0].metrics["saturation"] >= 0
    assert (tmp_path / "many" / made[0].name / "thumb.png").is_file() and "asset.png" in made[0].files
    for row, record in zip(table(prior), made, strict=True):
        alone = folders.create(replace(row.recipe, out=str(tmp_path / "single"), precision="float32"))
        assert list(run(folders.recipe(alone), alone))[-1].note == str(alone / "asset.png")
        assert digest(alone) == digest(tmp_path / "many" / record.name)


def test_a_row_keeps_what_is_said_to_users_and_not_what_libraries_say_to_programmers(prior, tmp_path, monkeypatch):
    def warned(*given):
        warnings.warn("a wrong angle", stacklevel=1)
        warnings.warn("np.old is deprecated", DeprecationWarning, stacklevel=1)
        return run(*given)

    monkeypatch.setattr("dreamgen.run.run", warned)
    record = Worker(Place(str(tmp_path)), 1).make(job(table(prior)[0]), str)
    assert record.error == "" and record.warnings == ["a wrong angle"]


def test_a_row_goes_on_from_its_checkpoint_and_a_finished_one_is_only_described(prior, tmp_path):
    worker, [row, _] = Worker(Place(str(tmp_path)), 1), table(prior)
    recipe, folder = worker.recipe(job(row)), tmp_path / row.name
    folder.mkdir()
    reports = run(recipe, folder)
    while (report := next(reports)).step < 4 or report.note:
        pass
    reports.close()
    assert checkpoint.read(folder / "checkpoints")[1]["step"] >= 3
    record = worker.make(job(row), lambda fraction: None)
    assert record.done and json.loads((folder / OUTCOME).read_text())["name"] == row.name
    steps = [json.loads(line)["step"] for line in (folder / "history.jsonl").read_text().splitlines()]
    assert steps == sorted(set(steps))
    files = {path: path.stat().st_mtime_ns for path in folder.glob("asset*")}
    again = worker.make(job(row), lambda fraction: None)
    assert again == record and {path: path.stat().st_mtime_ns for path in files} == files


def test_a_row_that_dies_says_its_sentence_and_the_next_one_is_made(prior, tmp_path, monkeypatch):
    from dreamgen.state import health
    worker, (bad, good) = Worker(Place(str(tmp_path)), 1), table(prior, more=["retries=0"])
    with monkeypatch.context() as ill:
        ill.setattr(health, "measure", lambda render: (_ for _ in ()).throw(ZeroDivisionError("by zero")))
        record = worker.make(job(bad), lambda fraction: None)
    assert record.error.startswith("internal error: ZeroDivisionError: by zero") and "error.txt" in record.error
    assert worker.make(job(good), lambda fraction: None).done
    missing = worker.make(Job("x", "p.csv:2", RECIPE, bad.cells | {"prior": str(tmp_path / "no-prior")}), lambda fraction: None)
    assert missing.error.startswith("p.csv:2: prior") and not (tmp_path / "x").exists()


def test_a_prior_that_stands_elsewhere_is_loaded_from_there_and_named_as_the_row_names_it(prior, tmp_path):
    from dreamgen.batch.on_ray import packed, unpacked
    copy = unpacked("mine", packed(prior))
    assert copy.name == "mine" and packed(copy) == packed(prior) and unpacked("mine", packed(prior)) == copy
    worker, [row, _] = Worker(Place(str(tmp_path)), 1), table(prior)
    elsewhere = Job("moved", "rows[0]", RECIPE, row.cells | {"prior": "/not/here/mine"})
    worker.copies["/not/here/mine"] = str(copy)
    assert worker.make(elsewhere, lambda fraction: None).done
    assert "prior: /not/here/mine" in (tmp_path / "moved" / "recipe.yaml").read_text()


def test_generate_many_returns_a_record_a_row_in_their_order(prior, tmp_path):
    """Two processes; the whole way, with a row that cannot load."""
    made = dreamgen.generate_many([{"prompt": "a red box", "seed": 2}, "a blue box"], out=tmp_path, recipe=RECIPE,
                                  overrides=[*SMALL, f"prior={prior}"], workers=1)
    assert [(record.prompt, record.seed, record.error) for record in made] == [("a red box", 2, ""), ("a blue box", 0, "")]
    assert all((tmp_path / record.name / "asset.png").is_file() for record in made)
    assert (tmp_path / "gallery.html").read_text().count("thumb.png") == 2
    with pytest.raises(dreamgen.ConfigError, match=r"rows\[0\]: seed: need a whole number"):
        dreamgen.generate_many([{"prompt": "a box", "seed": "x"}], out=tmp_path / "none")


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_ten_kills_of_workers_and_drivers_over_twelve_rows(prior, tmp_path):
    """Every asset is there once, with the same bytes as without kills."""
    prompts = [f"a box {i}" for i in range(12)]
    file = tmp_path / "prompts.txt"
    file.write_text("\n".join(prompts))
    common = [*SMALL, f"prior={prior}", "stages.0.optim.steps=60"]
    worker = Worker(Place(str(tmp_path / "straight")), 1)
    want = {}
    for row in rows(file, RECIPE, common):
        assert worker.make(job(row), lambda fraction: None).done
        want[row.name] = digest(tmp_path / "straight" / row.name)
    out, moments, killed = tmp_path / "killed", random.Random(0), {"worker": 0, "driver": 0}
    command = [sys.executable, "-m", "dreamgen", "batch", str(file), "--out", str(out), "--recipe", RECIPE, "--workers", "2",
               *common]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.monotonic()
    while sum(killed.values()) < 10:
        driver = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for victim in moments.choices(["worker", "driver"], [2, 1], k=10):
            if sum(killed.values()) == 10:
                break
            time.sleep(moments.uniform(0.3, 1.5) * float(os.environ.get("KILL_SECONDS", "10")))
            assert driver.poll() is None, f"it ended after {killed} in {time.monotonic() - start:.0f} s; raise the rows' steps"
            children = Path(f"/proc/{driver.pid}/task/{driver.pid}/children").read_text().split()
            if victim == "worker" and children:
                os.kill(int(moments.choice(children)), signal.SIGKILL)
                killed["worker"] += 1
            elif victim == "driver":
                driver.kill()
                killed["driver"] += 1
                break
        driver.kill()
        driver.wait()
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {path.parent.name: digest(path.parent) for path in out.glob("*/asset.png")} == want
    records = Manifest(out).records
    assert len(records) == 12 and all(record.done for record in records.values())
    print(f"{killed} killed in {time.monotonic() - start:.0f} s")
