"""What every test runs under: CPU unless marked, minutes only when asked for, and two threads that do not spin."""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")     # before torch: idle threads must not take the other core's time

import pytest
import torch

from renderers.threads import set_threads

set_threads(2)


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="run the tests that take minutes, too")


def pytest_collection_modifyitems(config, items):
    for item in items:
        if "gpu" in item.keywords and not torch.cuda.is_available():
            item.add_marker(pytest.mark.skip(reason="needs a CUDA device"))
        if "slow" in item.keywords and not config.getoption("--slow"):
            item.add_marker(pytest.mark.skip(reason="takes minutes; run with --slow"))
