"""Every format, read back by hand or by trimesh's reader: what comes out of the file is what went in."""

import importlib.util
import io
import json
import struct
from dataclasses import replace

import numpy as np
import pytest
import trimesh
from solids import BLUE, GREEN, RED, YELLOW, box, quarters, sphere

from dreamgen import formats
from dreamgen.formats._mesh import read
from dreamgen.formats._npz import packed, unpacked
from dreamgen.io.images import decode

MESHES = ["glb", "obj", "ply", "stl"]


def read_back(name: str, mesh, tmp_path) -> trimesh.Trimesh:
    for file, data in formats.write(mesh, [name]).items():
        (tmp_path / file).write_bytes(data)
    return trimesh.load(tmp_path / f"asset.{name}", force="mesh", process=False, maintain_order=True)


def open_glb(data: bytes) -> tuple[dict, bytes]:
    """The JSON and the binary chunk, checked as the specification's section on GLB says."""
    magic, version, length = struct.unpack_from("<4sII", data)
    assert (magic, version, length) == (b"glTF", 2, len(data)) and length % 4 == 0
    size, kind = struct.unpack_from("<I4s", data, 12)
    assert kind == b"JSON" and size % 4 == 0
    rest, kind2 = struct.unpack_from("<I4s", data, 20 + size)
    assert kind2 == b"BIN\0" and 28 + size + rest == length
    return json.loads(data[20:20 + size]), data[28 + size:]


def accessor(tree: dict, binary: bytes, index: int) -> np.ndarray:
    it = tree["accessors"][index]
    view = tree["bufferViews"][it["bufferView"]]
    width = {"SCALAR": 1, "VEC2": 2, "VEC3": 3}[it["type"]]
    dtype = {5125: "<u4", 5126: "<f4"}[it["componentType"]]
    start = view.get("byteOffset", 0) + it.get("byteOffset", 0)
    assert start % 4 == 0 and view.get("byteStride") is None and view["byteLength"] >= it["count"] * width * 4
    array = np.frombuffer(binary, dtype, it["count"] * width, start).reshape(it["count"], width)
    assert np.array_equal(np.float32(it["min"]), array.min(0)) and np.array_equal(np.float32(it["max"]), array.max(0))
    return array


def glb_parts(mesh) -> tuple[dict, bytes, dict]:
    tree, binary = open_glb(formats.write(mesh, ["glb"])["asset.glb"])
    primitive = tree["meshes"][0]["primitives"][0]
    arrays = {key: accessor(tree, binary, i) for key, i in primitive["attributes"].items()}
    return tree, binary, arrays | {"indices": accessor(tree, binary, primitive["indices"])}


@pytest.mark.parametrize("solid", [sphere(), box()], ids=["sphere", "box"])
def test_glb_holds_the_very_arrays(solid):
    tree, binary, arrays = glb_parts(solid)
    assert np.array_equal(arrays["POSITION"], solid.vertices)
    assert np.array_equal(arrays["indices"].ravel(), solid.faces.ravel())
    assert np.array_equal(arrays["TEXCOORD_0"], solid.uv)
    assert np.allclose(arrays["NORMAL"], solid.normals, atol=1e-6)
    view = tree["bufferViews"][tree["images"][0]["bufferView"]]
    image = binary[view["byteOffset"]:view["byteOffset"] + view["byteLength"]]
    assert tree["images"][0]["mimeType"] == "image/png" and np.array_equal(decode(image), solid.texture)


def test_glb_says_what_it_is():
    tree, _, _ = glb_parts(sphere())
    material, texture = tree["materials"][0], {"index": 0}
    assert tree["asset"] == {"version": "2.0", "generator": "dreamgen"}
    assert material["pbrMetallicRoughness"] == dict(baseColorTexture=texture, metallicFactor=0.0, roughnessFactor=1.0)
    assert material["doubleSided"] is False and "extensionsUsed" not in tree
    assert tree["samplers"] == [{"magFilter": 9729, "minFilter": 9987, "wrapS": 33071, "wrapT": 33071}]
    assert tree["textures"] == [{"source": 0, "sampler": 0}] and tree["nodes"] == [{"name": "asset", "mesh": 0}]
    targets = [view.get("target") for view in tree["bufferViews"]]
    assert sorted(t for t in targets if t) == [34962, 34962, 34962, 34963] and targets.count(None) == 1


def test_what_it_is_is_the_name_of_its_node_and_is_kept_with_the_arrays(tmp_path):
    """Blender lists a red chair, not an asset; `dreamgen export` later writes the same name."""
    titled = replace(box(), title="a red\n chair \N{CHAIR}")
    (tmp_path / "mesh.npz").write_bytes(packed(titled))
    for mesh in (titled, unpacked(tmp_path / "mesh.npz")):
        tree, _ = open_glb(formats.write(mesh, ["glb"], "asset-1")["asset-1.glb"])
        assert mesh.title == titled.title
        assert [tree["nodes"][0]["name"], tree["meshes"][0]["name"]] == ["a red chair \N{CHAIR}"] * 2
    (tmp_path / "plain.npz").write_bytes(packed(box()))
    assert unpacked(tmp_path / "plain.npz").title == "" and "title" not in np.load(tmp_path / "plain.npz").files


def test_glb_without_a_texture_has_linear_vertex_colors():
    bare = replace(box(), uv=None, texture=None)
    _, _, arrays = glb_parts(bare)
    srgb = bare.colors / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    assert np.allclose(arrays["COLOR_0"], linear, atol=1e-6)


def test_a_mesh_on_the_unit_sphere_keeps_positions_and_normals_apart():
    solid = sphere(radius=1.0)                                  # equal arrays, which a writer may be tempted to share
    tree, _, arrays = glb_parts(replace(solid, normals=solid.vertices))
    used = tree["meshes"][0]["primitives"][0]["attributes"]
    assert np.array_equal(arrays["POSITION"], solid.vertices)
    assert tree["accessors"][used["POSITION"]]["bufferView"] != tree["accessors"][used["NORMAL"]]["bufferView"]


@pytest.mark.parametrize("name", MESHES)
@pytest.mark.parametrize("solid", [sphere(), box()], ids=["sphere", "box"])
def test_the_same_solid_comes_back(name, solid, tmp_path):
    got = read_back(name, solid, tmp_path)
    assert len(got.faces) == len(solid.faces)
    assert np.allclose(got.triangles, solid.vertices[solid.faces], atol=1e-6)      # axes, metres, winding, order
    want = trimesh.Trimesh(solid.vertices, solid.faces, process=False).volume
    assert got.volume > 0 and np.isclose(got.volume, want, rtol=1e-5)


def test_obj_and_ply_hold_the_mesh_s_own_normals():
    solid = sphere()
    files = formats.write(solid, ["obj", "ply"])
    lines = [line.split()[1:] for line in files["asset.obj"].decode().splitlines() if line.startswith("vn ")]
    header, body = files["asset.ply"].split(b"end_header\n")
    assert b"property float nx\nproperty float ny\nproperty float nz\nproperty uchar red" in header
    rows = np.frombuffer(body, [("p", "<f4", 3), ("n", "<f4", 3), ("rgba", "u1", 4)], len(solid.vertices))
    assert np.allclose(np.float32(lines), solid.normals, atol=1e-6) and np.allclose(rows["n"], solid.normals, atol=1e-6)


@pytest.mark.parametrize("name", ["glb", "obj"])
def test_each_corner_shows_its_color(name, tmp_path):
    got = read_back(name, box(), tmp_path)
    image = got.visual.material.baseColorTexture if name == "glb" else got.visual.material.image
    colors = trimesh.visual.color.uv_to_color(np.clip(got.visual.uv, 0.01, 0.99), image)[:, :3]
    front = (got.vertices[:, 2] > 0.29) & (got.vertex_normals[:, 2] > 0.9)
    seen = {(x > 0, y > 0): tuple(map(int, color)) for (x, y, _), color in zip(got.vertices[front], colors[front], strict=True)}
    assert seen == {(False, True): RED, (True, True): GREEN, (False, False): BLUE, (True, False): YELLOW}


def test_obj_writes_what_its_lines_refer_to():
    files = formats.write(box(), ["obj"], "red_chair")
    assert set(files) == {"red_chair.obj", "red_chair.mtl", "red_chair.png"}
    assert b"mtllib red_chair.mtl\n" in files["red_chair.obj"] and b"map_Kd red_chair.png" in files["red_chair.mtl"]
    assert np.array_equal(decode(files["red_chair.png"]), quarters())


def test_ply_without_colors_takes_them_from_the_texture(tmp_path):
    got = read_back("ply", replace(box(), colors=None), tmp_path)
    assert np.array_equal(got.visual.vertex_colors[:, :3], box().colors)


@pytest.mark.parametrize("name, keeps", [("glb", "texture"), ("obj", "texture"), ("ply", "colors"), ("stl", None)])
def test_a_mesh_that_was_read_is_the_one_that_was_written(name, keeps, tmp_path):
    for file, data in formats.write(box(), [name]).items():
        (tmp_path / file).write_bytes(data)
    got, want = read(tmp_path / f"asset.{name}"), box()
    assert np.allclose(got.vertices[got.faces], want.vertices[want.faces], atol=1e-6)
    assert (got.texture is not None, got.colors is not None) == (keeps == "texture", keeps == "colors")
    if keeps:
        assert np.array_equal(getattr(got, keeps), getattr(want, keeps))
    if keeps == "texture":
        assert np.allclose(got.uv[got.faces], want.uv[want.faces], atol=1e-6)


def test_a_file_that_is_no_mesh_is_one_sentence(tmp_path):
    (tmp_path / "a.glb").write_bytes(b"glTF, or so they say")
    with pytest.raises(ValueError, match="a.glb: not a mesh that can be read"):
        read(tmp_path / "a.glb")


def test_png_is_the_texture():
    assert np.array_equal(decode(formats.write(box(), ["png"])["asset.png"]), quarters())
    with pytest.raises(ValueError, match="png: the mesh has no texture"):
        formats.write(replace(box(), uv=None, texture=None), ["png"])


def test_every_format_in_the_folder_is_written_and_repeats_to_the_byte():
    known = formats.formats("Mesh")
    assert known == ["glb", "obj", "ply", "png", "stl", "usdz"]
    if importlib.util.find_spec("pxr") is None:
        known.remove("usdz")                    # which test_usdz.py says what it needs
    first = formats.write(sphere(), known)
    assert first == formats.write(sphere(), known)
    assert all(isinstance(data, bytes) and len(data) > 100 for data in first.values())


@pytest.mark.parametrize("name", ["glb", "obj", "ply", "png", "stl", "usdz"])
@pytest.mark.parametrize("broken, message", [
    (dict(vertices=np.zeros((0, 3), np.float32), faces=np.zeros((0, 3), np.int32)), "the mesh is empty"),
    (dict(faces=np.zeros((0, 3), np.int32)), "the mesh is empty"),
    (dict(vertices=np.full_like(box().vertices, np.nan)), "vertices has 24 rows that are not finite"),
    (dict(faces=np.int32([[0, 1, 24]])), "faces name the vertices 0 to 24, want 0 to 23"),
    (dict(normals=np.zeros((3, 3), np.float32)), r"normals is \[3, 3\], want \[24, 3\]"),
    (dict(uv=None), "uv and texture come together, got only texture"),
], ids=["empty", "no-faces", "nan", "index", "shape", "uv"])
def test_a_broken_mesh_is_one_sentence_and_no_file(name, broken, message):
    with pytest.raises(ValueError, match=f"^{name}: {message}") as error:
        formats.write(replace(box(), **broken), [name])
    assert "\n" not in str(error.value)


def test_a_zero_normal_is_made_a_unit_one():
    normals = box().normals.copy()
    normals[0] = 0
    _, _, arrays = glb_parts(replace(box(), normals=normals))
    assert np.allclose(np.linalg.norm(arrays["NORMAL"], axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("wanted, guess", [("gltf", "glb"), ("obk", "obj"), ("pny", "png")])
def test_an_unknown_format_gets_the_nearest_guess(wanted, guess):
    with pytest.raises(ValueError, match=f"no '{wanted}'; have glb, .*, svg, usdz; did you mean '{guess}'"):
        formats.write(box(), [wanted])


def test_a_format_is_known_by_its_suffix_too():
    assert formats.check(".GLB") == "glb"


@pytest.mark.parametrize("name", ["", "../asset", "a b", "a/b", "-rf"])
def test_a_name_that_is_not_a_plain_one_is_refused(name):
    with pytest.raises(ValueError, match="export: the name is"):
        formats.write(box(), ["obj"], name)


def test_a_format_refuses_another_kind_of_asset():
    with pytest.raises(ValueError, match="^glb: writes a Mesh or a .*, got a str$"):
        formats.write("mesh", ["glb"])


def test_stl_is_the_binary_kind():
    data = formats.write(box(), ["stl"])["asset.stl"]
    assert len(data) == 84 + 50 * 12 and struct.unpack_from("<I", data, 80) == (12,)
    assert trimesh.load(io.BytesIO(data), file_type="stl").is_volume
