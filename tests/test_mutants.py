"""The script of mutants: a test that the map names and that is gone counts as no mutant's death."""

import importlib.util
import json
import os
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


JUDGED = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import mutants
tree, passes = Path(sys.argv[2]), {}
mutant = next(each for each in mutants.mutants(tree / "plus.py", tree) if each.kind == "operator")
ends = []
for more in ("", "def test_two():\\n    assert plus(1, 1) == 2\\n"):
    with open(tree / "test_plus.py", "a") as file:
        file.write(more)
    record = mutants.judged(mutant, tree, ["test_plus.py"], passes)
    ends.append([record["end"], record["by"]])
print(json.dumps([ends, passes]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each mutant runs in a fork")
def test_a_test_that_fails_without_a_mutant_kills_none(tmp_path):
    (tmp_path / "plus.py").write_text("def plus(a, b):\n    return a + b\n")
    (tmp_path / "test_plus.py").write_text("from plus import plus\n\n\ndef test_red():\n    assert False\n\n\n"
                                           "def test_none():\n    assert plus(0, 0) == 0\n\n\n")
    benchmarks = Path(__file__).parents[1] / "benchmarks"
    done = subprocess.run([sys.executable, "-c", JUDGED, str(benchmarks), str(tmp_path)], capture_output=True, text=True)
    told, answer = done.stdout.splitlines()
    assert told == "test_plus.py::test_red fails without a mutant, too, and is left out", done.stderr
    assert json.loads(answer) == [[["survived", None], ["killed", "test_plus.py::test_two"]],
                                  {"test_plus.py::test_red": False, "test_plus.py::test_two": True}]
