"""From settings to dataclasses: a field's type says how its text is read, and every error knows its key and its place.

    int, float, bool, str, Literal, list[X], tuple[X, Y], dict[str, X], a dataclass, a Ramp or one number in its place

A text is read by the type of its field, never by YAML's guess: a prompt may be ``yes``, ``007``, ``${x}`` or ``???``
and stays what it is, and a text on the command line is not YAML at all.
"""

import dataclasses
import math
from typing import Any, Literal, NoReturn, get_args, get_origin, get_type_hints

from guidance import priors
from guidance.ramp import Ramp

from . import kinds
from .recipe import Export, Recipe, Stage
from .settings import (ConfigError, Setting, Tree, at, expand, first, flat, is_null, items, join, nearest, put, said,
                       text)

CHOSEN = ("scene", "guidance")          # sections of a stage whose dataclass depends on their ``kind:``
BOOLS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
WANTED = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}


class Reader:
    """Reads ``tree``; ``path`` is where an error is that was not written anywhere, such as a missing key."""

    def __init__(self, tree: Tree, path: str):
        self.tree, self.path = tree, path

    def recipe(self) -> Recipe:
        """The whole tree as a Recipe; raises ConfigError."""
        return self.section(Recipe, self.tree, "")

    def section(self, cls: type, tree: Tree, key: str, default: Any = None) -> Any:
        """A ``cls``; what the tree does not set is as in ``default``, an instance, or as the class has it."""
        hints = get_type_hints(cls)
        for name in tree:
            if name not in hints:
                self.no_such_key(key, name, list(hints))
        values = {}
        for field in dataclasses.fields(cls):
            inner = join(key, field.name)
            before = getattr(default, field.name) if default is not None else _default(field)
            if cls is Stage and field.name in CHOSEN:
                values[field.name] = self.chosen(field.name, tree.get(field.name, {}), inner)
            elif field.name in tree:
                values[field.name] = self.value(hints[field.name], tree[field.name], inner, before)
            elif before is dataclasses.MISSING:
                self.fail(inner, f"must be set, as {inner}=...")
            else:
                values[field.name] = before
        try:
            made = cls(**values)
        except ValueError as error:                             # the class's own check: "field: need ..., got ..."
            name, _, why = str(error).partition(": ")
            self.fail(join(key, name), why, near=tree)
        self.check(made, key)
        return made

    def chosen(self, section: str, given: Tree | Setting, key: str) -> Any:
        """The Config of the kind that ``kind:`` names."""
        tree, known = self.branch(given, key, "a map with a `kind`"), kinds.names(section)
        if "kind" not in tree:
            self.fail(join(key, "kind"), f"must be set; have {', '.join(known)}", near=tree)
        kind = self.value(str, tree["kind"], join(key, "kind"))
        self.one_of(known, kind, join(key, "kind"))
        return self.section(kinds.read(section, kind).config, {k: v for k, v in tree.items() if k != "kind"}, key)

    def check(self, made: Any, key: str) -> None:
        """What only the folders know: names of penalties, formats and priors."""
        if isinstance(made, Stage) and (known := kinds.read("scene", kinds.kind_of(made.scene)).penalties) is not None:
            for name in made.penalties:
                self.one_of(known, name, f"{key}.penalties.{name}")
        if isinstance(made, Export):
            for name in made.formats:
                self.one_of(kinds.names("format"), name, join(key, "formats"))
        if isinstance(made, Recipe):
            self.prior(made.prior)

    def prior(self, name: str) -> None:
        """A name is known, a folder looks like a prior; whether its files are whole is seen when it loads."""
        try:
            if name not in priors.FAMILIES:
                priors.locate(name)
        except priors.PriorError as error:
            self.fail("prior", str(error).partition(": ")[2])

    def value(self, hint: Any, given: Tree | Setting, key: str, default: Any = None) -> Any:
        """``given`` as its field wants it; ``default`` is what a section starts from."""
        origin, args = get_origin(hint), get_args(hint)
        if dataclasses.is_dataclass(hint):
            return self.ramp(given, key, default) if hint is Ramp else \
                self.section(hint, self.branch(given, key, "a map"), key, _instance(default))
        if origin is dict:
            entries = self.branch(given, key, "a map")
            return {name: self.value(args[1], inner, join(key, name)) for name, inner in entries.items()}
        if origin in (list, tuple):
            return self.several(origin, args, given, key)
        if hint is str:
            return self.words(given, key)
        word = text(given)
        if word is None:
            want = f"one of {', '.join(args)}" if origin is Literal else WANTED[hint]
            self.fail(key, f"need {want}, got {said(given)}")
        if origin is Literal:
            self.one_of(args, word, key)
            return word
        if hint is bool:
            if word.lower() not in BOOLS:
                self.fail(key, f"need {WANTED[bool]}, got {said(given)}")
            return BOOLS[word.lower()]
        return self.number(hint, given, key)

    def words(self, given: Tree | Setting, key: str) -> str:
        if isinstance(given, Setting) and isinstance(given.value, str):
            word = given.value                                  # of the command line: all of it, even if empty
        elif (word := text(given)) is None:
            self.fail(key, f"need text, got {said(given)}")
        try:
            word.encode()
        except UnicodeEncodeError:
            self.fail(key, "need text, got bytes that are not UTF-8")
        return word

    def number(self, hint: type, given: Tree | Setting, key: str) -> int | float:
        word = text(given)
        try:
            number = int(word) if hint is int and word.lstrip("+-").isdecimal() else float(word)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or hint(number) != number:
            self.fail(key, f"need {WANTED[hint]}, got {said(given)}")
        return hint(number)

    def ramp(self, given: Tree | Setting, key: str, default: Any) -> Ramp:
        """A map of start, end, begin, finish, or a bare number: a ramp that stays put."""
        word = text(given)
        if word is not None and not word.lstrip().startswith("{"):
            number = self.number(float, given, key)
            return Ramp(number, number)
        tree = self.branch(given, key, "a number, or a map of start and end")
        return self.section(Ramp, tree, key, _instance(default))

    def several(self, origin: type, args: tuple, given: Tree | Setting, key: str) -> list | tuple:
        given = self.expanded(given, key)
        if isinstance(given, dict):                             # a list of maps, by place
            places = [str(i) for i in range(len(given))]
            for place in given:
                if place not in places:
                    self.fail(join(key, place), f"no such place; have {', '.join(places)}")
            return origin(self.value(args[0], given[i], join(key, i)) for i in places)
        listed = items(given)
        if listed is None or (origin is tuple and len(listed) != len(args)):
            want = f"a list of {len(args)} numbers, as [1, 2]" if origin is tuple else "a list, as [a, b]"
            self.fail(key, f"need {want}, got {said(given)}")
        hints = args if origin is tuple else args * len(listed)
        return origin(self.value(hint, item, key) for hint, item in zip(hints, listed))

    def branch(self, given: Tree | Setting, key: str, want: str) -> Tree:
        """``given`` as a map; nothing (``penalties:``) is an empty one."""
        given = self.expanded(given, key)
        if isinstance(given, dict):
            return given
        if not is_null(given) and said(given) != "an empty map":
            self.fail(key, f"need {want}, got {said(given)}")
        return {}

    def expanded(self, given: Tree | Setting, key: str) -> Tree | Setting:
        """A map or a list that was typed as one word; put in its place, so that errors inside it find it."""
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
        home = next((each for each in self.keys(Recipe, self.tree, "") if each.rpartition(".")[2] == ends), None)
        near = nearest(name, known)
        if home and not (near and key):
            near = f"; did you mean {home!r}?"
        self.fail(written, f"no such key{near or '; have ' + ', '.join(known)}")

    def keys(self, cls: type, tree: Tree | Setting | None, key: str):
        """All dotted keys that this recipe may have."""
        for name, hint in get_type_hints(cls).items():
            inner, below = join(key, name), at(tree, name)
            if dataclasses.is_dataclass(hint):
                yield from self.keys(hint, below, inner)
            elif get_args(hint) == (Stage,):
                for i in below if isinstance(below, dict) else ():
                    yield from self.keys(Stage, below[i], join(inner, i))
            elif cls is Stage and name in CHOSEN:
                kind = text(at(below, "kind") or {})
                if kind in kinds.names(name):
                    yield from self.keys(kinds.read(name, kind).config, below, inner)
            yield inner

    def fail(self, key: str, why: str, near: Tree | None = None) -> NoReturn:
        """Raise, at the place of ``key``; if it was not written, at the last setting near it that was."""
        setting = first(at(self.tree, key)) or (list(flat(near))[-1][1] if near else None)
        line = f"{setting.where if setting else self.path}: {key}: {why}"
        raise ConfigError(" ".join(line.splitlines()))


def _default(field: dataclasses.Field) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _instance(default: Any) -> Any:
    return default if dataclasses.is_dataclass(default) else None
