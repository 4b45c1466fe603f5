"""Whether kernels are kept, told from the folder where numba keeps them."""

from renderers import compiled


def test_kernels_are_kept_where_an_index_of_numbas_is(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert not compiled.compiled()
    (tmp_path / "ops_1").mkdir()
    (tmp_path / "ops_1/numba_cpu.kernel-12.py311.nbi").touch()
    assert compiled.compiled()


def test_where_numba_cannot_write_nothing_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "gone"))
    assert compiled.compiled()
