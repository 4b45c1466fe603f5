"""The folder is the registry, and a wrong name is answered in one line."""

import importlib
from pathlib import Path

import pytest

from renderers import ops
from renderers.errors import BackendError
from renderers.ops import _dispatch
from renderers.ops._dispatch import backends, choose, operations


@pytest.fixture(autouse=True)
def forgetful(monkeypatch):
    """No preference from outside, and nothing remembered from one test to the next."""
    monkeypatch.delenv(_dispatch.VARIABLE, raising=False)
    backends.cache_clear()
    yield
    backends.cache_clear()


def test_every_folder_is_an_operation_with_a_definition():
    folders = {path.name for path in Path(ops.__path__[0]).iterdir() if (path / "__init__.py").exists()}
    assert folders == set(operations())
    for op in operations():
        assert "reference" in backends(op, "cpu")
        assert callable(getattr(choose(op, "cpu", "reference"), op))


def test_the_highest_rank_runs():
    assert choose("field", "cpu").__name__ == "renderers.ops.field.numba_cpu"


def test_a_device_without_a_backend_of_its_own_gets_the_definition():
    assert list(backends("field", "meta")) == ["reference"]
    assert choose("field", "meta").__name__ == "renderers.ops.field.reference"


def test_the_name_given_wins_over_the_environment(monkeypatch):
    monkeypatch.setenv(_dispatch.VARIABLE, "reference")
    assert choose("field", "cpu").__name__.endswith("reference")
    assert choose("field", "cpu", "numba").__name__.endswith("numba_cpu")


def test_a_preference_that_another_device_has_is_no_error(monkeypatch):
    monkeypatch.setenv(_dispatch.VARIABLE, "numba")
    assert choose("field", "meta").__name__.endswith("reference")


def test_of_several_preferences_each_operation_takes_the_first_it_has(monkeypatch):
    monkeypatch.setenv(_dispatch.VARIABLE, "triton, pydiffvg,reference")        # on a CPU nothing has triton
    monkeypatch.setattr(_dispatch.importlib, "import_module", lambda name: name)
    assert choose("fill", "cpu").endswith("pydiffvg_any") and choose("field", "cpu").endswith("reference")


def test_what_runs_is_said_in_words(monkeypatch):
    assert _dispatch.chosen("cpu") == "operations by numba"
    assert _dispatch.chosen("meta") == "operations by reference"
    monkeypatch.setenv(_dispatch.VARIABLE, "numba")
    backends("field", "cpu")["numba"] = ImportError("no numba")
    with pytest.raises(BackendError, match="field: backend 'numba' needs"):
        _dispatch.chosen("cpu")
    monkeypatch.delenv(_dispatch.VARIABLE)
    assert _dispatch.chosen("cpu") == "field by reference, others by numba"


def test_a_preference_that_no_operation_has_is_told(monkeypatch):
    monkeypatch.setenv(_dispatch.VARIABLE, "referense")
    with pytest.raises(BackendError, match=r"^\$RENDERERS_BACKEND: no operation has a backend 'referense'; have .*numba, "
                                           r".*reference, .*triton; did you mean 'reference'\?$"):
        choose("field", "cpu")


def test_an_operation_of_which_nothing_imports_says_why():
    options = backends("field", "cpu")
    options.update({name: ImportError(f"no {name}") for name in options})
    with pytest.raises(BackendError, match="^field: no backend for cpu can be imported; numba: ImportError: no numba; ref"):
        choose("field", "cpu")


def test_an_unknown_backend_names_the_nearest():
    with pytest.raises(BackendError, match=r"^field: no backend 'numbaa' for cpu; have numba, reference; "
                                           r"did you mean 'numba'\?$"):
        choose("field", "cpu", "numbaa")


def test_a_missing_library_is_told_to_who_asks_for_it_and_nobody_else(monkeypatch):
    original = importlib.import_module

    def without_numba(name):
        if name.endswith("numba_cpu"):
            raise ModuleNotFoundError("No module named 'numba'")
        return original(name)

    monkeypatch.setattr(importlib, "import_module", without_numba)
    assert choose("field", "cpu").__name__.endswith("reference")
    with pytest.raises(BackendError, match=r"^field: backend 'numba' needs a library that is missing "
                                           r"\(No module named 'numba'\)$"):
        choose("field", "cpu", "numba")
