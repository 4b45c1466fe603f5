"""One number of threads, torch's, from the first operation to the last, whatever starts numba's."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASK = """
import numba, torch
from renderers.ops.composite import composite
from renderers.threads import settle
settle()
counts = [torch.get_num_threads()]
composite(torch.rand(4), torch.rand(4, 3), torch.rand(4), 0.1, torch.tensor([0, 4]), backend="numba")
print(*counts, torch.get_num_threads(), numba.get_num_threads())
"""


def test_a_kernel_leaves_torchs_number_of_threads_as_it_was():
    """Of numba, which would start its own number with the first kernel, it is the first use in that process."""
    process = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, timeout=600,
                             env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "2"})
    assert process.stdout.split() == ["1", "1", "1"], process.stderr
