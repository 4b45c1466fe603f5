"""Settings that had another name in earlier versions: the old name is still read, and a hint says the new one.

    a stage:      penalties -> regularizers
    its cameras:  told -> pose_conditioned
    its guidance: scale -> guidance_scale      fits -> lora_steps      unseen -> pose_dropout
"""

from dataclasses import fields

from ..errors import ConfigError
from . import registry
from .merging import merge
from .recipe import Stage
from .settings import Setting, Tree, at, expand, put, text

NAMES = {"": {"penalties": "regularizers"},                                 # by section of a stage; "" is the stage itself
         "cameras": {"told": "pose_conditioned"},
         "guidance": {"scale": "guidance_scale", "fits": "lora_steps", "unseen": "pose_dropout"}}


def renamed(tree: Tree, found: dict[str, str]) -> Tree:
    """``tree`` with the present names; adds to ``found`` the old names that it had, with the new ones.

    A setting keeps its name where its kind has one of that name, as a loss of your own may.
    """
    if isinstance(stages := tree.get("stages"), Setting):
        put(tree, "stages", stages := expand(stages, "stages"))
    for place in list(stages) if isinstance(stages, dict) else ():
        for section, names in NAMES.items():
            key = f"stages.{place}.{section}".rstrip(".")
            if isinstance(given := at(tree, key), Setting):             # a map that was typed as one word
                put(tree, key, given := expand(given, key))
            if not isinstance(given, dict):
                continue
            kind, scene = (text(at(tree, f"stages.{place}.{part}.kind") or {}) for part in (section, "scene"))
            known = settings(section, kind, scene)
            for old in names.keys() & given.keys() - known:
                if names[old] in known and isinstance(written := at(tree, key), dict):
                    found[f"{section}.{old}".lstrip(".")] = names[old]
                    layer: Tree = {}
                    put(layer, f"{key}.{names[old]}", written.pop(old))
                    tree = merge(tree, layer)
    return tree


def settings(section: str, kind: str | None, scene: str | None) -> set[str]:
    """The names of a stage's settings, of a kind's in a section; none where there is no such kind, which is answered later."""
    if not section:
        return {each.name for each in fields(Stage)}
    try:
        if section == "cameras" and kind is None:
            kind = registry.default(section, scene)
        if kind is None or not (registry.is_file(kind) or kind in registry.names(section)):
            return set()
        return {each.name for each in fields(registry.read(section, kind).config)}
    except ConfigError:
        return set()


def hint(found: dict[str, str]) -> str:
    """One line for the old names that were read; "" for none."""
    return "; ".join(f"{old} is called {new} now" for old, new in sorted(found.items()))
