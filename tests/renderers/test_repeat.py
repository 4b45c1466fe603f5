"""A kernel that was just compiled and the same one from numba's cache say the same, to the last bit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASK = """
import hashlib
from tests.renderers.test_ops import EVERY, values_and_gradients
for op, backend, case in EVERY:
    for name, value in values_and_gradients(op, case, backend).items():
        print(op, backend, case, name, hashlib.sha256(value.detach().contiguous().numpy().tobytes()).hexdigest()[:16])
"""


def said(cache: Path) -> list[str]:
    """A digest of every value and gradient of every fast backend, in a process of its own that compiles into ``cache``."""
    process = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, timeout=600,
                             env={**os.environ, "NUMBA_CACHE_DIR": str(cache), "PYTHONPATH": str(ROOT)})
    assert process.returncode == 0, process.stderr
    return process.stdout.splitlines()


@pytest.mark.slow
def test_a_fresh_kernel_and_a_cached_one_give_the_same_bits(tmp_path):
    """Slow because every kernel is compiled."""
    fresh, cached = said(tmp_path), said(tmp_path)
    assert len(fresh) > 100 and [pair for pair in zip(fresh, cached, strict=True) if pair[0] != pair[1]] == []
