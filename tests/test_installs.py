"""No page and no message has a user install our name from an index, where `dreamgen` and `guidance` are other people's."""

import re
import tomllib
from pathlib import Path

import pytest

from dreamgen.tools import doctor
from dreamgen.training.evaluate import frechet

ROOT = Path(__file__).parents[1]
FOREIGN = re.compile(r"(pipx? install|uv add|uv tool install|uvx)\b[^`\n]*?[\s'\"](dreamgen|guidance|renderers)\b(?![/.])|"
                     r"\b(dreamgen|guidance|renderers)\[(?:cuda|view|ray|priors|eval|test)")


def spoken() -> list[Path]:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").rglob("*.md")]
    return pages + [path for top in doctor.OURS for kind in ("*.py", "*.md", "*.html") for path in (ROOT / top).rglob(kind)]


@pytest.mark.parametrize("line, wrong", [
    ("pip install dreamgen", True), ("pip install 'dreamgen[view]'", True), ("pip install -U guidance", True),
    ('EXTRA = "dreamgen[eval]"', True), ("pip install '.[view]'", False), ("pip install . && .venv/bin/dreamgen 3d", False),
    ("pip install viser", False), ("`pip install .`, then `dreamgen view`", False),
])
def test_the_check_finds_what_it_should(line, wrong):
    assert bool(FOREIGN.search(line.split("&&")[0])) == wrong


def test_nobody_is_sent_to_a_strangers_package():
    found = [f"{path.relative_to(ROOT)}: {line.strip()}" for path in spoken()
             for line in path.read_text(encoding="utf-8").splitlines() if FOREIGN.search(line.split("&&")[0])]
    assert found == []


def test_what_is_named_instead_is_what_the_extras_install():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    wanted = {re.split("[>=]", each)[0] for name, some in extras.items()
              if name not in ("test", "test-s3", "test-cluster", "check", "docs", "eval") for each in some}
    hints = " ".join(hint for *_, hint in doctor.OPTIONAL)
    assert wanted <= set(hints.split()) and frechet.PACKAGES.split() == extras["eval"]
