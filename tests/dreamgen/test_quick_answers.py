"""A file that is not there is answered before torch is imported, which takes longer than all the rest."""

import json
import subprocess
import sys

import pytest

TRIAL = """import json, sys
from dreamgen.__main__ import main
code = main(json.loads(sys.argv[1]))
print(code, 'torch' in sys.modules)"""


@pytest.mark.parametrize("words", [["svg-clean", "gone.svg"], ["vectorize", "gone.png"], ["export", "gone", "--to", "obj"],
                                   ["resume", "gone"], ["3d", "a fox", "stages.0.guidance.kind=gone.py"],
                                   ["runs", "--out", "gone"]])
def test_what_is_not_there_is_told_without_torch(words, tmp_path):
    call = [sys.executable, "-c", TRIAL, json.dumps(words)]
    said = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert said.stdout == "2 False\n" and said.stderr.count("\n") == 1 and "gone" in said.stderr
