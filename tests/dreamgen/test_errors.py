"""One base class for what a user can do wrong, whichever package finds it out."""

import pytest

import dreamgen
from dreamgen import errors
from guidance import errors as guidance
from renderers import errors as renderers

OURS = (errors.ConfigError, errors.FileError, errors.CheckpointError, errors.RunError, errors.EmptyMesh)


@pytest.mark.parametrize("kind", [*OURS, errors.PriorError, errors.MethodError, errors.BackendError])
def test_a_users_mistake_is_a_dreamgen_error(kind):
    assert issubclass(kind, dreamgen.DreamgenError) and errors.is_users(kind("one sentence"))


@pytest.mark.parametrize("below", [guidance.PriorError, guidance.BrokenFile, guidance.MethodError,
                                   renderers.BackendError])
def test_what_the_packages_below_raise_leaves_as_ours_and_as_theirs(below, tmp_path):
    with pytest.raises(dreamgen.DreamgenError, match="^no such thing$") as caught, errors.traceback_kept(tmp_path):
        raise below("no such thing")
    assert isinstance(caught.value, errors.BELOW.get(below, errors.PriorError))
    assert isinstance(caught.value, guidance.PriorError if below is guidance.BrokenFile else below)
    assert not (tmp_path / errors.KEPT).exists()


def test_what_is_ours_leaves_as_it_is_and_its_traceback_stays(tmp_path):
    with pytest.raises(KeyError) as caught, errors.traceback_kept(tmp_path):
        raise KeyError("x")
    assert not errors.is_users(caught.value) and "KeyError" in (tmp_path / errors.KEPT).read_text(encoding="utf-8")
