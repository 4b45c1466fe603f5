"""What was written, and where: YAML files and ``key=value`` words as one tree of settings.

The only file that imports yaml. Nothing is interpreted here but the nesting. ``export: {texture: 512}``,
``export.texture: 512`` and the command line's ``export.texture=512`` are the same setting, and a list of maps is nested
by place: ``stages.0.optim.steps``. A map typed as one word, ``export={texture: 512}``, says its whole place anew.
"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from ..errors import ConfigError

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)          # by libyaml, where PyYAML was built with it: 15 times as fast


class Setting:
    """A value as it was written: a YAML node, or the text behind ``key=`` on the command line.

    No dataclass and no tuple, because OmegaConf would look into those when it merges.
    """

    def __init__(self, where: str, value: Node | str):
        self.where = where              # "configs/mesh.yaml:5" or "command line"
        self.value = value


Tree = dict[str, "Tree | Setting"]      # by the parts of the dotted key, in the order given


def read(path: Path, shown: str) -> Tree:
    """The settings of a YAML file that errors call ``shown``; raises ConfigError."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), LOADER)
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{shown}: not UTF-8 text") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{shown}:{line}: not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{shown}: not YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(node, MappingNode):
        raise ConfigError(f"{shown}: need a map of settings, as `prompt: a red armchair`")
    tree: Tree = {}
    for key, setting in leaves(node, "", lambda node: f"{shown}:{node.start_mark.line + 1}"):
        if (before := first(at(tree, key))) is not None:
            raise ConfigError(f"{setting.where}: {key}: given twice, before in {before.where}")
        put(tree, key, setting)
    return tree


def typed(word: str, where: str) -> tuple[str, Setting]:
    """``key=value``, written at ``where``; raises ConfigError."""
    key, equals, text = word.partition("=")
    key = key.strip()
    if not equals or not key or any(c.isspace() for c in key):
        hint = "; a prompt is given as prompt=..." if " " in key else ""
        raise ConfigError(f"{where}: need key=value, got {word[:60]!r}{hint}")
    return key, Setting(where, text)


def expand(setting: Setting, key: str) -> "Tree | Setting":
    """A text of the command line that stands where a map or a list is wanted, read as YAML; raises ConfigError."""
    if not isinstance(setting.value, str):
        return setting
    try:
        node = yaml.compose(setting.value, LOADER)
    except yaml.YAMLError:
        raise ConfigError(f"{setting.where}: {key}: cannot read {setting.value!r} as YAML") from None
    if node is None:
        return Setting(setting.where, ScalarNode("tag:yaml.org,2002:null", ""))
    tree: Tree = {}
    for inner, leaf in leaves(node, "", lambda _: setting.where):
        if not inner:
            return leaf
        put(tree, inner, leaf)
    return tree


def leaves(node: Node, key: str, place: Callable[[Node], str], above: tuple = ()) -> Iterator[tuple[str, Setting]]:
    """(dotted key, setting) of all in ``node`` that is neither a map with something in it nor a list of maps."""
    if any(node is other for other in above):
        raise ConfigError(f"{place(node)}: {key}: an alias of something that contains it")
    if isinstance(node, MappingNode) and node.value:
        for name, value in node.value:
            yield from leaves(value, join(key, str(name.value)), place, (*above, node))
    elif isinstance(node, SequenceNode) and any(isinstance(item, MappingNode) for item in node.value):
        for i, item in enumerate(node.value):
            yield from leaves(item, join(key, str(i)), place, (*above, node))
    else:
        yield key, Setting(place(node), node)


def flat(tree: "Tree | Setting", key: str = "") -> Iterator[tuple[str, Setting]]:
    """(dotted key, setting) of all in a tree."""
    if isinstance(tree, Setting):
        yield key, tree
        return
    for name, inner in tree.items():
        yield from flat(inner, join(key, name))


def put(tree: Tree, key: str, setting: "Tree | Setting") -> None:
    """Set the dotted ``key``; a single value and a map at the same place replace each other."""
    *path, last = key.split(".")
    for name in path:
        inner = tree.get(name)
        if not isinstance(inner, dict):
            inner = tree[name] = {}
        tree = inner
    tree[last] = setting


def at(tree: "Tree | Setting | None", key: str) -> "Tree | Setting | None":
    for name in key.split("."):
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree


def first(tree: "Tree | Setting | None") -> Setting | None:
    return next((setting for _, setting in flat(tree)), None) if tree else None


def join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def is_null(given: "Tree | Setting") -> bool:
    """Nothing was written behind the key, or YAML's null."""
    if isinstance(given, dict):
        return False
    if isinstance(given.value, str):
        return not given.value.strip()
    return isinstance(given.value, ScalarNode) and given.value.tag == "tag:yaml.org,2002:null"


def text(given: "Tree | Setting") -> str | None:
    """The text of a single value, None for a map, a list or nothing."""
    if isinstance(given, dict) or is_null(given):
        return None
    if isinstance(given.value, str):
        return given.value
    return given.value.value if isinstance(given.value, ScalarNode) else None


def items(given: "Tree | Setting") -> list[Setting] | None:
    """The items of a list of single values, None for what is no list."""
    if isinstance(given, dict) or not isinstance(given.value, SequenceNode):
        return None
    return [Setting(given.where, node) for node in given.value.value]


def as_written(given: "Tree | Setting") -> str:
    """What was written, short enough for a line."""
    if isinstance(given, dict):
        return "a map"
    if is_null(given):
        return "nothing"
    if (word := text(given)) is not None:
        return repr(word if len(word) <= 60 else word[:57] + "...")
    return f"a list of {len(given.value.value)}" if isinstance(given.value, SequenceNode) else "an empty map"


def nearest(word: str, words) -> str:
    """``; did you mean 'steps'?`` or nothing."""
    near = get_close_matches(word, list(words), 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def emit(plain: dict) -> str:
    """Plain maps, lists and values as YAML, in their order."""
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)


class _Dumper(yaml.SafeDumper):
    """Quotes with escapes what cannot be seen: PyYAML's other styles lose some line breaks (U+0085)."""


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar(
    "tag:yaml.org,2002:str", text, None if text.isprintable() else '"'))


def walk(plain: dict | list | tuple, key: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted key, value) of all in nested maps and lists, the inner ones first."""
    for name, inner in plain.items() if isinstance(plain, dict) else enumerate(plain):
        if isinstance(inner, dict | list | tuple):
            yield from walk(inner, join(key, str(name)))
        yield join(key, str(name)), inner
