r"""Which changes of the code no test notices: seeded mutants, one at a time, in a copy of the tree.

    python benchmarks/mutants.py [--count 50] [--seed 0] [--under guidance,dreamgen/run.py] [--tree COPY] [--map MAP.jsonl]

A mutant is one place of one file that is written otherwise: an operator or a comparison turned round, a number changed,
two arguments swapped, the branches of a choice swapped, a condition or a minus taken away, a line dropped. For each one
the tests that call its function by the map that exercised.py makes, the quickest first and PATIENCE seconds of them, or
where the map knows none the test files that import the file or bear its name, run until the first fails, and a line is
added to mutants.jsonl:

    {"commit", "file", "line", "kind", "was", "now", "end": "killed" | "survived" | "late", "by": the test, "tests",
     "seconds"}

``late``: the tests took longer than LATE seconds of the processor; it counts as neither. A test that fails without a mutant,
too, kills none. A survivor wants a test, which its line then names as ``since``, or says in ``why`` that nobody could see it.
Defaults, messages and annotations are left as they are: the first are the recipes' and their tables', and no result depends on
the others. Torch and diffusers are imported once, and each mutant runs in a fork, at the lowest priority, on one thread.
"""

import os

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"                              # before torch: what forks must have no threads

import argparse
import ast
import copy
import json
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = ROOT / "benchmarks" / "mutants.jsonl"
UNDER = "guidance,renderers,dreamgen/run.py,dreamgen/state,dreamgen/cameras"
LATE = 120                                              # seconds of the processor for the tests of a mutant
WAIT = 3600.0                                           # seconds of the clock, for tests that wait for ever
PATIENCE = 30.0                                         # seconds of a map's tests for a mutant
TESTS = 5                                               # files of tests for a mutant at most, those of its name first
REST = {"guidance/priors/families": "tests/guidance/test_priors_families.py", "renderers/ops": "tests/test_agree.py",
        "renderers/background": "tests/renderers/test_nerf.py", "guidance/methods": "tests/guidance/test_methods.py"}
SWAPPED = [(ast.Add, ast.Sub), (ast.Mult, ast.Div), (ast.Pow, ast.Mult), (ast.FloorDiv, ast.Div), (ast.Lt, ast.LtE),
           (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.And, ast.Or), (ast.BitAnd, ast.BitOr), (ast.Is, ast.IsNot),
           (ast.In, ast.NotIn)]
TURNED = {**{one: other for one, other in SWAPPED}, **{other: one for one, other in reversed(SWAPPED)}}
NAMES = [("min", "max"), ("sin", "cos"), ("argmin", "argmax"), ("any", "all"), ("zeros", "ones"),
         ("zeros_like", "ones_like"), ("mean", "sum"), ("floor", "ceil"), ("relu", "sigmoid")]
OTHER = {**dict(NAMES), **{other: one for one, other in NAMES}}


@dataclass(frozen=True)
class Mutant:
    """One place that is written otherwise; ``start`` and ``end`` are bytes of the file."""

    file: str
    line: int
    kind: str
    was: str
    now: str
    start: int
    end: int


def places(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those of annotations, defaults of a class, messages, docstrings, imports and decorators."""
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns", "decorator_list", "bases"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.JoinedStr):
                continue
            if isinstance(tree, ast.ClassDef) and isinstance(node, ast.AnnAssign):
                continue
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue
            yield node
            yield from places(node)


def turned(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """(kind, node) of what might stand in ``node``'s place."""
    def other(**fields) -> ast.AST:
        new = copy.copy(node)
        for name, value in fields.items():
            setattr(new, name, value)
        return new

    match node:
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op) if type(op) in TURNED:
            yield "operator", other(op=TURNED[type(op)]())
        case ast.Compare(ops=[op]) if type(op) in TURNED:
            yield "comparison", other(ops=[TURNED[type(op)]()])
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert(), operand=operand):
            yield "sign", operand
        case ast.Constant(value=bool(value)):
            yield "constant", ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield "constant", ast.Constant(value + 1)
        case ast.Constant(value=float(value)):
            yield "constant", ast.Constant(value * 0.1 if value else 1.0)
        case ast.IfExp():
            yield "branches", other(body=node.orelse, orelse=node.body)
        case ast.If():
            yield "condition", other(test=ast.Constant(False))
            yield "condition", other(test=ast.Constant(True))
        case ast.Attribute(attr=name) if name in OTHER:
            yield "name", other(attr=OTHER[name])
        case ast.Name(id=name) if name in OTHER and isinstance(node.ctx, ast.Load):
            yield "name", other(id=OTHER[name])
        case ast.Expr() | ast.AugAssign() | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield "dropped line", ast.Pass()
    if isinstance(node, ast.Call):
        for i in range(len(node.args) - 1):
            if ast.dump(node.args[i]) != ast.dump(node.args[i + 1]):
                yield "arguments", other(args=[*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2:]])
        for i in range(len(node.keywords)):
            yield "keyword", other(keywords=node.keywords[:i] + node.keywords[i + 1:])


def mutants(path: Path, tree: Path) -> Iterator[Mutant]:
    """All of a file, in order."""
    text = path.read_bytes()
    begins = [0]
    for line in text.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    for node in places(ast.parse(text)):
        for kind, new in turned(node):
            at = node
            if isinstance(node, ast.If):                # of the whole, only the condition is written again
                at, new = node.test, new.test
            start, end = begins[at.lineno - 1] + at.col_offset, begins[at.end_lineno - 1] + at.end_col_offset
            now = ast.unparse(ast.fix_missing_locations(new))
            if isinstance(new, ast.expr):
                now = f"({now})"
            yield Mutant(str(path.relative_to(tree)), at.lineno, kind, text[start:end].decode(), now, start, end)


def drawn(tree: Path, under: list[str], count: int, seed: int) -> list[Mutant]:
    """``count`` mutants, each file with a share of the root of its places, so that long tables do not have them all."""
    rng, roots = random.Random(seed), [tree / place for place in under]
    files = sorted({path for root in roots for path in (root.rglob("*.py") if root.is_dir() else [root])})
    have = {path: all_ for path in files if (all_ := list(mutants(path, tree)))}
    weights = [len(all_) ** 0.5 for all_ in have.values()]
    found: dict[tuple, Mutant] = {}
    while len(found) < min(count, sum(map(len, have.values())) // 2):
        one = rng.choice(have[rng.choices(list(have), weights)[0]])
        found[one.file, one.start, one.now] = one
    return list(found.values())


def tests_of(file: str, tree: Path) -> list[str]:
    """Test files that bear the name of ``file`` or of its folder, and then those that import it, the short ones first,
    and what REST adds."""
    path = Path(file)
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    parent, _, last = module.rpartition(".")
    imports = re.compile(rf"(from {re.escape(module)} import|import {re.escape(module)}\b|"
                         rf"from {re.escape(parent)} import .*\b{re.escape(last)}\b)")
    words = {path.parent.name if "/ops/" in file else path.stem.strip("_")} - {"", "base", "config"}
    found = {}
    for test in sorted((tree / "tests").rglob("test_*.py")):
        if (named := bool(words & set(test.stem.split("_")))) or imports.search(test.read_text(encoding="utf-8")):
            found[str(test.relative_to(tree))] = (not named, test.stat().st_size)
    first = sorted(found, key=found.get)[:TESTS]
    return first + [test for place, test in REST.items() if file.startswith(place) and test not in first]


def tests_calling(mutant: Mutant, records: list[dict]) -> list[str]:
    """The tests of a map that enter the innermost function around the mutant, the quickest first, up to PATIENCE."""
    around = {(first, last) for record in records for file, first, last in record["functions"]
              if file == mutant.file and first <= mutant.line <= last}
    if not around:
        return []
    inner, found, spent = [mutant.file, *max(around)], [], 0.0
    for record in sorted((record for record in records if inner in record["functions"]), key=lambda record: record["seconds"]):
        if spent < PATIENCE:
            found, spent = [*found, record["test"]], spent + record["seconds"]
    return found


def there(chosen: list[list[str]], collected: set[str]) -> tuple[list[list[str]], list[str]]:
    """The chosen files, and of the chosen tests those that pytest ``collected``; and those that are gone, errors to it."""
    lost = sorted({test for tests in chosen for test in tests if "::" in test} - collected)
    return [[test for test in tests if test not in lost] for tests in chosen], lost


def judged(mutant: Mutant, tree: Path, tests: list[str], passes: dict[str, bool]) -> dict:
    """Run its tests in ``tree``; the mutant is there meanwhile. ``passes`` learns which of those that killed pass without it."""
    path, began = tree / mutant.file, time.monotonic()
    text = path.read_bytes()
    while True:
        path.write_bytes(text[:mutant.start] + mutant.now.encode() + text[mutant.end:])
        try:
            code, said = forked(tree, tests, [test for test, passed in passes.items() if not passed])
        finally:
            path.write_bytes(text)
        end = {None: "late", 0: "survived", 5: "survived"}.get(code, "killed")
        by = next(iter(re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.M) if end == "killed" else []), None)
        if by and by not in passes:
            passes[by] = forked(tree, [by])[0] == 0
        if passes.get(by, True):
            break
        print(f"{by} fails without a mutant, too, and is left out", flush=True)
    record = {name: value for name, value in asdict(mutant).items() if name not in ("start", "end")}
    return {**record, "end": end, "by": by or (said.strip()[-80:] if end == "killed" else None),
            "tests": sorted({test.partition("::")[0] for test in tests}), "seconds": round(time.monotonic() - began)}


def forked(tree: Path, tests: list[str], without: Sequence[str] = ()) -> tuple[int | None, str]:
    """pytest's exit code, None when it was late, and its last lines; of ``tests`` but those ``without``."""
    with tempfile.TemporaryFile("w+") as out:
        child = os.fork()
        if not child:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (LATE, LATE))
            os.chdir(tree)
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
            sys.path.insert(0, str(tree))
            sys.dont_write_bytecode = True              # a mutant has its original's size and, often, its second
            os.environ |= {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
            import pytest
            left_out = [f"--deselect={test}" for test in without]
            code = pytest.main(["-x", "-q", "--tb=no", "-rfE", "-p", "no:cacheprovider", *left_out, *tests])
            sys.stdout.flush()
            os._exit(int(code))
        until, code = time.monotonic() + WAIT, None
        while time.monotonic() < until:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                ended = os.waitstatus_to_exitcode(status)
                code = None if ended in (-signal.SIGXCPU, -signal.SIGKILL) else ended
                break
            time.sleep(0.1)
        else:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
        out.seek(0)
        return code, out.read()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--under", default=UNDER, help="files and folders, with commas between")
    parser.add_argument("--list", type=Path, default=LIST)
    parser.add_argument("--map", type=Path, help="what exercised.py made of the tree")
    parser.add_argument("--tree", type=Path, help="a copy that is there already, instead of one of HEAD")
    args = parser.parse_args()
    os.nice(15)
    import diffusers  # noqa: E401, F401 once for all forks
    import hypothesis
    import pytest
    import torch._dynamo
    import transformers
    if args.tree:
        trial(args.tree, args)
        return
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "-q", "--detach", tree, "HEAD"], cwd=ROOT, check=True)
        try:
            trial(tree, args)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)


def trial(tree: Path, args: argparse.Namespace) -> None:
    """All mutants, one after the other, each into the list."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=tree, capture_output=True, text=True).stdout.strip()
    todo = drawn(tree, args.under.split(","), args.count, args.seed)
    records = [json.loads(line) for line in args.map.read_text(encoding="utf-8").splitlines()] if args.map else []
    chosen = [tests_calling(mutant, records) or tests_of(mutant.file, tree) for mutant in todo]
    code, said = forked(tree, ["--collect-only", *{test.partition("::")[0] for tests in chosen for test in tests}])
    if code:
        raise SystemExit(f"{commit}: the tests of the tree as it is cannot be collected: {said[-500:]}")
    chosen, lost = there(chosen, {*said.splitlines()})
    chosen = [tests or tests_of(mutant.file, tree) for mutant, tests in zip(todo, chosen, strict=True)]
    if lost:
        print(f"{len(lost)} tests of the map are not there any more and are left out, as {lost[0]}", flush=True)
    passes: dict[str, bool] = {}
    for i, (mutant, tests) in enumerate(zip(todo, chosen, strict=True)):
        record = {"commit": commit, **judged(mutant, tree, tests, passes)}
        with args.list.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
        print(f"{i + 1}/{len(todo)} {record['end']:8} {record['seconds']:4} s  {mutant.file}:{mutant.line} "
              f"{mutant.kind}: {mutant.was[:60]!r} -> {mutant.now[:60]!r}", flush=True)


if __name__ == "__main__":
    main()
