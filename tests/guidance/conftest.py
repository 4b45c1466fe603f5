"""A tiny prior for every test, and a copy of it to break; a tiny pipeline of every other family, and its prior."""

import shutil

import pytest

from guidance import priors
from tests.tiny import make_prior


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made, tmp_path / "prior")


@pytest.fixture(scope="session")
def pipes(tmp_path_factory):
    """family -> (diffusers' pipeline, the folder that it wrote), made when first asked for; prompts are kept apart."""
    from tests.guidance.pipelines import save  # seconds, which the other tests need not wait

    known = {}

    def get(family):
        if family not in known:
            folder = tmp_path_factory.mktemp("pipelines") / family
            known[family] = save(family, folder), folder
        return known[family]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DREAMGEN_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield get


@pytest.fixture(scope="session")
def load(pipes):
    """family -> the prior, loaded once; tests leave it as it is."""
    from tests.guidance.pipelines import OPTIONS

    known = {}

    def get(family):
        if family not in known:
            known[family] = priors.load(pipes(family)[1], precision="float32", options=OPTIONS.get(family))
        return known[family]

    return get
