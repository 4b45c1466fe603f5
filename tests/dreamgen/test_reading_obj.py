"""OBJ and MTL files of others: every corner where they are, in the colors that were meant."""

import numpy as np
import pytest
from solids import quarters

from dreamgen.io import images
from dreamgen.reading import read

QUAD = "v -1 -1 0\nv 1 -1 0\nv 1 1 0\nv -1 1 0\n"
PLACES = "vt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\n"
FACE = "f 1/1 2/2 3/3 4/4\n"


def put(folder, text, **more):
    """A file a.obj, and others by names as ``wood_mtl``."""
    for name, data in {"a_obj": text, **more}.items():
        stem, _, suffix = name.rpartition("_")
        (folder / f"{stem}.{suffix}").write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder / "a.obj"


def area(pieces) -> float:
    a, b, c = (np.concatenate([piece.vertices[piece.faces[:, k]] for piece in pieces]) for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_relative_numbers_count_from_where_they_stand(tmp_path):
    second = QUAD.replace(" 0\n", " 2\n")
    pieces = read(put(tmp_path, f"{QUAD}f -4 -3 -2 -1\n{second}f -4 -3 -2 -1\n"))
    assert area(pieces) == 8 and np.concatenate([piece.vertices for piece in pieces])[:, 2].max() == 2


@pytest.mark.parametrize("turn", range(5))
def test_a_concave_polygon_has_the_area_that_it_has(turn, tmp_path):
    order = " ".join(str(1 + (k + turn) % 5) for k in range(5))
    pieces = read(put(tmp_path, f"v 0 0 0\nv 4 0 0\nv 4 4 0\nv 2 1 0\nv 0 4 0\nf {order}\n"))
    assert area(pieces) == pytest.approx(10) and len(pieces[0].faces) == 3


@pytest.mark.parametrize("text", [
    QUAD.replace("\n", "\r") + "f 1 2 3 4\r", QUAD.replace("\n", "\r\n") + "f 1 2 3 4", "\ufeff" + QUAD + "f 1 2 3 4",
    QUAD + "f 1 2 3 4 # a face\n", "# rub\u00e9\n" + QUAD + "f 1 2 \\\n 3 4\n", QUAD + "s off\nl 1 2\np 1\nf 1// 2// 3// 4//",
    (QUAD + "f 1 2 3 4 # ") .encode() + b"\xe9\n"])
def test_line_ends_comments_and_marks_are_no_matter(text, tmp_path):
    assert area(read(put(tmp_path, text))) == 4


def test_colors_of_vertices_come_with_and_without_a_material(tmp_path):
    red = "v -1 -1 0 {0} 0 0\nv 1 -1 0 {0} 0 0\nv 1 1 0 {0} 0 0\nv -1 1 0 0 0 {0}\n"
    for one in ("1", "255"):
        for head in ("", "mtllib m.mtl\nusemtl m\n"):
            piece, = read(put(tmp_path, f"{head}{red.format(one)}f 1 2 3 4\n", m_mtl="newmtl m\nKd 1 1 1\n"))
            assert piece.color == (1, 1, 1, 1)
            assert piece.colors.tolist() == [[255, 0, 0]] * 3 + [[0, 0, 255]]


def test_every_library_is_read_whatever_their_names(tmp_path):
    for lines in ("mtllib a.mtl b.mtl\n", "mtllib a.mtl\nmtllib b.mtl\n", "mtllib A.MTL\nmtllib my b.mtl\n"):
        path = put(tmp_path, f"{lines}{QUAD}usemtl blue\nf 1 2 3 4\n", a_mtl="newmtl red\nKd 1 0 0\n",
                   b_mtl="newmtl blue\nKd 0 0 1\n")
        (tmp_path / "my b.mtl").write_bytes((tmp_path / "b.mtl").read_bytes())
        assert read(path)[0].color == (0, 0, 1, 1)


def test_a_material_that_is_in_no_library_is_refused(tmp_path):
    path = put(tmp_path, f"mtllib a.mtl\n{QUAD}usemtl oak\nf 1 2 3 4\n", a_mtl="newmtl red\nKd 1 0 0\n")
    with pytest.raises(ValueError, match=r"^its material oak is not in a\.mtl$"):
        read(path)
    [piece] = read(path, plain=True)
    assert piece.color == (0.75, 0.75, 0.75, 1) and piece.left_out == ("its material oak is not in a.mtl",)


@pytest.mark.parametrize("more, said", [
    ({}, ("a.mtl, which it needs, is missing", "its material m is not in a.mtl")),
    ({"a_mtl": "newmtl m\nmap_Kd wood.png\n"}, ("wood.png, which it needs, is missing",)),
    ({"a_mtl": "newmtl m\nmap_Kd wood.png\n", "wood_png": images.png(quarters())[:60]},
     ("wood.png, which it needs: not a whole picture",))])
def test_what_a_model_does_without_is_said(more, said, tmp_path):
    [piece] = read(put(tmp_path, f"mtllib a.mtl\n{QUAD}{PLACES}usemtl m\n{FACE}", **more), plain=True)
    assert len(piece.left_out) == len(said) and all(map(str.startswith, piece.left_out, said))


BUMPS = np.dstack([np.full((4, 4), level, np.uint8) for level in (100, 140, 250)])
HEIGHTS = np.repeat(np.arange(16, dtype=np.uint8).reshape(4, 4, 1) * 16, 3, 2)


@pytest.mark.parametrize("line, picture, strength, left_out", [
    ("norm n.png", BUMPS, 1.0, ()), ("map_Bump -bm 0.5 n.png", BUMPS, 0.5, ()), ("bump n.png", BUMPS, 1.0, ()),
    ("map_Bump n.png", HEIGHTS, None, ("its map_bump is of heights, not of normals, and is left out",)),
    ("bump -t 1 n.png", BUMPS, None, ("its bump is left out: a texture has turbulence (-t), which is not read",)),
    ("disp n.png", HEIGHTS, None, ("its disp is not read and is left out",))])
def test_a_normal_map_is_kept_under_any_name_and_a_picture_of_heights_is_said(line, picture, strength, left_out, tmp_path):
    [piece] = read(put(tmp_path, f"mtllib a.mtl\n{QUAD}{PLACES}usemtl m\n{FACE}", n_png=images.png(picture),
                       a_mtl=f"newmtl m\n{line}\n"), plain=True, materials=True)
    assert piece.left_out == left_out and (piece.material.normal is None) == (strength is None)
    if strength:
        assert np.array_equal(piece.material.normal, picture) and piece.material.normal_scale == strength


@pytest.mark.parametrize("words, opacity", [("Tr 1.000000", 1), ("d 1\nTr 1", 1), ("Tr 0.75", 0.25), ("d 0.4", 0.4),
                                            ("d -halo 0.5", 0.5), ("Tr 0", 1), ("", 1), ("d much", 1)])
def test_opacity(words, opacity, tmp_path):
    path = put(tmp_path, f"mtllib a.mtl\n{QUAD}usemtl m\nf 1 2 3 4\n", a_mtl=f"newmtl m\nKd 1 0 0\n{words}\n")
    assert read(path)[0].color == (1, 0, 0, opacity)


@pytest.mark.parametrize("said", ["wood.png", "my wood.png", r"textures\wood.png", r"C:\Users\me\wood.png",
                                  "-s 1 1 1 -o 0 0 0 wood.png", "-blendu on -mm 0 1 -bm 0.2 my wood.png", "WOOD.png"])
def test_a_picture_is_found_by_what_its_line_says(said, tmp_path):
    path = put(tmp_path, f"mtllib a.mtl\n{QUAD}{PLACES}usemtl m\n{FACE}", a_mtl=f"newmtl m\nmap_Kd {said}\n")
    (tmp_path / "textures").mkdir()
    for name in ("wood.png", "my wood.png", "textures/wood.png"):
        (tmp_path / name).write_bytes(images.png(quarters()))
    piece, = read(path)
    assert (piece.texture[..., :3] == quarters()[..., :3]).all()
    assert piece.uv.tolist() == [[0, 1], [1, 1], [1, 0], [0, 0]]


def test_the_options_of_a_picture_move_it(tmp_path):
    def placed(options):
        return read(put(tmp_path, f"mtllib a.mtl\n{QUAD}{PLACES}usemtl m\n{FACE}",
                        a_mtl=f"newmtl m\nmap_Kd {options} wood.png\n", wood_png=images.png(quarters())))[0]

    assert placed("-s 2 3 -o 0.5 0.25").uv.tolist() == [[0.5, 0.75], [2.5, 0.75], [2.5, -2.25], [0.5, -2.25]]
    assert placed("-clamp on").wrap == ("clamp", "clamp")
    with pytest.raises(ValueError, match="range is changed"):
        placed("-mm 0.2 0.5")


def test_a_picture_of_opacity_cuts_holes(tmp_path):
    mask = np.zeros((4, 4, 3), np.uint8)
    mask[:2] = 255
    piece, = read(put(tmp_path, f"mtllib a.mtl\n{QUAD}{PLACES}usemtl m\n{FACE}", mask_png=images.png(mask),
                      a_mtl="newmtl m\nKd 1 0 0\nmap_d mask.png\n"))
    assert piece.color == (1, 0, 0, 1) and piece.texture[:, 0, 3].tolist() == [255, 255, 0, 0]


def test_what_glows_glows(tmp_path):
    piece, = read(put(tmp_path, f"mtllib a.mtl\n{QUAD}usemtl m\nf 1 2 3 4\n", a_mtl="newmtl m\nKd 0 0 0\nKe 1 0.5 0\n"))
    assert piece.glow == (1, 0.5, 0)


@pytest.mark.parametrize("line, said", [("f 1 2 x", "line 5: 'x' is no whole number"), ("f 0 1 2", "line 5: 0 of 4 vertices"),
                                        ("f 1 2 -9", "line 5: -9 of 4 vertices"), ("f 1 2 9", "vertex 9 of 4"),
                                        ("f 1/7 2/8 3/9", "vt 9 of 0"), ("v 1 2", "line 5: a vertex needs three"),
                                        ("v 1 2 3,5", "line 5: '3,5' is no number"), ("surf 0 1 0 1 1", "free-form"),
                                        ("l 1 2", "^no faces$")])
def test_what_is_wrong_is_said_with_its_line(line, said, tmp_path):
    with pytest.raises(ValueError, match=said) as error:
        read(put(tmp_path, QUAD + line + "\n"))
    assert "\n" not in str(error.value)
