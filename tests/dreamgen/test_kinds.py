"""A kind's Config as read from its source is the one that its module has."""

import dataclasses
import importlib
import shutil
import typing

import pytest

from dreamgen.errors import ConfigError
from dreamgen.recipes import registry
from dreamgen.recipes.load import load

ALL = [(section, kind) for section in ("scene", "guidance", "cameras", "export") for kind in registry.names(section)]


@pytest.mark.parametrize("section, kind", ALL)
def test_the_config_that_is_read_is_the_config_that_is_imported(section, kind):
    read, module = registry.read(section, kind), importlib.import_module(f"{registry.FOLDERS[section]}.{kind}")
    assert typing.get_type_hints(read.config) == typing.get_type_hints(module.Config)
    assert dataclasses.asdict(read.config()) == dataclasses.asdict(module.Config())
    assert read.regularizers == getattr(module, "REGULARIZERS", None)


@pytest.mark.parametrize("section, kind", ALL)
def test_both_configs_know_their_kind(section, kind):
    module = importlib.import_module(f"{registry.FOLDERS[section]}.{kind}")
    assert registry.kind_of(registry.read(section, kind).config()) == registry.kind_of(module.Config()) == kind


def test_a_config_may_use_constants_but_nothing_else_of_its_file_is_run(tmp_path, monkeypatch):
    (tmp_path / "cube.py").write_text("""
from dataclasses import dataclass
from math import pi
import no_such_library
from ..scene import Render
SIDE: float = 2 * pi
REGULARIZERS = ("area",)
UNUSED = no_such_library.value
@dataclass
class Config:
    side: float = SIDE
class CUBE(Render):
    pass
""")
    monkeypatch.setattr(registry, "folder", lambda section: tmp_path)
    registry.parsed.cache_clear()
    kind = registry.read("scene", "cube")
    assert kind.config().side == pytest.approx(6.2832, abs=1e-4) and kind.regularizers == ("area",)
    registry.parsed.cache_clear()


def test_a_foreign_package_of_our_name_is_named(tmp_path, monkeypatch):
    (tmp_path / "guidance_of_others").mkdir()
    (tmp_path / "guidance_of_others/__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(registry.FOLDERS, "guidance", "guidance_of_others.methods")
    with pytest.raises(FileNotFoundError, match="is not dreamgen's; see `dreamgen doctor`"):
        registry.names("guidance")


@pytest.mark.parametrize("kind", registry.names("scene"))
def test_every_scene_can_be_seen_and_kept(kind):
    assert registry.cameras(kind) and registry.exports(kind)
    assert all(registry.formats(export) for export in registry.exports(kind))


def test_a_format_says_what_it_is_written_from():
    assert "Mesh" in registry.accepts("glb") and "glb" in registry.formats("mesh")


def test_a_new_file_does_not_become_the_default_because_its_name_sorts_first(tmp_path, monkeypatch):
    """A copy of orbit.py named dome.py, of mesh.py named blob.py: every old recipe has what it had."""
    for section, kind, copy in (("cameras", "orbit", "dome"), ("export", "mesh", "blob")):
        original = registry.folder(section)
        shutil.copytree(original, tmp_path / section)
        shutil.copy(original / f"{kind}.py", tmp_path / section / f"{copy}.py")
    here = registry.folder
    monkeypatch.setattr(registry, "folder", lambda name: tmp_path / name if (tmp_path / name).is_dir() else here(name))
    assert registry.cameras("nerf") == ["around", "dome", "orbit"] and registry.exports("nerf") == ["blob", "mesh"]
    recipe = load("text-to-nerf", ["prompt=a cat"])
    assert registry.kind_of(recipe.stages[0].cameras) == "orbit" and registry.kind_of(recipe.export) == "mesh"
    assert registry.kind_of(load("text-to-nerf", ["prompt=a cat", "stages.0.cameras.kind=dome"]).stages[0].cameras) == "dome"


def test_where_several_kinds_fit_and_none_is_the_default_one_must_be_named(monkeypatch):
    monkeypatch.setitem(registry.DEFAULTS, "cameras", {"Camera": "orbit"})
    assert registry.default("cameras", "svg") == "flat"                             # the only one that fits
    monkeypatch.setattr(registry, "cameras", lambda scene: ["dome", "flat"])
    assert registry.default("cameras", "svg") is None


@pytest.mark.parametrize("section", registry.EXPORTS)
def test_every_file_of_a_folder_exports_the_same_names(section):
    for kind in registry.names(section):
        assert all(registry.exported(section, kind, name) for name in registry.EXPORTS[section]), kind


def test_a_file_without_one_of_its_names_is_answered_with_those_that_it_needs(monkeypatch):
    monkeypatch.delattr(importlib.import_module("guidance.methods.csd"), "Method")
    with pytest.raises(ConfigError, match=r"csd\.py: has no 'Method'; a file of guidance\.methods exports Config, Method"):
        registry.exported("guidance", "csd", "Method")
