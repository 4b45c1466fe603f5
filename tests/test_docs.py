"""The pages say what is there: links and anchors lead somewhere, named files exist, and commands are ones that parse."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from dreamgen.__main__ import parse

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").glob("*.md")), *(ROOT / "examples").glob("*.md"),
         *sorted((ROOT / "benchmarks").rglob("*.md"))]
TOPS = "dreamgen", "renderers", "guidance", "docs", "configs", "benchmarks", "examples", "tests"
TEXT = {page: page.read_text(encoding="utf-8") for page in PAGES}


def names(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """As GitHub makes them: lower case, punctuation dropped, spaces to hyphens."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def commands(text: str) -> list[str]:
    """Lines of code blocks and pieces in backticks that begin with ``dreamgen`` and a command."""
    text = text.replace("\\\n", " ")
    blocks = [line.strip() for block in re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    blocks += [line.strip() for line in text.splitlines() if line.startswith("    dreamgen ")]
    pieces = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return [each for each in (*blocks, *pieces) if re.match(r"dreamgen (3d|[a-z][a-z-]+)( |$)", each)]


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_links_lead_somewhere(page):
    links = [link.partition("#") for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", TEXT[page])]
    lost = [path for path, _, _ in links if not (page.parent / path).exists()]
    lost += [f"{path}#{part}" for path, _, part in links
             if part and part not in anchors(page.parent / path if path else page)]
    assert lost == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "CHANGELOG.md"], ids=names)
def test_files_that_are_named_exist(page):
    named = re.findall(rf"`((?:{'|'.join(TOPS)})/[\w./-]+)`", TEXT[page])
    new = set(re.findall(r"```python\n# (\S+)\n", TEXT[page]))            # what an example tells the reader to create
    theirs = {path for path in named if path.startswith("configs/") and page.stem == "coming-from-threestudio"}
    assert [path for path in named if path not in new | theirs and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_commands_parse(page, capsys):
    for command in commands(TEXT[page]):
        words = shlex.split(command.partition(" | ")[0].partition(" > ")[0], comments=True)
        try:
            parse(words[1:])
        except SystemExit as stop:
            said = capsys.readouterr().err
            assert not stop.code or "arguments are required" in said, f"{command}: {said}"   # a command may be named alone


def test_the_pages_hold_commands_and_wrong_ones_are_found(capsys):
    assert sum(len(commands(text)) for text in TEXT.values()) > 80
    assert commands("```\ndreamgen 3d x --sed 3\n```") == ["dreamgen 3d x --sed 3"]
    with pytest.raises(SystemExit):
        parse(["3d", "x", "--sed", "3"])


def test_the_settings_of_a_mesh_are_all_there_with_their_defaults():
    from renderers.scenes.mesh import Config

    section = TEXT[ROOT / "docs/mesh.md"].partition("\n## Settings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", section, re.MULTILINE)
    told = {key: yaml.safe_load(value) for key, value in rows}
    assert told == {key: list(value) if isinstance(value, tuple) else value for key, value in vars(Config()).items()}


def test_the_readme_has_the_line_that_ci_runs():
    (line,) = re.findall(r"^python3 .*pytest.*$", TEXT[ROOT / "README.md"], re.MULTILINE)
    assert line == "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/python -m pytest -q -n auto"
