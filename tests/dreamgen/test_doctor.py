"""The doctor sees what is there, says what is missing and how to get it, and does not faint."""

import ast
import errno
import json
import tempfile
from pathlib import Path

import pytest

from dreamgen import __main__, errors
from dreamgen.tools import doctor
from dreamgen.tools.doctor import Finding
from renderers.errors import BackendError
from renderers.ops import _dispatch


def test_every_operation_is_reported_with_the_backend_that_runs():
    found = {finding.name: finding.value for finding in doctor.backends()}
    for op in _dispatch.operations():
        chosen = _dispatch.choose(op, "cpu").__name__.rpartition(".")[2].partition("_")[0]
        assert found[f"{op} on cpu"].startswith(f"{chosen} runs")


def test_what_is_missing_comes_with_its_licence_and_the_way_to_get_it(monkeypatch):
    monkeypatch.setattr(doctor, "OPTIONAL", (("no_such_library", "nothing", "MIT", "pip install no-such-library"),))
    (finding,) = [finding for finding in doctor.libraries() if finding.name == "no_such_library"]
    assert finding == Finding("libraries", "no_such_library", "not installed; nothing; MIT", "missing",
                              "pip install no-such-library")


def test_a_foreign_package_of_our_name_is_a_problem(monkeypatch):
    monkeypatch.setattr(doctor, "packages_distributions", lambda: {"guidance": ["guidance", "dreamgen"]})
    (problem,) = [finding for finding in doctor.shadows() if finding.state == "problem"]
    assert problem.name == "guidance" and "pip uninstall guidance" in problem.hint


def test_a_package_that_shadows_ours_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "OURS", ("shadowing",))
    (tmp_path / "shadowing").mkdir()
    (tmp_path / "shadowing/__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    (problem,) = doctor.shadows()
    assert problem.state == "problem" and str(tmp_path / "shadowing") in problem.value


def test_a_folder_that_cannot_be_written_is_a_problem(monkeypatch):
    def refuse(dir):
        raise OSError(errno.EROFS, "Read-only file system")
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    problems = {finding.name for finding in doctor.storage() if finding.state == "problem"}
    assert problems == {"runs are made here", "compiled kernels are kept"}


def test_the_doctor_does_not_faint(monkeypatch):
    def fails():
        raise RuntimeError("a broken library")
    fails.__name__ = "devices"
    monkeypatch.setattr(doctor, "devices", fails)
    found = list(doctor.examine())
    assert Finding("devices", "cannot be examined", "RuntimeError: a broken library", "problem") in found
    others = {"program", "names", "threads", "backends", "libraries", "priors", "storage"}
    assert others <= {finding.section for finding in found}


def test_the_text_counts_problems_and_marks_them(monkeypatch):
    monkeypatch.setattr(doctor, "WIDTH", 5)
    text = doctor.as_text([Finding("a", "one", "1"), Finding("b", "three", "3", "problem", "do it")])
    assert [*text] == ["a", "  one    1", "", "b", "! three  3  ->  do it", "", "! 1 problem"]
    assert [*doctor.as_text([Finding("a", "one", "1")])][-2:] == ["", "no problems"]


def test_what_is_optional_and_what_is_to_be_fetched_have_marks_of_their_own_which_are_explained(monkeypatch):
    monkeypatch.setattr(doctor, "OPTIONAL", (("no_such_library", "nothing", "MIT", "pip install no-such-library"),))
    lines = [*doctor.as_text([*doctor.libraries(), *doctor.priors()])]
    by_mark = {mark: [line.split()[1] for line in lines if line.startswith(f"{mark} ")] for mark in "->"}
    assert by_mark == {"-": ["no_such_library", "works"], ">": ["to", "gated", "not"]}


def test_lines_come_as_soon_as_they_are_known(monkeypatch):
    monkeypatch.setattr(doctor, "devices", lambda: pytest.fail("asked before the program's own lines were taken"))
    lines = doctor.as_text(doctor.examine())
    assert next(lines) == "program" and "dreamgen" in next(lines)


def test_json_is_for_programs(capsys):
    assert __main__.main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"section", "name", "value", "state", "hint"} == set(found[0])


@pytest.mark.parametrize("error, users", [(OSError(errno.ENOSPC, "full"), True), (OSError(errno.EIO, "broken"), False),
                                          (BackendError("none"), True), (TypeError(), False)])
def test_whose_fault_an_error_is(error, users):
    assert errors.is_users(error) is users


def test_what_is_said_to_be_not_used_is_imported_nowhere_and_the_rest_is():
    root = Path(doctor.__file__).parents[2]
    files = [path for package in doctor.OURS for path in (root / package).rglob("*.py")]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    imported = {alias.name.partition(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module.partition(".")[0] for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    for name, use, *_ in doctor.OPTIONAL:
        if name not in ("sentencepiece", "s3fs"):       # which transformers and fsspec import for us
            assert (name in imported) != use.startswith("not used yet"), name
