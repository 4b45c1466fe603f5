"""A tiny prior for every test, and a copy of it to break."""

import shutil

import pytest

from tests.tiny import make_prior


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return make_prior(tmp_path_factory.mktemp("prior"))


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made, tmp_path / "prior")
