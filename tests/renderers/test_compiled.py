"""Whether kernels are kept, told from the folder where numba keeps them."""

import pytest

from renderers import compiled


@pytest.mark.parametrize("kept", ("fill_1f3/numba_cpu.cover-12.py311.nbi", "ops/fill/__pycache__/numba_cpu.cover-12.py311.nbi"))
def test_kernels_are_kept_where_an_index_of_numbas_is(tmp_path, monkeypatch, kept):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(compiled.sys, "modules", {"renderers.ops.fill": None, "renderers.ops._dispatch": None})
    assert not compiled.compiled()
    (tmp_path / kept).parent.mkdir(parents=True)
    (tmp_path / kept).touch()
    assert compiled.compiled()


def test_kernels_of_another_operation_do_not_count(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(compiled.sys, "modules", {"renderers.ops.fill": None})
    (tmp_path / "march_1").mkdir()
    (tmp_path / "march_1/numba_cpu.march-12.py311.nbi").touch()
    assert not compiled.compiled()


def test_where_numba_cannot_write_nothing_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "gone"))
    assert compiled.compiled()
