"""Other people's packages as data for a prior: libraries of furniture, icons of npm."""

import json
import tarfile
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest
from test_prior_album import FEW, command

from dreamgen.errors import ConfigError
from dreamgen.io import images
from dreamgen.training import data
from dreamgen.training.furniture import entries, furniture
from dreamgen.training.icons import TURNS, icons
from dreamgen.training.look import Look


def library(path, **more):
    """A .sh3f of a red chair and of a door."""
    lines = [r"name=Test", "id#1=Test#chair 1", "name#1=Armcha\\u0069r", "tags#1=Seat, soft", "category#1=Office",
             "model#1=/t/chair/chair.obj", "creator#1=Ann\\: B.", "name#2=Door", "category#2=Doors and windows",
             "model#2=/t/chair/chair.obj", *(f"{key}#1={value}" for key, value in more.items())]
    obj = "mtllib chair.mtl\nv -1 0 0\nv 1 0 0\nv 1 1 0\nv -1 1 0\nusemtl red\nf 1 2 3 4\n"
    with ZipFile(path, "w") as file:
        file.writestr("PluginFurnitureCatalog.properties", "\n".join(lines))
        file.writestr("t/chair/chair.obj", obj)
        file.writestr("t/chair/chair.mtl", "newmtl red\nKd 0.9 0.1 0.1\nmap_Kd gone.png\n")
    return path


def debian(path, member: bytes):
    tar = BytesIO()
    with tarfile.open(fileobj=tar, mode="w:xz") as file:
        info = tarfile.TarInfo("./usr/share/x/Scopia.sh3f")
        info.size = len(member)
        file.addfile(info, BytesIO(member))
    parts = [("debian-binary", b"2.0\n"), ("control.tar.xz", b"odd"), ("data.tar.xz", tar.getvalue())]
    path.write_bytes(b"!<arch>\n" + b"".join(
        f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode() + data + b"\n" * (len(data) % 2)
        for name, data in parts))
    return path


def test_furniture_is_named_credited_and_turned_to_the_front(tmp_path):
    path = library(tmp_path / "Scopia.sh3f", modelRotation="0 0 1 0 1 0 -1 0 0")
    things = list(furniture(debian(tmp_path / "f.deb", path.read_bytes())))
    assert [(thing.key, thing.row) for thing in things] == [("furniture/Scopia-chair-1", {
        "name": "armchair", "tags": ["seat", "soft"], "source": "Sweet Home 3D, Scopia", "category": "office",
        "creator": "Ann: B.", "licence": "CC BY 3.0"})]
    (part,) = things[0].parts()
    assert part.color == pytest.approx((0.9, 0.1, 0.1, 1.0), abs=0.01)              # gone.png: its plain color
    assert np.ptp(part.vertices, axis=0) == pytest.approx([0, 1, 2])                # what was wide is deep
    assert [thing.key for thing in furniture(path)] == ["furniture/Scopia-chair-1"]


def test_a_changed_model_is_another_digest(tmp_path):
    one, same, other = (next(furniture(library(tmp_path / f"{i}.sh3f", **more))).digest
                        for i, more in enumerate([{}, {}, {"modelRotation": "0 0 1 0 1 0 -1 0 0"}]))
    assert one == same != other


def test_a_catalogue_is_read_as_java_writes_it():
    assert entries("name#10 = a\\:b\r\nname#2=Caf\\u00e9\n#x#1=y\nicon#2=/i\\=.png") == [
        {"name": "Café", "icon": "/i=.png"}, {"name": "a:b"}]


def package(path, members: dict[str, bytes]):
    with tarfile.open(path, "w:gz") as file:
        for name, data_ in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data_)
            file.addfile(info, BytesIO(data_))
    return path


@pytest.fixture
def npm(tmp_path):
    """A slanting rocket, a heart (no thing), a flower with a variation selector."""
    slant = np.zeros((64, 64, 4), np.uint8)
    for k in range(8, 56):
        slant[max(63 - k - 3, 0):63 - k + 4, max(k - 3, 0):k + 4] = (200, 30, 30, 255)
    emoji = {f"package/assets/{code}.webp": images.webp(slant) for code in ("1f680", "2764", "1f3f5")}
    table = [{"hexcode": "1F680", "label": "Rocket", "group": 5, "tags": ["space"]},
             {"hexcode": "2764", "label": "red heart", "group": 8},
             {"hexcode": "1F3F5-FE0F", "label": "rosette", "group": 3},
             {"hexcode": "1F999", "label": "llama", "group": 3}]
    return (package(tmp_path / "e.tgz", emoji),
            package(tmp_path / "b.tgz", {"package/en/data.json": json.dumps(table).encode()}))


def test_icons_are_things_with_names_and_no_camera(npm, tmp_path, capsys):
    assert [icon.row["name"] for icon in icons(*npm)] == ["rocket", "rosette"]
    out = tmp_path / "set"
    words = "data", "--out", out, "--emoji", npm[0], "--emojibase", npm[1], *FEW
    assert command(*words) == command(*words) == 0
    assert "0 models drawn, 2 had been before" in capsys.readouterr().err
    read = data.load(out, 16)
    assert read.names == ["rocket", "rosette"] and {(row.azimuth, row.object) for row in read.rows} == {(None, None)}
    assert "Fluent Emoji 3D (MIT): Microsoft" in (out / "ATTRIBUTION.md").read_text()


def test_slanting_icons_are_set_upright(npm):
    rocket, rosette = (icon.shots(Look(size=48))[0][0, ..., 3] > 128 for icon in icons(*npm))
    assert TURNS["rocket"] == 45 and rocket.any(1).sum() > 3 * rocket.any(0).sum()
    assert rosette.any(1).sum() == rosette.any(0).sum()


def test_wrong_packages_are_told_apart(npm, tmp_path):
    with pytest.raises(ConfigError, match="need the package emojibase-data"):
        list(icons(npm[0], npm[0]))
    with pytest.raises(ConfigError, match="need the package @lobehub/fluent-emoji-3d"):
        list(icons(npm[1], npm[1]))
