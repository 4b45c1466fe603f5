"""Two processes that train together follow one that trains alone."""

import json

import pytest
from shapes import make
from test_cli import ROOT, python

SCRIPT = f"""
import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests/dreamgen")!r}]
from pathlib import Path
import torch
from dreamgen.training.train import train
from shapes import TINY
from dataclasses import replace
cfg = replace(TINY, images=48, report_steps=1, precision="float32")
for report in train(Path("shapes"), Path(sys.argv[1]), cfg, torch.device("cpu")):
    print(report.step, flush=True)
"""


def test_two_processes_follow_one_up_to_rounding(tmp_path):
    make(tmp_path / "shapes")
    (tmp_path / "script.py").write_text(SCRIPT)
    one = python("script.py", "one", cwd=tmp_path)
    two = python("-m", "torch.distributed.run", "--nproc-per-node", "2", "script.py", "two", cwd=tmp_path)
    assert one.returncode == two.returncode == 0, one.stderr + two.stderr
    assert one.stdout.split() == two.stdout.split()                 # only the first process reports
    want, got = ([json.loads(line)["loss"] for line in (tmp_path / name / "log.jsonl").read_text().splitlines()]
                 for name in ("one", "two"))
    assert len(want) == 6 and got == pytest.approx(want, rel=1e-3)
