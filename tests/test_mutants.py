"""The script of mutants: a test that the map names and that is gone counts as no mutant's death."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def mutants(monkeypatch):
    """benchmarks/mutants.py as a module; it sets the numbers of threads of the process that runs it."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
        monkeypatch.setenv(name, "1")
    path = Path(__file__).parents[1] / "benchmarks" / "mutants.py"
    spec = importlib.util.spec_from_file_location("mutants", path)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "mutants", module)
    spec.loader.exec_module(module)
    return module


def test_tests_that_are_gone_are_left_out_and_named(mutants):
    chosen = [["tests/a.py::one[1]", "tests/a.py::gone"], ["tests/b.py"], ["tests/a.py::gone"]]
    assert mutants.there(chosen, {"tests/a.py::one[1]", "tests/a.py::two", "", "3 tests collected"}) == (
        [["tests/a.py::one[1]"], ["tests/b.py"], []], ["tests/a.py::gone"])


def test_pytest_lists_what_it_collects_as_the_map_names_it(mutants, tmp_path):
    cases = "import pytest\n\n@pytest.mark.parametrize('x', [1, 2])\ndef test_it(x):\n    assert x\n"
    (tmp_path / "test_small.py").write_text(cases)
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--collect-only", "test_small.py"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert mutants.there([["test_small.py::test_it[2]", "test_small.py::test_it[3]"]], {*said.splitlines()}) == (
        [["test_small.py::test_it[2]"]], ["test_small.py::test_it[3]"])
