"""The scripts for ten minutes on a GPU run here too, smaller: they must work the first time (benchmarks/gpu_run)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dreamgen.recipes.load import load

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "benchmarks" / "gpu_run"


def run(*command: str) -> str:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_shell_scripts_are_whole_and_name_scripts_that_are_there():
    for script in SCRIPTS.glob("*.sh"):
        assert subprocess.run(["bash", "-n", str(script)]).returncode == 0, script
        for word in script.read_text(encoding="utf-8").split():
            if word.startswith("benchmarks/gpu_run/"):
                assert (ROOT / word).is_file(), f"{script.name}: {word}"


@pytest.mark.slow
def test_a_step_is_timed():
    said = run(str(SCRIPTS / "step.py"), "--device", "cpu", "--batch", "2", "--steps", "1", "--size", "32")
    assert "step: batch 2" in said and "pictures/s" in said


@pytest.mark.slow
def test_pictures_are_drawn_and_looked_at(tmp_path):
    (tmp_path / "words.txt").write_text("apple\n", encoding="utf-8")
    run("-m", "dreamgen", "prior", "data", "--out", str(tmp_path / "data"), "--shapes", "1", "--arrays", "--size", "16",
        "--views", "2",
        "--samples", "1", "--device", "cpu", "--words", str(tmp_path / "words.txt"))
    assert "1 parts" in run(str(SCRIPTS / "peek.py"), str(tmp_path / "data"), str(tmp_path / "sheet.png"))
    assert (tmp_path / "sheet.png").stat().st_size > 100


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_kernels_are_tested_and_timed_within_the_limit(tmp_path):
    """On the CPU the tests are skipped, and the table is the CPU's."""
    settings = {"OUT": str(tmp_path), "DEVICE": "cpu", "OPS": "composite march", "LIMIT": "560"}
    done = subprocess.run(["bash", str(SCRIPTS / "kernels.sh")], cwd=ROOT, capture_output=True, text=True, timeout=580,
                          env=os.environ | settings)
    assert done.returncode == 0 and "done at" in done.stdout, done.stdout + done.stderr
    assert "skipped" in (tmp_path / "gpu-tests.txt").read_text() and (tmp_path / "gpu-tests.xml").exists()
    for op in ("composite", "march"):
        assert f"| {op} | reference |" in done.stdout and (tmp_path / f"{op}.csv").exists(), done.stdout + done.stderr
    assert "backends" in (tmp_path / "doctor.txt").read_text()


PYTHON = """#!/usr/bin/env bash
# Stands for python3: notes what it is asked, and trains as told.
echo "$*" >> "$CALLS"
case "$*" in
    *"prior train"*) mkdir -p "$MADE/checkpoints"; touch "$MADE/begun"; [[ "$*" == *"--lr 5e-4"* ]] ;;
    -c*checkpoint*) [ -n "$SAVED" ] && echo "$SAVED" ;;
    -c*) exec "$REAL" "$@" ;;
esac
"""


@pytest.fixture
def machine(tmp_path):
    """``call(script, **settings)`` runs it where python3 and nvidia-smi only note what they are asked; returns those lines."""
    (tmp_path / "bin").mkdir()
    for name, text in (("python3", PYTHON), ("nvidia-smi", "#!/bin/sh\n")):
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)

    def call(name: str, **settings: str) -> list[str]:
        env = {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "REAL": sys.executable, "SAVED": "",
               "OUT": str(tmp_path / "new" / "results"), "CALLS": str(tmp_path / "calls"), "MADE": str(tmp_path / "made"),
               "DATA": str(tmp_path / "data"), "PARTS": "0"}
        with open(tmp_path / "said", "w") as said:          # not a pipe, which what it leaves behind would hold open
            subprocess.run(["bash", str(SCRIPTS / name)], cwd=ROOT, env=os.environ | env | settings, stdout=said, stderr=said,
                           timeout=120, check=True)
        return (tmp_path / "calls").read_text().splitlines()
    return call


def test_the_folder_of_the_results_is_made_before_anything_is_put_there(machine, tmp_path):
    machine("train.sh")
    assert {"train.log", "data.log"} <= {path.name for path in (tmp_path / "new" / "results").iterdir()}
    for script in SCRIPTS.glob("*.sh"):
        text = script.read_text(encoding="utf-8").partition("set -u\n")[2]
        if "$OUT" in text:
            assert text.startswith("source benchmarks/gpu_run/env.sh\n"), f"{script.name} uses $OUT, which env.sh makes"


@pytest.mark.parametrize("saved, goes_on", [("2.5", True), ("", False)])
def test_a_training_that_fails_late_goes_on_from_its_checkpoint(machine, tmp_path, saved, goes_on):
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "of-an-earlier-call").touch()
    first, second = [call for call in machine("train.sh", SAVED=saved, END="520") if "prior train" in call]
    assert "--graph --lr 1e-3" in first and "--from .gpu/start" in first and "--resume" not in first
    assert ("--resume" in second) == goes_on and ("--from" in second) != goes_on and second.endswith("--lr 5e-4")
    minutes = [float(call.split("--minutes ")[1].split()[0]) for call in (first, second)]
    assert minutes[0] == pytest.approx(8, abs=0.5) and minutes[1] == pytest.approx(minutes[0] + 2.5 * goes_on, abs=0.5)


def test_the_gallery_leaves_the_recipes_alone(machine, tmp_path):
    recipe = ROOT / "configs" / "text-to-3d.yaml"
    before = recipe.read_bytes()
    [call] = [call for call in machine("gallery.sh", SEEDS="0,1") if "dreamgen batch" in call]
    assert recipe.read_bytes() == before
    assert call.endswith("--seeds 0,1 --out " + str(tmp_path / "made") + " preset=draft export.turntable=0")
    assert load("text-to-3d", ["prompt=a cat", *call.split()[-2:]]).export.turntable == 0
