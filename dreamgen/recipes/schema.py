"""Settings to a Recipe through OmegaConf, and through nothing else: the only file that imports it.

    layers --merge--> tree --OmegaConf.update, a leaf at a time--> schema --OmegaConf.to_object--> Recipe

The schema is recipe.py and the Config of each kind that the tree names. OmegaConf converts what was written by the type
of its field, never by YAML's guess: a prompt may be ``yes`` or ``007``. A leaf at a time, because then every error has
its key, and by that its place in a file.
"""

import math
import re
from copy import deepcopy
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, NoReturn, get_args, get_origin

from omegaconf import DictConfig, ListConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException, ValidationError

from guidance import priors
from guidance.priors import Options
from guidance.ramp import Ramp

from ..errors import ConfigError
from . import registry
from .hints import bare, choices, hints, is_union, literal, read_as, wanted
from .recipe import Recipe, Stage
from .settings import Setting, Tree, as_written, at, expand, first, flat, is_null, items, join, nearest, put, text, walk

CHOSEN = tuple(each.name for each in fields(Stage) if each.type is Any)     # a stage's sections that have a ``kind:``
FITTING = {"cameras": registry.cameras, "export": registry.exports}   # that fit the scene


class Reader:
    """Reads ``tree``; ``path`` is where an error is that was not written anywhere, such as a missing key."""

    def __init__(self, tree: Tree, path: str):
        self.tree, self.path = tree, path
        self.kinds = dict[str, str]()                           # that there are, by the keys of their sections
        self.nodes = dict[str, tuple[DictConfig, Any]]()        # the schema's maps and their types, by key, once asked for
        self.schema = deepcopy(defaults(Recipe))
        if isinstance(stages := self.expanded("stages"), dict):
            self.schema.stages = [self.stage(f"stages.{place}") for place in stages]
        for name, hint in hints(Options).items():
            inner = (get_args(hint) or (None,))[0]
            if is_dataclass(inner) and isinstance(listed := self.expanded(f"prior_options.{name}"), dict):
                OmegaConf.update(self.schema, f"prior_options.{name}", [OmegaConf.structured(inner) for _ in listed])
        self.expanded("export")
        if config := self.config("export"):
            self.schema.export = structured(config)

    def fill(self) -> None:
        """Put the whole tree into the schema; raises ConfigError."""
        for key, given in list(flat(self.tree)):
            self.set(key, given)
        for i in range(len(self.schema.stages)):
            for section in CHOSEN:
                self.kind(f"stages.{i}.{section}")
        self.kind("export")
        for missing in sorted(OmegaConf.missing_keys(self.schema)):
            key = re.sub(r"\[(\d+)]", r".\1", missing)          # theirs are stages[0].optim
            self.fail(key, f"must be set, as {key}=...", near=at(self.tree, key.rpartition(".")[0]))

    def recipe(self) -> Recipe:
        """What ``fill`` has made as a Recipe; raises ConfigError."""
        recipe = self.make(self.schema, "")
        for name in recipe.export.formats:
            self.one_of(registry.formats(registry.kind_of(recipe.export)), name, "export.formats")
        self.prior(recipe.prior)
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
            if config := self.config(f"{key}.{section}"):
                setattr(stage, section, structured(config))        # copied where it is set into the schema
        return stage

    def config(self, key: str) -> type | None:
        """The dataclass of the section at ``key`` as far as its kind is known; a wrong one is answered later."""
        kind = text(at(self.tree, f"{key}.kind") or {}) or self.default(key)
        if kind and registry.is_file(kind):
            return self.file(key, kind).config
        return registry.read(key.rpartition(".")[2], kind).config if kind and self.has(key, kind) else None

    def file(self, key: str, kind: str) -> registry.Kind:
        """A file from anywhere as the kind of the section at ``key``, if it fits the scene."""
        try:
            return registry.fitting(key.rpartition(".")[2], kind, self.scene(key))
        except ConfigError as error:
            self.fail(f"{key}.kind", str(error))

    def has(self, key: str, kind: str) -> bool:
        """``kind in known(key)``, without reading the files of all the others."""
        section, scene = key.rpartition(".")[2], self.scene(key)
        if kind not in registry.names(section):
            return False
        if section not in FITTING:
            return True
        return registry.fits(section, registry.read(section, kind), registry.read("scene", scene)) if scene \
            else kind == registry.fallback(section)

    def known(self, key: str) -> list[str]:
        """The kinds that the section at ``key`` may have."""
        section = key.rpartition(".")[2]
        if section not in FITTING:
            return registry.names(section)
        scene = self.scene(key)
        return FITTING[section](scene) if scene else [registry.fallback(section)]

    def default(self, key: str) -> str | None:
        """The kind of the section at ``key`` where none is named; None where one must be."""
        section = key.rpartition(".")[2]
        return registry.default(section, self.scene(key)) if section in FITTING else None

    def scene(self, key: str) -> str | None:
        """The kind of scene that the section at ``key`` must fit: its own stage's, an export's the last stage's."""
        stages = at(self.tree, "stages")
        last = list(stages)[-1] if isinstance(stages, dict) and stages else ""
        place = last if key == "export" else key.split(".")[1]
        scene = text(at(self.tree, f"stages.{place}.scene.kind") or {})
        return scene if scene and (registry.is_file(scene) or scene in registry.names("scene")) else None

    def kind(self, key: str) -> str:
        """The ``kind:`` of the section at ``key``, one that there is."""
        if key in self.kinds:
            return self.kinds[key]
        given = at(self.tree, f"{key}.kind")
        if given is None and (usual := self.default(key)):
            return usual
        if given is None:
            self.fail(f"{key}.kind", f"must be set; have {', '.join(self.known(key))}", near=at(self.tree, key))
        kind = text(given)
        if kind is None:
            self.fail(f"{key}.kind", f"need text, got {as_written(given)}")
        if registry.is_file(kind):
            self.file(key, kind)
        elif not self.has(key, kind):
            self.one_of(self.known(key), kind, f"{key}.kind")
        self.kinds[key] = kind
        return kind

    def set(self, key: str, given: Setting) -> None:
        """Put into the schema what was written at ``key``."""
        node, hint, inner = self.schema, Recipe, ""
        for name in key.split("."):
            parent, outer, above, inner = node, hint, inner, join(inner, name)
            if inner in self.nodes:
                node, hint = self.nodes[inner]
                continue
            if name == "kind" and hint is Any:                  # it has chosen the section's dataclass already
                return
            if hint is Any:
                self.kind(above)
            if not isinstance(parent, DictConfig) and not (get_args(hint) and is_dataclass(get_args(hint)[0])):
                self.fail(above, f"need {wanted(hint)}, got a map")
            node, hint = self.child(parent, name, above)
            if isinstance(node, DictConfig):
                self.nodes[inner] = node, hint
        if hint is Any:                                         # a section that is no map, and so has no kind
            self.kind(key)
        word, hint = text(given), bare(hint)
        if hint is Ramp and word is not None and not word.lstrip().startswith("{"):     # a ramp that stays put
            still = vars(Ramp(0, 0)) | {"start": literal(word), "end": literal(word)}
            self.update(parent, name, Ramp, still, given, key)
        elif isinstance(node, DictConfig):
            whole = self.expanded(key)
            if isinstance(whole, Setting) and not is_null(whole) and as_written(whole) != "an empty map":
                self.fail(key, f"need {wanted(hint)}, got {as_written(whole)}")
            for leaf, setting in list(flat(whole, key)) if isinstance(whole, dict) else ():
                self.set(leaf, setting)
        elif get_origin(hint) in (list, tuple):
            whole = self.expanded(key) or given
            listed = items(whole)
            self.update(parent, name, hint, listed and [literal(text(item)) for item in listed], whole, key)
        else:
            if hint is str and isinstance(given.value, str):
                word = given.value                              # of the command line: all of it, even if empty
            value = read_as(hint, word)
            self.update(parent, name, hint, literal(value) if isinstance(value, str) else value, given, key)
        named = at(self.tree, above)
        if outer is Ramp and isinstance(named, dict) and {"start", "end"} <= named.keys():
            for when in vars(fresh := Ramp(0, 0)).keys() - {"start", "end"} - named.keys():
                parent[when] = getattr(fresh, when)             # both ends: a new ramp, not a part of the method's own

    def child(self, node: DictConfig | ListConfig, name: str, key: str) -> tuple[Any, Any]:
        """What is called ``name`` in the schema's part ``node``, at ``key``, and its type."""
        if isinstance(node, ListConfig):
            if name not in (places := [str(i) for i in range(len(node))]):
                self.fail(join(key, name), f"no such place; have {', '.join(places)}")
            return node[int(name)], OmegaConf.get_type(node[int(name)])
        if OmegaConf.get_type(node) is dict:
            known = registry.read("scene", self.kind(key.replace("regularizers", "scene"))).regularizers
            if known is not None:
                self.one_of(known, name, join(key, name))
            if name not in node:
                node[name] = Ramp
            return node[name], Ramp
        types = hints(OmegaConf.get_type(node))
        if name not in types:
            self.no_such_key(key, name, list(types))
        return OmegaConf.select(node, name), types[name]

    def update(self, node: DictConfig, name: str, hint: Any, value: Any, given: Tree | Setting, key: str) -> None:
        """Have OmegaConf convert ``value``, which is what ``given`` says, to the type of the field."""
        try:
            OmegaConf.update(node, name, value)
            inner = OmegaConf.select(node, name)
            inner = OmegaConf.to_container(inner, resolve=True) if OmegaConf.is_config(inner) else inner
            leaves = dict(walk({name: inner})).values()
            if not all(math.isfinite(leaf) for leaf in leaves if isinstance(leaf, float)):
                raise ValidationError("not finite")
            "".join(leaf for leaf in leaves if isinstance(leaf, str)).encode()
        except UnicodeEncodeError:
            self.fail(key, "need text, got bytes that are not UTF-8")
        except OmegaConfBaseException:
            if choices(hint) and (word := text(given)) is not None:
                self.one_of(choices(hint), word, key)
            listed = items(given) or []
            wrong = len(listed) == len(get_args(hint)) or get_origin(hint) is list      # not their number: one of them
            got = f"[{', '.join(text(item) or as_written(item) for item in listed)}]" if listed and wrong else as_written(given)
            self.fail(key, f"need {wanted(hint)}, got {got}")

    def make(self, node: DictConfig | ListConfig, key: str) -> Any:
        """The dataclass of ``node``."""
        try:
            return OmegaConf.to_object(node)
        except ValueError as error:                             # a class's own check: "field: need ..., got ..."
            for name, inner in node.items() if isinstance(node, DictConfig) else enumerate(node):
                if OmegaConf.is_config(inner):                  # that of one inside, if it is not that of its own
                    self.make(inner, join(key, str(name)))
            name, _, why = str(error).partition(": ")
            self.fail(join(key, name), why, near=at(self.tree, key) if key else self.tree)

    def prior(self, name: str) -> None:
        """A name is known, a folder looks like a prior; whether its files are whole is seen when it loads."""
        try:
            for _, each in priors.factors(name):
                priors.find(each)
        except priors.PriorError as error:
            self.fail("prior", str(error).removeprefix("prior "))

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
        ends = next((inner for inner, _ in flat(at(self.tree, written) or {}, written)), written).rpartition(".")[2]
        keys = [key for key, _ in walk(OmegaConf.to_container(self.schema))]
        home = next((each for each in keys if each.rpartition(".")[2] == ends and not ends.isdecimal()), None)
        near = nearest(name, known)
        if home and not (near and key):
            near = f"; did you mean {home!r}?"
        self.fail(written, f"no such key{near or '; have ' + ', '.join(known)}")

    def fail(self, key: str, why: str, near: Tree | Setting | None = None) -> NoReturn:
        """Raise, at the place of ``key``; if it was not written, at the last setting near it that was."""
        setting = first(at(self.tree, key)) or (list(flat(near))[-1][1] if near else None)
        line = f"{setting.where if setting else self.path}: {key}: {why}"
        raise ConfigError(" ".join(line.splitlines()))


@cache
def defaults(config: type) -> DictConfig:
    """OmegaConf's form of a dataclass, to be copied: that takes less than half of the time to make one."""
    return OmegaConf.structured(config)


def structured(config: type) -> DictConfig:
    """``defaults`` of a kind's Config; raises ConfigError for a field of a type that a recipe cannot say."""
    try:
        for name, hint in hints(config).items():
            if is_union(bare(hint)):
                raise ConfigError(f"{config.__module__}: Config.{name}: a setting has one type, or one and None, got {hint}")
        return defaults(config)
    except OmegaConfBaseException as error:
        raise ConfigError(f"{config.__module__}: Config.{error.full_key}: {str(error).splitlines()[0]}; a setting is a number, "
                          "text, true or false, a Literal, an Enum, a Ramp, a dataclass, or a list, tuple or dict of "
                          "those") from None
