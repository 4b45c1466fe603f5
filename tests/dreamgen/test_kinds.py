"""A kind's Config as read from its source is the one that its module has."""

import dataclasses
import importlib
import typing

import pytest

from dreamgen.recipes import registry

ALL = [(section, kind) for section in ("scene", "guidance", "cameras", "export") for kind in registry.names(section)]


@pytest.mark.parametrize("section, kind", ALL)
def test_the_config_that_is_read_is_the_config_that_is_imported(section, kind):
    read, module = registry.read(section, kind), importlib.import_module(f"{registry.FOLDERS[section]}.{kind}")
    assert typing.get_type_hints(read.config) == typing.get_type_hints(module.Config)
    assert dataclasses.asdict(read.config()) == dataclasses.asdict(module.Config())
    assert read.penalties == getattr(module, "PENALTIES", None)


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
PENALTIES = ("area",)
UNUSED = no_such_library.value
@dataclass
class Config:
    side: float = SIDE
class CUBE(Render):
    pass
""")
    monkeypatch.setattr(registry, "folder", lambda section: tmp_path)
    registry.read.cache_clear()
    kind = registry.read("scene", "cube")
    assert kind.config().side == pytest.approx(6.2832, abs=1e-4) and kind.penalties == ("area",)
    registry.read.cache_clear()


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
