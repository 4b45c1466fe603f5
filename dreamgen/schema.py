"""Settings to a Recipe through OmegaConf, and through nothing else: the only file that imports it.

    layers  --OmegaConf.merge-->  tree  --OmegaConf.update, a leaf at a time-->  schema  --OmegaConf.to_object-->  Recipe

The schema is recipe.py and the Config of each kind that the tree names. OmegaConf converts what was written by the type
of its field, never by YAML's guess: a prompt may be ``yes`` or ``007``. A leaf at a time, because then every error has
its key, and by that its place in a file.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from typing import Any, Literal, NoReturn, get_args, get_origin, get_type_hints

from omegaconf import DictConfig, ListConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException, ValidationError

from guidance import priors
from guidance.ramp import Ramp

from . import kinds
from .recipe import Export, Recipe, Stage
from .settings import (ConfigError, Setting, Tree, at, expand, first, flat, is_null, items, join, nearest, put, said,
                       text)

CHOSEN = ("scene", "guidance")          # sections of a stage whose dataclass depends on their ``kind:``
WANTED = {int: "a whole number", float: "a number", Ramp: "a number", bool: "true or false", str: "text",
          tuple: "a list of {} numbers, as [1, 2]", list: "a list, as [a, b]"}


def merge(layers: Iterable[Tree]) -> Tree:
    """One tree: a later layer's setting counts, and a single value and a map at the same place replace each other."""
    opaque = {"allow_objects": True}                            # a Setting is not looked into
    return OmegaConf.to_container(OmegaConf.merge(*(OmegaConf.create(layer, flags=opaque) for layer in layers)))


class Reader:
    """Reads ``tree``; ``path`` is where an error is that was not written anywhere, such as a missing key."""

    def __init__(self, tree: Tree, path: str):
        self.tree, self.path = tree, path
        self.schema = OmegaConf.structured(Recipe)
        if isinstance(stages := self.expanded("stages"), dict):
            OmegaConf.update(self.schema, "stages", [self.stage(f"stages.{place}") for place in stages])

    def recipe(self) -> Recipe:
        """The whole tree as a Recipe; raises ConfigError."""
        self.fill(self.schema, self.tree, "")
        for missing in sorted(OmegaConf.missing_keys(self.schema)):
            key = re.sub(r"\[(\d+)]", r".\1", missing)          # theirs are stages[0].optim
            self.fail(key, f"must be set, as {key}=...", near=at(self.tree, key.rpartition(".")[0]))
        recipe = self.make(self.schema, "")
        for section in (recipe, recipe.prompts):
            for name, word in vars(section).items():
                if isinstance(word, str):
                    setattr(section, name, str(word))           # OmegaConf leaves ``???`` a class of its own
        return recipe

    def stage(self, key: str) -> Stage:
        """A stage with the defaults of its kinds, where they are known."""
        self.expanded(key)
        stage = Stage()
        for section in CHOSEN:
            self.expanded(f"{key}.{section}")
            kind = text(at(self.tree, f"{key}.{section}.kind") or {})
            if kind in kinds.names(section):
                setattr(stage, section, OmegaConf.structured(kinds.read(section, kind).config))
        return stage

    def fill(self, node: DictConfig, tree: Tree, key: str) -> None:
        """Set in ``node``, the part of the schema at ``key``, what the tree says."""
        cls, known = OmegaConf.get_type(node), list(node)
        for name in tree:
            if name not in known:
                self.no_such_key(key, name, known)
        hints = get_type_hints(cls) if is_dataclass(cls) else dict.fromkeys(known, Ramp)
        for name in CHOSEN if cls is Stage else ():
            self.known_kind(name, tree.get(name, {}), join(key, name))
        for name, given in tree.items():
            hint, inner = hints[name], join(key, name)
            if name in CHOSEN and cls is Stage:
                section = self.branch(given, inner, "a map with a `kind`")
                self.fill(node[name], {key: setting for key, setting in section.items() if key != "kind"}, inner)
            elif hint is Ramp:
                self.ramp(node, name, given, inner)
            elif is_dataclass(hint):
                self.fill(node[name], self.branch(given, inner, "a map"), inner)
            elif get_origin(hint) is dict:
                self.penalties(node, self.branch(given, inner, "a map"), inner)
            elif get_args(hint) == (Stage,):
                self.stages(node[name], given, inner)
            else:
                self.leaf(node, name, hint, given, inner)

    def stages(self, node: ListConfig, given: Tree | Setting, key: str) -> None:
        if not isinstance(given, dict):
            if not is_null(given) and items(given) != []:
                self.fail(key, f"need a list of maps, as [{{scene: ..., guidance: ...}}], got {said(given)}")
            given = {}
        places = [str(i) for i in range(len(node))]
        for place in given:
            if place not in places:
                self.fail(join(key, place), f"no such place; have {', '.join(places)}")
            self.fill(node[int(place)], self.branch(given[place], join(key, place), "a map"), join(key, place))

    def known_kind(self, section: str, given: Tree | Setting, key: str) -> None:
        tree, known = self.branch(given, key, "a map with a `kind`"), kinds.names(section)
        if "kind" not in tree:
            self.fail(join(key, "kind"), f"must be set; have {', '.join(known)}", near=tree)
        if (kind := text(tree["kind"])) is None:
            self.fail(join(key, "kind"), f"need text, got {said(tree['kind'])}")
        self.one_of(known, kind, join(key, "kind"))

    def penalties(self, stage: DictConfig, tree: Tree, key: str) -> None:
        """Those the scene has, each a Ramp that is yet to be filled."""
        known = kinds.read("scene", text(at(self.tree, key.rpartition(".")[0] + ".scene.kind"))).penalties
        for name in tree:
            if known is not None:
                self.one_of(known, name, join(key, name))
            stage.penalties[name] = Ramp
        self.fill(stage.penalties, tree, key)

    def ramp(self, node: DictConfig, name: str, given: Tree | Setting, key: str) -> None:
        """A map of start, end, begin, finish, or a bare number: a ramp that stays put."""
        word = text(given)
        if word is None or word.lstrip().startswith("{"):
            self.fill(node[name], self.branch(given, key, "a number, or a map of start and end"), key)
        else:
            still = {"start": _literal(word), "end": _literal(word), "begin": 0.0, "finish": 1.0}
            self.update(node, name, Ramp, still, given, key)

    def leaf(self, node: DictConfig, name: str, hint: Any, given: Tree | Setting, key: str) -> None:
        """A single value, or a list of them."""
        if get_origin(hint) in (list, tuple):
            given = self.expanded(key)
            listed = items(given)
            value = None if listed is None else [_literal(text(item)) for item in listed]
        elif hint is str and isinstance(given, Setting) and isinstance(given.value, str):
            value = _literal(given.value)                       # of the command line: all of it, even if empty
        else:
            value = text(given)
            value = _literal(_whole(value) if hint is int and value else value)
        self.update(node, name, hint, value, given, key)

    def update(self, node: DictConfig, name: str, hint: Any, value: Any, given: Tree | Setting, key: str) -> None:
        """Have OmegaConf convert ``value``, which is what ``given`` says, to the type of the field."""
        try:
            OmegaConf.update(node, name, value)
            made = list(_leaves(OmegaConf.to_container(node, resolve=True)[name]))
            if not all(math.isfinite(leaf) for leaf in made if isinstance(leaf, float)):
                raise ValidationError("not finite")
            "".join(leaf for leaf in made if isinstance(leaf, str)).encode()
        except UnicodeEncodeError:
            self.fail(key, "need text, got bytes that are not UTF-8")
        except OmegaConfBaseException:
            kind = get_origin(hint) or hint
            if kind is Literal and isinstance(word := text(given), str):
                self.one_of(get_args(hint), word, key)
            want = f"one of {', '.join(get_args(hint))}" if kind is Literal else WANTED[kind].format(len(get_args(hint)))
            self.fail(key, f"need {want}, got {said(given)}")

    def make(self, node: DictConfig | ListConfig, key: str) -> Any:
        """The dataclass of ``node``, after those in it: so a check that fails is known to be its own."""
        for name, inner in node.items() if isinstance(node, DictConfig) else enumerate(node):
            if OmegaConf.is_config(inner):
                self.make(inner, join(key, str(name)))
        try:
            made = OmegaConf.to_object(node)
        except ValueError as error:                             # the class's own check: "field: need ..., got ..."
            name, _, why = str(error).partition(": ")
            self.fail(join(key, name), why, near=at(self.tree, key) if key else self.tree)
        if isinstance(made, Export):
            for name in made.formats:
                self.one_of(kinds.names("format"), name, join(key, "formats"))
        if isinstance(made, Recipe):
            self.prior(made.prior)
        return made

    def prior(self, name: str) -> None:
        """A name is known, a folder looks like a prior; whether its files are whole is seen when it loads."""
        try:
            if name not in priors.FAMILIES:
                priors.locate(name)
        except priors.PriorError as error:
            self.fail("prior", str(error).partition(": ")[2])

    def branch(self, given: Tree | Setting, key: str, want: str) -> Tree:
        """``given`` as a map; nothing (``penalties:``) is an empty one."""
        given = given if isinstance(given, dict) else self.expanded(key)
        if isinstance(given, dict):
            return given
        if not is_null(given) and said(given) != "an empty map":
            self.fail(key, f"need {want}, got {said(given)}")
        return {}

    def expanded(self, key: str) -> Tree | Setting | None:
        """A map or a list that was typed as one word; put in its place, so that errors inside it find it."""
        given = at(self.tree, key)
        if isinstance(given, Setting):
            given = expand(given, key)
            put(self.tree, key, given)
        return given

    def one_of(self, known, word: str, key: str) -> None:
        if word not in known:
            self.fail(key, f"no {word!r}; have {', '.join(known)}{nearest(word, known)}")

    def no_such_key(self, key: str, name: str, known: list[str]) -> NoReturn:
        """Say where the word is at home (``steps``: ``stages.0.optim.steps``); failing that, the nearest word here."""
        written = join(key, name)
        ends = next((inner for inner, _ in flat(at(self.tree, written), written)), written).rpartition(".")[2]
        home = next((each for each in _keys(OmegaConf.to_container(self.schema)) if each.split(".")[-1] == ends), None)
        near = nearest(name, known)
        if home and not (near and key):
            near = f"; did you mean {home!r}?"
        self.fail(written, f"no such key{near or '; have ' + ', '.join(known)}")

    def fail(self, key: str, why: str, near: Tree | None = None) -> NoReturn:
        """Raise, at the place of ``key``; if it was not written, at the last setting near it that was."""
        setting = first(at(self.tree, key)) or (list(flat(near))[-1][1] if near else None)
        line = f"{setting.where if setting else self.path}: {key}: {why}"
        raise ConfigError(" ".join(line.splitlines()))


def _literal(word: str | None) -> str | None:
    r"""``word``, escaped so that OmegaConf, to which ``${x}`` is a reference and ``???`` a missing value, reads it as
    it is: a backslash before either, and the backslashes that stand there doubled before ``${``."""
    if word is None or re.fullmatch(r"\\*\?\?\?", word) is None:
        return word and re.sub(r"(\\*)\$\{", r"\1\1\\${", word)
    return "\\" + word


def _whole(word: str) -> str:
    """``1e3`` as ``1000``: OmegaConf does not take it for a whole number."""
    try:
        return str(int(float(word))) if "e" in word.lower() and float(word).is_integer() else word
    except ValueError:
        return word


def _leaves(plain: Any) -> Iterator[Any]:
    if isinstance(plain, dict | list | tuple):
        for inner in plain.values() if isinstance(plain, dict) else plain:
            yield from _leaves(inner)
    else:
        yield plain


def _keys(plain: dict | list, key: str = "") -> Iterator[str]:
    """All dotted keys of nested maps and lists, the inner ones first."""
    for name, inner in plain.items() if isinstance(plain, dict) else enumerate(plain):
        if isinstance(inner, dict | list):
            yield from _keys(inner, join(key, str(name)))
        yield join(key, str(name))
