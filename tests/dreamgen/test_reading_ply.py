"""PLY, OFF and STL files of others: all that the header declares arrives, or a phrase says what did not."""

import struct

import numpy as np
import pytest
from solids import quarters
from test_reading_obj import area

from dreamgen.io import images
from dreamgen.reading import read

SQUARE = "-1 -1 0", "1 -1 0", "1 1 0", "-1 1 0"
INKS = "255 0 0", "255 0 0", "255 0 0", "0 0 255"
WANTED = [[255, 0, 0]] * 3 + [[0, 0, 255]]


def ply(vertex: str, rows, face: str = "property list uchar int vertex_indices", faces=("4 0 1 2 3",), more: str = "",
        count: int | None = None) -> str:
    vertex = "".join(f"property {one}\n" for one in ("float x", "float y", "float z", *filter(None, vertex.split(","))))
    return f"ply\nformat ascii 1.0\n{more}element vertex {len(rows)}\n{vertex}element face {count or len(faces)}\n" \
           f"{face}\nend_header\n" + "\n".join([*rows, *faces]) + "\n"


def given(folder, name: str, data):
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("latin-1"))
    return read(folder / name)


@pytest.mark.parametrize("kind, names, scale", [
    ("uchar", "red green blue", 1), ("uchar", "diffuse_red diffuse_green diffuse_blue", 1), ("ushort", "r g b", 257),
    ("float", "red green blue", 1 / 255), ("float", "red green blue", 1)])
@pytest.mark.parametrize("places", ["", "float s,float t,"])
def test_ply_colors_by_any_name_and_of_any_type(kind, names, scale, places, tmp_path):
    inks = [" ".join(f"{int(word) * scale:g}" for word in ink.split()) for ink in INKS]
    rows = [f"{a} {'0 0 ' if places else ''}{ink}" for a, ink in zip(SQUARE, inks, strict=True)]
    piece, = given(tmp_path, "a.ply", ply(places + ",".join(f"{kind} {name}" for name in names.split()), rows))
    assert piece.colors.tolist() == WANTED and piece.color == (1, 1, 1, 1) and area([piece]) == 4


def test_ply_faces_of_more_than_three_corners_keep_their_own_colors(tmp_path):
    rows = [*SQUARE, "2 -1 0", "4 -1 0", "4 1 0", "2 1 0"]
    piece, = given(tmp_path, "a.ply", ply("", rows, "property list uchar int vertex_index\nproperty uchar red\nproperty "
                                          "uchar green\nproperty uchar blue", ("4 0 1 2 3 255 0 0", "4 4 5 6 7 0 0 255")))
    red = piece.vertices[:, 0] <= 1
    assert area([piece]) == 8 and (piece.colors[red] == [255, 0, 0]).all() and (piece.colors[~red] == [0, 0, 255]).all()


def test_a_concave_polygon_has_the_area_that_it_has(tmp_path):
    dent = "0 0 0", "4 0 0", "4 4 0", "2 1 0", "0 4 0"
    assert area(given(tmp_path, "a.ply", ply("", dent, faces=["5 0 1 2 3 4"]))) == 10
    assert area(given(tmp_path, "a.off", "OFF\n5 1 0\n" + "\n".join(dent) + "\n5 0 1 2 3 4\n")) == 10


def test_ply_strips_begin_anew_after_a_minus_one(tmp_path):
    text = ply("", ["-1 -1 0", "1 -1 0", "-1 1 0", "1 1 0"], "property list int int vertex_indices", ["8 0 1 2 3 -1 0 1 2"])
    piece, = given(tmp_path, "a.ply", text.replace("element face", "element tristrips"))
    assert len(piece.faces) == 3
    a, b, c = (piece.vertices[piece.faces[:, k]] for k in range(3))
    assert (np.cross(b - a, c - a)[:, 2] > 0).all()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("mixed", [False, True])
def test_ply_in_bytes_of_either_order(order, mixed, tmp_path):
    name = {"<": "binary_little_endian", ">": "binary_big_endian"}[order]
    head = f"ply\nformat {name} 1.0\nelement vertex 5\nproperty float x\nproperty float y\nproperty double z\n" \
           f"element face 2\nproperty uchar flags\nproperty list uchar int vertex_indices\nproperty short q\nend_header\n"
    body = b"".join(struct.pack(f"{order}ffd", *row) for row in
                    [(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0), (0, 2, 0)])
    last = (3, 3, 2, 4) if mixed else (4, 0, 1, 2, 3)
    for face in ((4, 0, 1, 2, 3), last):
        body += struct.pack(f"{order}BB{face[0]}ih", 7, *face, -2)
    pieces = given(tmp_path, "a.ply", head.encode() + body)
    assert area(pieces) == (5 if mixed else 8)
    for cut in (1, 5, 20, 40):
        with pytest.raises(ValueError, match="cannot be read .cut short: . of (face|vertex) declared, . there"):
            given(tmp_path, "a.ply", head.encode() + body[:-cut])


@pytest.mark.parametrize("corners", [False, True])
def test_ply_has_the_picture_that_its_comment_names(corners, tmp_path):
    (tmp_path / "my wood.png").write_bytes(images.png(quarters()))
    more = "comment TextureFile my wood.png\n"
    if corners:
        text = ply("", SQUARE, "property list uchar int vertex_indices\nproperty list uchar float texcoord",
                   ["4 0 1 2 3 8 0 0 1 0 1 1 0 1"], more)
    else:
        text = ply("float s,float t", [f"{a} {b}" for a, b in zip(SQUARE, ("0 0", "1 0", "1 1", "0 1"), strict=True)], more=more)
    piece, = given(tmp_path, "a.ply", text)
    assert piece.uv.tolist() == [[0, 1], [1, 1], [1, 0], [0, 0]] and piece.texture.shape[2] == 4
    (tmp_path / "my wood.png").unlink()
    with pytest.raises(ValueError, match="^my wood.png, which it needs, is missing$"):
        read(tmp_path / "a.ply")


@pytest.mark.parametrize("text, said", [
    (ply("", SQUARE, faces=["3 0 1 2"], count=4), "cut short: 4 of face declared, 1 there"),
    (ply("", SQUARE[:2]).replace("vertex 2", "vertex 9"), "cut short: 9 of vertex declared"),
    (ply("", SQUARE, faces=["3 0 1 7"]), "number 7 of 4 vertices"),
    (ply("float f_dc_0", [row + " 0" for row in SQUARE], faces=[]), "^no faces: it is a cloud of Gaussians"),
    (ply("", SQUARE, faces=[]), "^no faces: it is a cloud of points"),
    (ply("", SQUARE, face="property list uchar int corners"), "have no vertex_indices; they have corners"),
    (ply("", ["a b c", *SQUARE]), "'a' is no number"), ("ply\nformat ascii 1.0\n", "its header is cut short")])
def test_ply_that_does_not_hold_what_it_declares(text, said, tmp_path):
    with pytest.raises(ValueError, match=said):
        given(tmp_path, "a.ply", text)


@pytest.mark.parametrize("head, rows, faces", [
    ("COFF\n4 1 0", [f"{a} {b} 255" for a, b in zip(SQUARE, INKS, strict=True)], ["4 0 1 2 3"]),
    ("COFF\n4 1 0", [f"{a} {b}" for a, b in zip(SQUARE, ("1.0 0 0", "1.0 0 0", "1.0 0 0", "0 0 1.0"), strict=True)],
     ["4 0 1 2 3"]),
    ("CNOFF 4 1 0", [f"{a} 0 0 1 {b} 255" for a, b in zip(SQUARE, INKS, strict=True)], ["4 0 1 2 3"]),
    ("OFF # colors by face\n4 2 0", SQUARE, ["3 0 1 2 255 0 0", "3 0 2 3 255 0 0 255"]),
    ("OFF4 2 5", SQUARE, ["3 0 1 2 1.0 0 0", "3 0 2 3 1.0 0.0 0.0 1"])])
def test_off_has_its_colors(head, rows, faces, tmp_path):
    piece, = given(tmp_path, "a.off", "\n".join([head, *rows, *faces]))
    assert area([piece]) == 4 and piece.colors[0].tolist() == [255, 0, 0]
    assert piece.colors.tolist() == (WANTED if "C" in head else [[255, 0, 0]] * 6)


@pytest.mark.parametrize("text, said", [
    ("OFF\n4 2 0\n" + "\n".join(SQUARE) + "\n3 0 1 2", "cut short: 4 vertices and 2 faces declared"),
    ("OFF\n4 1 0\n" + "\n".join(f"{row} 255 0 0" for row in SQUARE) + "\n3 0 1 2", "which is not what OFF declares"),
    ("4OFF\n1 0 0\n1 1 1 1", "is 4OFF, of which"), ("OFF BINARY\n", "is OFF BINARY"), ("solid", "does not begin with OFF"),
    ("OFF\n4 1 0\n" + "\n".join(SQUARE) + "\n3 0 1 9", "number 9 of 4")])
def test_off_that_does_not_hold_what_it_declares(text, said, tmp_path):
    with pytest.raises(ValueError, match=said):
        given(tmp_path, "a.off", text)


TRIANGLE = "facet normal 0 0 1\nouter loop\nvertex -1 -1 0\nvertex 1 -1 0\nvertex 1 1 0\nendloop\nendfacet\n"


def stl(bits, head: bytes = b"", declared: int | None = None) -> bytes:
    facets = b"".join(struct.pack("<12fH", 0, 0, 1, -1, -1, k, 1, -1, k, 1, 1, k, one) for k, one in enumerate(bits))
    return head.ljust(80, b" ") + struct.pack("<I", len(bits) if declared is None else declared) + facets


@pytest.mark.parametrize("data, wanted", [
    (f"solid a\n{TRIANGLE}{TRIANGLE}endsolid a\n", 4), (f"SOLID\r{TRIANGLE.upper()}ENDSOLID".replace("\n", "\r"), 2),
    (stl([0, 0]), 4), (stl([0, 0, 0], b"solid exported by something"), 6)])
def test_stl_in_words_and_in_bytes(data, wanted, tmp_path):
    pieces = given(tmp_path, "a.stl", data)
    assert area(pieces) == wanted and pieces[0].colors is None


def test_stl_has_the_colors_of_viscam_and_of_magics(tmp_path):
    piece, = given(tmp_path, "a.stl", stl([0x8000 | 31 << 10, 0x8000 | 31, 0]))
    assert piece.colors[::3].tolist() == [[255, 0, 0], [0, 0, 255], [191, 191, 191]]
    piece, = given(tmp_path, "a.stl", stl([31, 31 << 10, 0x8000], b"COLOR=\x0a\x14\x1e\xff"))
    assert piece.colors[::3].tolist() == [[255, 0, 0], [0, 0, 255], [10, 20, 30]]


@pytest.mark.parametrize("data, said", [
    (stl([0, 0], declared=20), "cut short: 20 faces declared, 2 there"), (b"solid", "no STL file, or cut short"),
    (f"solid a\n{TRIANGLE}", "cut short: no endsolid after 1 faces"), (stl([]), "^no faces$"),
    (f"solid a\n{TRIANGLE.replace('1 1 0', '1,5 1 0')}endsolid", "'1,5' is no number"),
    (f"solid a\n{TRIANGLE.replace('vertex 1 1 0', '')}endsolid", "1 faces need 9 numbers, 6 are there")])
def test_stl_that_does_not_hold_what_it_declares(data, said, tmp_path):
    with pytest.raises(ValueError, match=said):
        given(tmp_path, "a.stl", data)
