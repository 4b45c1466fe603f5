"""What several files of tests share: the small pictures, and a prior that was trained on them once."""

import pytest
from shapes import CPU, STEPS, TINY, make

from dreamgen.training.train import train


@pytest.fixture(scope="session")
def shapes(tmp_path_factory):
    return make(tmp_path_factory.mktemp("shapes"))


@pytest.fixture(scope="session")
def trained(shapes, tmp_path_factory):
    """A folder that was trained without a break; tests leave it alone."""
    folder = tmp_path_factory.mktemp("trained") / "shapes"
    last = list(train(shapes, folder, TINY, CPU))[-1]
    assert (last.step, last.progress, last.sheet.is_file()) == (STEPS, 1, True)
    return folder
