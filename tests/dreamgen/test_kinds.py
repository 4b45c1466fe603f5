"""A kind's Config as read from its source is the one that its module has."""

import dataclasses
import importlib
import typing

import pytest

from dreamgen import kinds

ALL = [(section, kind) for section in ("scene", "guidance", "cameras", "export") for kind in kinds.names(section)]


@pytest.mark.parametrize("section, kind", ALL)
def test_the_config_that_is_read_is_the_config_that_is_imported(section, kind):
    read, module = kinds.read(section, kind), importlib.import_module(f"{kinds.FOLDERS[section]}.{kind}")
    assert typing.get_type_hints(read.config) == typing.get_type_hints(module.Config)
    assert dataclasses.asdict(read.config()) == dataclasses.asdict(module.Config())
    assert read.penalties == getattr(module, "PENALTIES", None)


@pytest.mark.parametrize("section, kind", ALL)
def test_both_configs_know_their_kind(section, kind):
    module = importlib.import_module(f"{kinds.FOLDERS[section]}.{kind}")
    assert kinds.kind_of(kinds.read(section, kind).config()) == kinds.kind_of(module.Config()) == kind


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
    monkeypatch.setattr(kinds, "folder", lambda section: tmp_path)
    kinds.read.cache_clear()
    kind = kinds.read("scene", "cube")
    assert kind.config().side == pytest.approx(6.2832, abs=1e-4) and kind.penalties == ("area",)
    kinds.read.cache_clear()


def test_a_foreign_package_of_our_name_is_named(tmp_path, monkeypatch):
    (tmp_path / "guidance_of_others").mkdir()
    (tmp_path / "guidance_of_others/__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(kinds.FOLDERS, "guidance", "guidance_of_others.methods")
    with pytest.raises(FileNotFoundError, match="is not dreamgen's; see `dreamgen doctor`"):
        kinds.names("guidance")


@pytest.mark.parametrize("kind", kinds.names("scene"))
def test_every_scene_can_be_seen_and_kept(kind):
    assert kinds.cameras(kind) and kinds.exports(kind)
    assert all(kinds.formats(export) for export in kinds.exports(kind))


def test_a_format_says_what_it_is_written_from():
    assert "Mesh" in kinds.accepts("glb") and "glb" in kinds.formats("mesh")
