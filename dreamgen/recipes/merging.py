"""Layers of settings as one: a recipe, its preset, the words of the command line, the later over the earlier."""

from guidance.ramp import Ramp

from .hints import hints
from .settings import Setting, Tree, at, expand, flat, put, text


def merge(below: Tree, above: Tree) -> Tree:
    """One tree, in which ``above`` counts; a single value and a map at the same place replace each other.

    But a map that was typed as one word, and a number that stands for a ramp, are maps for what changes a part of them.
    """
    for key, _ in flat(above):
        unfold(below, key)
    return laid(below, above)


def laid(below: Tree, above: Tree) -> Tree:
    """``above`` over ``below``, in maps of its own."""
    tree: Tree = {}
    for name in {**below, **above}:
        under, over = below.get(name, {}), above.get(name, below.get(name, {}))
        tree[name] = over if isinstance(over, Setting) else laid(under if isinstance(under, dict) else {}, over)
    return tree


def unfold(tree: Tree, key: str) -> None:
    """Make a map of a single value that stands above ``key`` in place of one; raises ConfigError."""
    path = key.split(".")
    for i, name in enumerate(path[1:], 1):
        above = ".".join(path[:i])
        if isinstance(given := at(tree, above), Setting):
            given = expand(given, above)
            ends = {"start": given, "end": given}
            put(tree, above, ends if text(given) and name in hints(Ramp) else given)
