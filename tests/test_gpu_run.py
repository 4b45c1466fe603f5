"""The scripts for ten minutes on a GPU run here too, smaller: they must work the first time (benchmarks/gpu_run)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
