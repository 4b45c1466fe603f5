"""Files of others as colored parts: the colors their authors meant, or one phrase that says what is wrong."""

import json
import struct

import numpy as np
import pytest
import trimesh
from solids import BLUE, GREEN, RED, YELLOW, box, quarters, sphere
from trimesh.visual.material import PBRMaterial, SimpleMaterial

from dreamgen import formats
from dreamgen.errors import ConfigError
from dreamgen.io import atomic, images
from dreamgen.training.look import turned
from dreamgen.training.meshes import load
from dreamgen.training.render import draw

QUAD = "v -1 -1 0\nv 1 -1 0\nv 1 1 0\nv -1 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\n"
FACE = "f 1/1 2/2 3/3 4/4\n"


def put(folder, **texts) -> None:
    for name, data in texts.items():
        stem, _, suffix = name.rpartition("_")
        (folder / f"{stem}.{suffix}").write_bytes(data if isinstance(data, bytes) else data.encode())


def front(path, turn=None, plain=False) -> np.ndarray:
    return draw(load(path, turn, plain), [0.0], [0.0], 32)[0].astype(int)


def color(path, **more) -> list[int]:
    return front(path, **more)[16, 16, :3].tolist()


@pytest.mark.parametrize("kind", ["glb", "obj"])
def test_a_texture_that_we_wrote_comes_back_upright(kind, tmp_path):
    atomic.save(formats.write(box((1, 1, 0.1)), [kind], "thing"), tmp_path)
    image = front(tmp_path / f"thing.{kind}")
    for (row, column), want in zip([(11, 11), (11, 20), (20, 11), (20, 20)], (RED, GREEN, BLUE, YELLOW), strict=True):
        assert image[row, column, :3].tolist() == pytest.approx(want, abs=14)


@pytest.mark.parametrize("kind", ["glb", "ply"])
def test_vertex_colors_come_back_in_srgb(kind, tmp_path):
    mesh = box((1, 1, 0.1))
    colors = np.tile(np.uint8([[188, 60, 20]]), (len(mesh.vertices), 1))
    plain = type(mesh)(mesh.vertices, mesh.faces, mesh.normals, colors=colors)
    atomic.save(formats.write(plain, [kind], "thing"), tmp_path)
    assert color(tmp_path / f"thing.{kind}") == pytest.approx([188, 60, 20], abs=10)


def test_face_colors_and_the_linear_factor_of_gltf_are_heard(tmp_path):
    block = trimesh.creation.box()
    block.visual.face_colors = [200, 100, 50, 255]
    block.export(tmp_path / "faces.ply")
    assert color(tmp_path / "faces.ply") == pytest.approx([200, 100, 50], abs=10)
    material = PBRMaterial(baseColorFactor=[128, 0, 0, 255])           # linear 0.5 is sRGB 0.735
    trimesh.Trimesh(block.vertices, block.faces, visual=trimesh.visual.TextureVisuals(material=material)) \
        .export(tmp_path / "factor.glb")
    assert color(tmp_path / "factor.glb") == pytest.approx([188, 0, 0], abs=10)


def test_obj_materials_have_their_color_and_their_opacity(tmp_path):
    put(tmp_path, a_mtl="newmtl wood\nKd 0.6 0.3 0.1\nd 0.4\nnewmtl glass\nKd 1 1 1\nTr 0.75\n",
        a_obj=f"mtllib a.mtl\n{QUAD}usemtl wood\n{FACE}usemtl glass\nf 1 2 3\n")
    assert sorted(part.color[3] for part in load(tmp_path / "a.obj")) == [0.25, 0.4]
    assert (0.6, 0.3, 0.1) in [tuple(np.round(part.color[:3], 2)) for part in load(tmp_path / "a.obj")]


def test_what_has_no_color_is_grey(tmp_path):
    trimesh.creation.box().export(tmp_path / "thing.stl")
    put(tmp_path, bare_obj=QUAD + FACE)
    for name in ("thing.stl", "bare.obj"):
        assert np.ptp(color(tmp_path / name)) == 0 and 150 < color(tmp_path / name)[0] < 210


def test_a_scene_has_its_meshes_where_it_puts_them(tmp_path):
    scene = trimesh.Scene()
    block = trimesh.creation.box()
    above, below = (trimesh.transformations.translation_matrix([0, y, 0]) for y in (3, -3))
    scene.add_geometry(block, node_name="a", geom_name="b", transform=above)
    scene.graph.update("c", geometry="b", matrix=below)
    scene.export(tmp_path / "two.glb")
    opacity = front(tmp_path / "two.glb")[:, 16, 3]
    assert opacity[4] == opacity[27] == 255 and opacity[16] == 0


def test_any_axes_can_be_up_and_front(tmp_path):
    """A long box along z, red where z is largest: upright with --up z, and at the front with --front z."""
    block = trimesh.creation.box((1, 1, 3))
    block.visual.face_colors = [[255, 0, 0, 255] if z > 0.9 else [40, 40, 40, 255] for z in block.face_normals[:, 2]]
    block.export(tmp_path / "long.ply")
    tall = front(tmp_path / "long.ply", turned("+z", "-y"))[..., 3] > 0
    assert tall.any(1).sum() > 2 * tall.any(0).sum()
    assert color(tmp_path / "long.ply", turn=turned("+y", "+z"))[0] > 200
    assert color(tmp_path / "long.ply", turn=turned("+y", "-z"))[0] < 60
    assert np.linalg.det(turned("-x", "+y")) == pytest.approx(1)         # turned, never mirrored
    for axes, said in ((("+w", "+z"), "--up: need x, y or z"), (("+y", "-y"), "at a right angle to --up")):
        with pytest.raises(ConfigError, match=said):
            turned(*axes)


def test_a_texture_that_no_face_wears_may_be_missing(tmp_path):
    put(tmp_path, a_mtl="newmtl old\nmap_Kd C:\\\\gone.jpg\nnewmtl red\nKd 1 0 0\n",
        a_obj=f"mtllib a.mtl\n{QUAD}usemtl red\n{FACE}")
    assert color(tmp_path / "a.obj")[1] == 0


def test_a_model_that_has_lost_its_texture_is_refused_or_plain(tmp_path):
    put(tmp_path, a_mtl="newmtl wood\nKd 1 0 0\nmap_Kd wood.png\n", a_obj=f"mtllib a.mtl\n{QUAD}usemtl wood\n{FACE}")
    with pytest.raises(ValueError, match=r"^wood\.png, which it needs, is missing$"):
        load(tmp_path / "a.obj")
    assert color(tmp_path / "a.obj", plain=True) == pytest.approx([255, 0, 0], abs=6)
    (tmp_path / "wood.png").write_bytes(images.png(quarters())[:60])
    with pytest.raises(ValueError, match=r"^wood\.png, which it needs: not a whole picture"):
        load(tmp_path / "a.obj")
    (tmp_path / "wood.png").write_bytes(images.png(quarters()))
    assert front(tmp_path / "a.obj")[11, 11, :3].tolist() == pytest.approx(RED, abs=14)


def test_a_texture_without_coordinates_in_it_gives_way_to_the_plain_color(tmp_path):
    put(tmp_path, a_mtl="newmtl wood\nKd 0 1 0\nmap_Kd wood.png\n", wood_png=images.png(quarters()),
        a_obj=f"mtllib a.mtl\n{QUAD}usemtl wood\nf 1 2 3 4\n")
    assert color(tmp_path / "a.obj") == pytest.approx([0, 255, 0], abs=6)


def test_places_in_a_texture_that_are_not_finite_do_no_harm(tmp_path):
    put(tmp_path, a_mtl="newmtl wood\nmap_Kd wood.png\n", wood_png=images.png(quarters()),
        a_obj=f"mtllib a.mtl\n{QUAD.replace('vt 1 1', 'vt nan inf')}usemtl wood\n{FACE}")
    assert front(tmp_path / "a.obj")[16, 16, 3] == 255


def damaged_texture(glb: bytes) -> bytes:
    """The same file with the picture inside overwritten."""
    length = struct.unpack_from("<I", glb, 12)[0]
    tree = json.loads(glb[20:20 + length])
    view = tree["bufferViews"][tree["images"][0]["bufferView"]]
    at = 28 + length + view.get("byteOffset", 0)
    return glb[:at] + b"\0" * view["byteLength"] + glb[at + view["byteLength"]:]


def test_damaged_and_empty_files_are_one_phrase(tmp_path):
    whole = formats.write(sphere(), ["glb"], "a")["a.glb"]
    line = "v 0 0 0\nv 1 0 0\nv 0 1 0\n"
    put(tmp_path, text_glb="no mesh", cut_glb=whole[:900], texture_glb=damaged_texture(whole), empty_obj="",
        beyond_obj=f"{line}f 1 2 9\n", nan_obj=f"{line.replace('1', 'nan', 1)}f 1 2 3\n",
        cut_ply="ply\nformat ascii 1.0\n", library_obj=f"mtllib none.mtl\n{line}usemtl a\nf 1 2 3\n",
        short_stl=b"solid", points_ply=trimesh.PointCloud(np.eye(3)).export(file_type="ply"), notes_txt="a chair")
    said = {"text.glb": "no GLB file", "cut.glb": "cannot be read", "texture.glb": "its texture .*: not a picture",
            "empty.obj": "no faces", "beyond.obj": "cannot be read", "nan.obj": "a vertex is not finite",
            "cut.ply": "cannot be read|no faces", "library.obj": "none.mtl, which it needs, is missing",
            "short.stl": "cannot be read|no faces", "points.ply": "no faces", "notes.txt": "not a mesh file; have .glb"}
    for name, wanted in said.items():
        with pytest.raises(ValueError, match=wanted) as error:
            load(tmp_path / name)
        assert "\n" not in str(error.value), name


def test_a_gigantic_file_is_not_even_opened(tmp_path):
    with open(tmp_path / "huge.stl", "wb") as file:
        file.truncate(1 << 31)                                          # a hole: no bytes on the disk
    with pytest.raises(ValueError, match="2.0 GiB large, at most 1 are read"):
        load(tmp_path / "huge.stl")


def test_a_texture_of_an_old_material_is_not_darkened_by_its_color(tmp_path):
    mesh = box((1, 1, 0.1))
    uv = np.stack([mesh.uv[:, 0], 1 - mesh.uv[:, 1]], 1)
    material = SimpleMaterial(image=images.to_image(quarters()), diffuse=[0, 0, 0, 255])
    visual = trimesh.visual.TextureVisuals(uv, material=material)
    trimesh.Trimesh(mesh.vertices, mesh.faces, visual=visual, process=False).export(tmp_path / "a.obj")
    assert front(tmp_path / "a.obj")[11, 11, :3].tolist() == pytest.approx(RED, abs=14)
