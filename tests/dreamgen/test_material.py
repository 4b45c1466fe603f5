"""A material with everything on it, through every file that can hold it: what comes back is what was written."""

import json
import struct
import warnings
from dataclasses import replace

import numpy as np
import pytest
from gltf_files import UV, quad
from solids import box, quarters

from dreamgen import formats
from dreamgen.formats._mesh import base_colors, read
from dreamgen.formats._npz import packed, unpacked
from dreamgen.io.images import png
from dreamgen.meshing import draw
from dreamgen.reading import mesh as whole
from dreamgen.reading import read as pieces
from renderers.assets import Material, Mesh
from renderers.camera import ring


def noise(seed: int, channels: int = 3, edge: int = 8) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (edge, edge, channels), np.uint8)


FULL = Material((0.25, 0.5, 1.0, 0.75), noise(0, 4), 0.5, 0.25, noise(1), noise(2), 0.5, (0.1, 0.2, 0.3), noise(3), "MASK",
                0.25, True, ("repeat", "mirror"), "leather")
STEEL = Material((0.5, 0.5, 0.5, 1.0), metallic=1.0, roughness=0.25, name="steel")


def dressed(*materials: Material) -> Mesh:
    """The box, its faces by turns in ``materials``."""
    plain = replace(box(), texture=None, colors=None)
    return replace(plain, materials=materials, part=np.arange(len(plain.faces), dtype=np.int32) % len(materials))


def written(mesh: Mesh, name: str, folder):
    for file, data in formats.write(mesh, [name]).items():
        (folder / file).write_bytes(data)
    return folder / f"asset.{name}"


def same(got: Material, want: Material, but: tuple[str, ...] = ()) -> None:
    for name, value in vars(want).items():
        if name in ("color", "emissive"):
            np.testing.assert_allclose(getattr(got, name), value, atol=1e-6, err_msg=name)
        elif name not in but:
            np.testing.assert_array_equal(getattr(got, name), value, err_msg=name)


def test_glb_brings_every_word_of_a_material_back(tmp_path):
    got = read(written(dressed(FULL, STEEL), "glb", tmp_path))
    same(got.materials[0], FULL)
    same(got.materials[1], STEEL, ("wrap",))            # which says nothing without a picture
    want = dressed(FULL, STEEL)
    for k in range(2):
        mine, theirs = got.faces[got.part == k], want.faces[want.part == k]
        assert np.array_equal(got.vertices[mine], want.vertices[theirs])
        assert np.array_equal(got.normals[mine], want.normals[theirs])
        assert np.array_equal(got.uv[mine], want.uv[theirs])


def test_glb_says_it_in_gltf_s_words():
    data = formats.write(dressed(FULL, STEEL), ["glb"])["asset.glb"]
    tree = json.loads(data[20:20 + struct.unpack_from("<I", data, 12)[0]])
    full, steel = tree["materials"]
    assert full["pbrMetallicRoughness"]["baseColorFactor"] == [0.25, 0.5, 1.0, 0.75]
    assert (full["alphaMode"], full["alphaCutoff"], full["doubleSided"]) == ("MASK", 0.25, True)
    assert full["normalTexture"]["scale"] == 0.5 and full["emissiveFactor"] == [0.1, 0.2, 0.3]
    assert steel == {"name": "steel", "doubleSided": False, "pbrMetallicRoughness": {
        "metallicFactor": 1.0, "roughnessFactor": 0.25, "baseColorFactor": [0.5, 0.5, 0.5, 1.0]}}
    assert tree["samplers"] == [{"magFilter": 9729, "minFilter": 9987, "wrapS": 10497, "wrapT": 33648}]
    assert len(tree["meshes"]) == len(tree["nodes"]) == 1 and len(tree["meshes"][0]["primitives"]) == 2


def test_obj_brings_back_what_mtl_has_a_word_for(tmp_path):
    got = read(written(dressed(replace(FULL, wrap=("repeat", "repeat"), color=(1.0, 1.0, 1.0, 1.0)), STEEL), "obj", tmp_path))
    leather = got.materials[0]
    assert np.array_equal(leather.texture, FULL.texture) and np.array_equal(leather.normal, FULL.normal)
    assert np.array_equal(leather.metallic_roughness[..., 1], np.rint(FULL.metallic_roughness[..., 1] * 0.25))
    assert np.array_equal(leather.metallic_roughness[..., 2], np.rint(FULL.metallic_roughness[..., 2] * 0.5))
    assert leather.metallic == leather.roughness == 1.0 and leather.alpha == "MASK"
    same(got.materials[1], replace(STEEL, name="asset_1"), ("wrap",))
    assert got.materials[1].color[0] == pytest.approx(0.5, abs=1e-5)


def test_positions_survive_obj_to_the_last_bit(tmp_path):
    odd = replace(box(), vertices=np.random.default_rng(0).normal(size=(24, 3)).astype(np.float32) * np.float32([1e-6, 1, 1e6]))
    got = read(written(odd, "obj", tmp_path))
    assert np.array_equal(got.vertices[got.faces], odd.vertices[odd.faces])


@pytest.mark.parametrize("name", ["ply", "stl"])
def test_what_a_format_cannot_say_is_said(name):
    said = f"^{name}: has no materials; metalness, roughness, normal map, glow, cut-outs and glass left out$"
    with pytest.warns(UserWarning, match=said):
        formats.write(dressed(replace(FULL, metallic=0.5)), [name])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        formats.write(dressed(Material((0.5, 0.5, 0.5, 1.0))), [name])


def test_ply_has_the_color_that_is_seen(tmp_path):
    half = Material((0.2140, 1.0, 1.0, 1.0), np.full((2, 2, 3), 255, np.uint8))
    got = read(written(dressed(half), "ply", tmp_path))
    assert np.abs(got.colors.astype(int) - [127, 255, 255]).max() <= 1          # 0.214 of light is sRGB 0.5
    assert np.array_equal(base_colors(half, np.float32([[0.5, 0.5]]), 1), got.colors[:1])


def test_arrays_keep_every_word_and_old_ones_are_read(tmp_path):
    path = tmp_path / "mesh.npz"
    path.write_bytes(packed(dressed(FULL, STEEL)))
    got = unpacked(path)
    assert np.array_equal(got.part, dressed(FULL, STEEL).part)
    for one, want in zip(got.materials, (FULL, STEEL), strict=True):
        same(one, want)
    old = {name: value for name, value in vars(box()).items() if isinstance(value, np.ndarray)}
    np.savez_compressed(path, **old)                    # as version 0.1 wrote it
    for name, value in old.items():
        assert np.array_equal(getattr(unpacked(path), name), value)
    assert unpacked(path).materials == ()


def test_a_picture_is_drawn_of_the_materials_that_faces_wear():
    red, blue = Material((1.0, 0.0, 0.0, 1.0)), Material((0.0, 0.0, 1.0, 1.0))
    plain = replace(box((0.4, 0.4, 0.4)), texture=None, colors=None)
    mesh = replace(plain, materials=(red, blue), part=np.int32([0] * 8 + [1] * 4))       # top, bottom and two sides
    front = draw(mesh, ring(4, (32, 32), elevation_deg=0))
    centre = front.rgb[:, 16, 16]
    want = {True: [1, 0, 0], False: [0, 0, 1]}
    normals = np.float32([[0, 0, 1], [1, 0, 0], [0, 0, -1], [-1, 0, 0]])
    for view, normal in enumerate(normals):
        face = np.flatnonzero((mesh.normals[mesh.faces[:, 0]] == normal).all(1))[0]
        assert centre[view].tolist() == pytest.approx(want[mesh.part[face] == 0], abs=1e-6)


def test_the_short_form_is_the_long_one():
    """A texture alone is a material of that base color: the same file, but for the name."""
    plain = replace(box(), colors=None)
    long = replace(plain, texture=None, materials=(Material(texture=quarters()),))
    assert formats.write(plain, ["glb"]) == formats.write(long, ["glb"])
    assert formats.write(plain, ["obj"]) == formats.write(long, ["obj"])


@pytest.mark.parametrize("material, message", [
    (Material(roughness=1.5), r"materials\[0\].roughness is 1.5, want 0 to 1"),
    (Material(color=(2.0, 0, 0, 1)), r"materials\[0\].color is \(2.0, 0, 0, 1\), want 0 to 1"),
    (Material(normal=noise(0, 4)), r"materials\[0\].normal is \[8, 8, 4\] of uint8, want \[H, W, 3\] of uint8"),
    (Material(texture=np.zeros((4, 4, 3))), r"materials\[0\].texture is \[4, 4, 3\] of float64"),
])
def test_a_wrong_material_is_one_sentence(material, message):
    with pytest.raises(ValueError, match=f"^glb: {message}"):
        formats.write(dressed(material), ["glb"])


def test_a_picture_needs_places():
    with pytest.raises(ValueError, match=r"^glb: materials\[0\] has the picture texture, and the mesh no uv$"):
        formats.write(replace(dressed(FULL), uv=None), ["glb"])


def test_what_lies_elsewhere_is_left_out_and_said(tmp_path):
    built = quad(TEXCOORD_0=UV, TEXCOORD_1=UV[::-1].copy())
    color, bumps = built.picture(png(quarters())), built.picture(png(noise(2)))
    built.wear(pbrMetallicRoughness={"baseColorTexture": color}, normalTexture={**bumps, "texCoord": 1}, occlusionTexture=color)
    (tmp_path / "a.glb").write_bytes(built.bytes())
    with pytest.warns(UserWarning, match="its normal picture lies elsewhere and is left out; its occlusion picture is left out"):
        got = whole(pieces(tmp_path / "a.glb", materials=True))
    [only] = got.materials or [Material(texture=got.texture)]
    assert only.normal is None and np.array_equal(only.texture, quarters())
    assert (only.metallic, only.roughness) == (1.0, 1.0)            # glTF's own defaults


def test_a_damaged_picture_beside_the_color_costs_nothing_where_only_the_color_is_asked(tmp_path):
    built = quad(TEXCOORD_0=UV)
    color, broken = built.picture(png(quarters())), built.picture(b"no picture")
    built.wear(pbrMetallicRoughness={"baseColorTexture": color}, normalTexture=broken)
    (tmp_path / "a.glb").write_bytes(built.bytes())
    assert len(pieces(tmp_path / "a.glb")) == 1
    with pytest.raises(ValueError, match="its texture 1: not a picture"):
        pieces(tmp_path / "a.glb", materials=True)
    with pytest.warns(UserWarning, match="its normal picture cannot be read and is left out"):
        whole(pieces(tmp_path / "a.glb", plain=True, materials=True))
