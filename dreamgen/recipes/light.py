"""Of a kind's file only what its Config is made of, so that a recipe is checked without importing torch.

    needed = {Config, ...}  and, again and again, every name in the statements that bind what is needed

Of the file, these statements are executed and no others. A name may come from the standard library, from ``LIGHT``, from
``_config`` beside the file, and from another file of the folder, of which again only what is needed is executed. Anything
else that a Config could name, such as torch, is refused with its line.
"""

import ast
import symtable
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ..errors import ConfigError

LIGHT = ("guidance.ramp", "guidance.ranges", "renderers.framing", "renderers.vector.styles")
COMPOUND = (ast.If, ast.Try, ast.For, ast.While, ast.With, ast.Match)


def part(path: Path, package: str, wanted: set[str], above: tuple[Path, ...] = (), *, name: str = "",
         folder: Path | None = None) -> dict[str, Any]:
    """The names ``wanted`` of the file, a module of ``package``, those that it has; raises ConfigError.

    Args:
        above: the files that need this one.
        name, folder: of the module, and of the package, where the file does not lie in it.
    """
    if path in above:
        raise ConfigError(f"{path}: its Config needs {above[-1].name}, whose own needs this file")
    try:
        body = ast.parse(path.read_text(encoding="utf-8"), str(path)).body
    except (SyntaxError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}:{getattr(error, 'lineno', 1)}: not Python: {error}") from None
    needed, chosen = closure(path, [unquoted(node) for node in body], wanted)
    namespace: dict[str, Any] = {"__name__": name or f"{package}.{path.stem}", "__package__": package}
    run: list[ast.stmt] = []
    for node in chosen:
        if isinstance(node, ast.Import | ast.ImportFrom):
            light = imported(node, path, folder or path.parent, package, needed, namespace, chosen, above)
            run += [light] if light else []
        else:
            run.append(node)
    try:
        exec(compile(ast.Module(run, []), str(path), "exec"), namespace)
    except Exception as error:
        raise ConfigError(f"{path}: its Config cannot be read: {type(error).__name__}: {error}") from None
    return {name: namespace[name] for name in wanted if name in namespace}


def closure(path: Path, body: list[ast.stmt], wanted: set[str]) -> tuple[set[str], list[ast.stmt]]:
    """All names that are needed for those ``wanted``, and the statements that bind them, in their order."""
    hidden = {name: node for node in body if isinstance(node, COMPOUND) for inner in ast.walk(node) for name in bound(inner)}
    needed, todo = set[str](), set(wanted)
    while todo:
        name = todo.pop()
        needed.add(name)
        here = [node for node in body if name in bound(node)]
        if not here and name in hidden:
            raise ConfigError(f"{path}:{hidden[name].lineno}: the Config needs {name!r}, which is bound inside another "
                              "statement; bind it at the top level of the file")
        for node in here:
            todo |= asked_for(node) - needed
    for node in body:
        if changes := changed(node) & needed:
            raise ConfigError(f"{path}:{node.lineno}: changes {changes.pop()!r}, which the Config needs, after it was bound; "
                              "say it all where it is bound")
    return needed, [node for node in body if set(bound(node)) & needed]


def asked_for(node: ast.stmt) -> set[str]:
    """The names of the file that a statement reads, as Python's own compiler tells them from its local ones."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return set()
    top = symtable.symtable(ast.unparse(node), "", "exec")
    found, tables = {each.get_name() for each in top.get_symbols() if each.is_referenced()}, top.get_children()
    while tables:
        table = tables.pop()
        found |= {each.get_name() for each in table.get_symbols() if each.is_global()}
        tables += table.get_children()
    return found


def bound(node: ast.AST) -> Iterator[str]:
    """The names that a statement itself gives a value to."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (each.id for target in targets for each in ast.walk(target)
                    if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store))


def changed(node: ast.stmt) -> set[str]:
    """The names whose value a statement of the top level changes: ``NAMES.append(1)``, ``Config.scale = 2``."""
    targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [getattr(node, "target", None)]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        targets = [node.value.func]
    roots = set()
    for target in targets:
        inside = target
        while isinstance(inside, ast.Attribute | ast.Subscript):
            inside = inside.value
        if inside is not target and isinstance(inside, ast.Name):
            roots.add(inside.id)
    return roots


def imported(node: ast.Import | ast.ImportFrom, path: Path, folder: Path, package: str, needed: set[str],
             namespace: dict[str, Any], chosen: list[ast.stmt], above: tuple[Path, ...]) -> ast.stmt | None:
    """The part of an import that may be executed; what stands in other files of ``folder`` goes into ``namespace``."""
    base = ""
    if isinstance(node, ast.ImportFrom):
        up = package.split(".")[:len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*up, *([node.module] if node.module else [])])
    aliases = []
    for alias in node.names:
        name = alias.asname or alias.name.partition(".")[0]
        if name not in needed or base == "__future__":
            continue
        module = base or alias.name
        beside, sibling = folder / f"{alias.name}.py", folder / f"{module.rpartition('.')[2]}.py"
        if module.partition(".")[0] in sys.stdlib_module_names or module in (*LIGHT, f"{package}._config"):
            aliases.append(alias)
        elif module == package and beside.is_file():
            asked = {each.attr for one in chosen for each in ast.walk(one) if isinstance(each, ast.Attribute)
                     and isinstance(each.value, ast.Name) and each.value.id == name}
            namespace[name] = SimpleNamespace(**part(beside, package, asked, (*above, path)))
        elif module == f"{package}.{sibling.stem}" and sibling.is_file() and base:
            found = part(sibling, package, {alias.name}, (*above, path))
            if alias.name not in found:
                raise ConfigError(f"{path}:{node.lineno}: {sibling.name} has no {alias.name!r}")
            namespace[name] = found[alias.name]
        else:
            raise ConfigError(f"{path}:{node.lineno}: the Config needs {name!r} of {module}; it may need the standard library, "
                              f"{', '.join(LIGHT)}, _config and the other files of its folder, which are light to import")
    if not aliases:
        return None
    where = {"lineno": node.lineno, "col_offset": 0, "end_lineno": node.lineno, "end_col_offset": 0}
    if isinstance(node, ast.Import):
        return ast.Import(aliases, **where)
    return ast.ImportFrom(node.module, aliases, node.level, **where)


def unquoted(node: ast.stmt) -> ast.stmt:
    """The statement, in which ``x: "Light"`` is ``x: Light``, also in a class; what stands in functions is never read."""
    for each in node.body if isinstance(node, ast.ClassDef) else [node]:
        if isinstance(each, ast.ClassDef) and each is not node:
            unquoted(each)
        if isinstance(each, ast.AnnAssign) and isinstance(each.annotation, ast.Constant) \
                and isinstance(each.annotation.value, str):
            each.annotation = ast.copy_location(ast.parse(each.annotation.value, mode="eval").body, each.annotation)
            ast.fix_missing_locations(each)
    return node
