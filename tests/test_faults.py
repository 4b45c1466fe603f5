"""The table of faults names tests that exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.findall(r"(tests/[\w/]+\.py)::(\w+)", (ROOT / "tests" / "faults.md").read_text(encoding="utf-8"))


def test_every_test_that_holds_a_fault_mended_exists():
    have = {file: {node.name for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body
                   if isinstance(node, ast.FunctionDef)} for file, _ in NAMED}
    assert len(NAMED) > 80
    assert not [f"{file}::{name}" for file, name in NAMED if name not in have[file]]
