"""What several files of tests share: the small pictures, and a prior that was trained on them once."""

import pytest
from shapes import CPU, STEPS, TINY, make

from dreamgen.training import publish, texts
from dreamgen.training.train import train


@pytest.fixture(scope="session", autouse=True)
def small_trainings():
    """What each of some twenty trainings does alike, once or shorter: the states of the same captions are the same, and a
    sheet of samples takes two steps of the sampler."""
    known, halved = {}, texts.halved

    def once(captions, device):
        key = (*captions, str(device))
        if key not in known:
            known[key] = halved(captions, device)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "halved", once)
        patch.setattr(publish, "STEPS", 2)
        yield


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
