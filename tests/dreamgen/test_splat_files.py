"""Files of Gaussians: what is written is what the formats say, and comes back; damaged and foreign ones are named."""

import gzip
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from clouds import at_random, ball
from solids import box

from dreamgen import formats
from dreamgen.errors import ConfigError
from dreamgen.formats import _glb_splats
from dreamgen.reading import splats as reading
from dreamgen.reading.splats import gltf, spz
from renderers.assets import Splats
from renderers.splats import Y0, covariances, filtered, logits, opacities, rgb, rotations

NUMBERS = ("positions", "log_scales", "quaternions", "opacity_logits", "colors")
SUFFIXES = ("ply", "glb", "splat", "spz")
#             positions, log scales, share of the largest covariance, opacity, color
TOLERANCE = {"ply": (0, 0, 1e-6, 1e-6, 1e-6), "glb": (0, 1e-6, 1e-6, 1e-6, 1e-6),
             "splat": (0, 1e-6, 0.03, 0.5 / 255, 0.5 / 255), "spz": (2 ** -17, 1 / 32, 0.08, 0.5 / 255, 1 / 255)}


def written(splats: Splats, suffix: str) -> bytes:
    return formats.write(splats, [suffix])[f"asset.{suffix}"]


def read(data: bytes, suffix: str, folder: Path) -> tuple[Splats, list[str]]:
    (folder / f"some.{suffix}").write_bytes(data)
    return reading.read(folder / f"some.{suffix}")


def ply(rows: int = 3, header: str = "", kind: str = "binary_little_endian", **changed: str) -> bytes:
    """A PLY whose columns have the types of ``changed``, float where it says nothing, left out where it says ""."""
    names = ["x", "y", "z", "f_dc_0", "f_dc_1", "f_dc_2", "opacity", "scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2",
             "rot_3", *(name for name in changed if name.startswith(("f_rest", "n")) or name == "age")]
    types = {"float": "f4", "double": "f8", "uchar": "u1", "int": "i4"}
    have = {name: changed.get(name, "float") for name in names if changed.get(name, "float")}
    table = np.zeros(rows, [(name, "<" + types[word]) for name, word in have.items()])
    for k, name in enumerate(have):
        table[name] = k
    lines = ["ply", f"format {kind} 1.0", *filter(None, [header]), f"element vertex {rows}",
             *(f"property {word} {name}" for name, word in have.items()), "end_header", ""]
    body = table.tobytes() if kind != "ascii" else "\n".join(" ".join(map(str, row)) for row in table.tolist()).encode()
    return "\n".join(lines).encode() + body


# ---- what is written

@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_comes_back_as_it_was_written(suffix, tmp_path):
    want = at_random()
    got, notes = read(written(want, suffix), suffix, tmp_path)
    if suffix == "splat":                                               # the largest first
        order = np.argsort(-opacities(want) * np.exp(want.log_scales.sum(1, dtype=np.float64)), kind="stable")
        want = Splats(*(getattr(want, name)[order] for name in NUMBERS))
    far, scale, share, opacity, color = TOLERANCE[suffix]
    assert notes == [] and len(got.positions) == 100
    np.testing.assert_allclose(got.positions, want.positions, atol=far)
    np.testing.assert_allclose(got.log_scales, want.log_scales, atol=scale + 1e-7)
    np.testing.assert_allclose(opacities(got), opacities(want), atol=opacity + 1e-7)
    np.testing.assert_allclose(rgb(got), rgb(want), atol=color + 1e-7)
    off = np.abs(covariances(got) - covariances(want)).max((1, 2)) / np.abs(covariances(want)).max((1, 2))
    assert off.max() <= share, off.max()
    np.testing.assert_allclose(np.linalg.norm(got.quaternions, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_gaussians_give_the_same_bytes_and_the_filter_is_in_them(suffix, tmp_path):
    assert written(ball(50), suffix) == written(ball(50), suffix)
    np.testing.assert_allclose(np.sort(read(written(ball(50), suffix), suffix, tmp_path)[0].log_scales.ravel()),
                               np.sort(filtered(ball(50)).log_scales.ravel()), atol=1 / 32 + 1e-6)


def test_a_ply_has_the_columns_and_the_axes_that_viewers_expect():
    one = Splats(np.float32([[1, 2, 3]]), np.log(np.float32([[1, 2, 4]])), np.float32([[1, 0, 0, 0]]),
                 np.float32([0.5]), np.float32([[0.1, 0.2, 0.3]]))
    header, _, body = written(one, "ply").partition(b"end_header\n")
    names = [line.split()[2] for line in header.decode().splitlines() if line.startswith("property float ")]
    assert names == ["x", "y", "z", "f_dc_0", "f_dc_1", "f_dc_2", "opacity", "scale_0", "scale_1", "scale_2",
                     "rot_0", "rot_1", "rot_2", "rot_3"] and b"comment SplatRenderMode: mip\n" in header
    np.testing.assert_allclose(np.frombuffer(body, "<f4"), [1, -2, -3, 0.1, 0.2, 0.3, 0.5, 0, np.log(2), np.log(4), 0, 1, 0, 0],
                               atol=1e-6)


def test_a_splat_has_rows_of_32_bytes_and_no_overflow():
    one = Splats(np.float32([[1, 2, 3]]), np.log(np.float32([[1, 2, 4]])), np.float32([[0, -1, 0, 0]]),
                 logits(np.array([0.5])), np.float32([[0, 9, -9]]))
    data = written(one, "splat")
    assert struct.unpack("<6f", data[:24]) == pytest.approx((1, -2, -3, 1, 2, 4))
    assert list(data[24:]) == [128, 255, 0, 128, 255, 128, 128, 128]          # 128 q + 128 of w = 1 would be 256


def test_an_spz_has_the_layout_of_niantic():
    one = Splats(np.float32([[0.5, -0.25, 0]]), np.float32([[-10, 0, -1]]), np.float32([[1, 0, 0, 0]]), logits(np.array([0.2])),
                 np.float32([[0, 1, -1]]))
    data = gzip.decompress(written(one, "spz"))
    assert struct.unpack("<4sIIBBBB", data[:16]) == (b"NGSP", 3, 1, 0, 16, 1, 0)
    assert data[16:25] == (32768).to_bytes(3, "little") + (-16384).to_bytes(3, "little", signed=True) + bytes(3)
    assert list(data[25:32]) == [51, 128, 166, 89, 0, 160, 144] and data[32:] == (3 << 30).to_bytes(4, "little")


@pytest.mark.parametrize("farthest, fraction", [(100, 16), (1000, 13), (5e6, 0)])
def test_an_spz_of_something_large_has_fewer_bits_behind_the_point(farthest, fraction, tmp_path):
    large = replace(at_random(), positions=at_random().positions * np.float32(2 * farthest))
    data = written(large, "spz")
    assert gzip.decompress(data)[13] == fraction
    np.testing.assert_allclose(read(data, "spz", tmp_path)[0].positions, large.positions, atol=0.51 * 2.0 ** -fraction, rtol=1e-6)


def test_a_glb_says_what_the_extension_asks_for():
    tree, binary = _glb_splats.unpacked(written(at_random(), "glb"))
    primitive = tree["meshes"][0]["primitives"][0]
    assert primitive["mode"] == 0 and tree["extensionsUsed"] == ["KHR_gaussian_splatting"]
    assert primitive["extensions"]["KHR_gaussian_splatting"] == {
        "kernel": "ellipse", "colorSpace": "srgb_rec709_display", "projection": "perspective", "sortingMethod": "cameraDistance"}
    accessors = {name: tree["accessors"][k] for name, k in primitive["attributes"].items()}
    types = {name: (accessor["type"], accessor["componentType"]) for name, accessor in accessors.items()}
    assert types == {"POSITION": ("VEC3", 5126), "COLOR_0": ("VEC4", 5123), "KHR_gaussian_splatting:ROTATION": ("VEC4", 5126),
                     "KHR_gaussian_splatting:SCALE": ("VEC3", 5126), "KHR_gaussian_splatting:OPACITY": ("SCALAR", 5126),
                     "KHR_gaussian_splatting:SH_DEGREE_0_COEF_0": ("VEC3", 5126)}
    assert all(view["byteOffset"] % 4 == 0 for view in tree["bufferViews"]) and tree["buffers"][0]["byteLength"] == len(binary)
    position = tree["accessors"][primitive["attributes"]["POSITION"]]
    np.testing.assert_allclose((position["min"], position["max"]), (at_random().positions.min(0), at_random().positions.max(0)))


def test_a_glb_without_the_extension_shows_points_in_linear_light():
    half = np.full((1, 3), (0.735357 - 0.5) / Y0, np.float32)
    gray = replace(at_random(1), colors=half, opacity_logits=np.zeros(1, np.float32))
    tree, binary = _glb_splats.unpacked(written(gray, "glb"))
    view = tree["bufferViews"][tree["meshes"][0]["primitives"][0]["attributes"]["COLOR_0"]]
    color = np.frombuffer(binary, "<u2", 4, view["byteOffset"]) / 65535
    np.testing.assert_allclose(color, [0.5, 0.5, 0.5, 0.5], atol=1e-4)


@pytest.mark.parametrize("broken, words", [
    (dict(positions=np.zeros((0, 3), np.float32)), "there are no Gaussians"),
    (dict(colors=np.zeros((7, 3), np.float32)), r"colors is \[7, 3\], want \[100, 3\]"),
    (dict(opacity_logits=np.full(100, np.nan, np.float32)), "100 rows that are not finite, the first is row 0"),
    (dict(quaternions=np.zeros((100, 4), np.float32)), "unit length, row 0 has 0"),
    (dict(pixel=-1.0), "pixel is -1.0")])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_broken_gaussians_are_not_written(suffix, broken, words):
    with pytest.raises(ValueError, match=f"{suffix}: .*{words}"):
        written(replace(at_random(), **broken), suffix)


def test_what_is_too_far_for_an_spz_is_said():
    with pytest.raises(ValueError, match=r"spz: a Gaussian is 2e\+07 m from the origin"):
        written(replace(at_random(), positions=np.full((100, 3), 2e7, np.float32)), "spz")


def test_a_drawing_s_format_is_refused_by_name():
    with pytest.raises(ConfigError, match="svg: writes a Drawing, got a Splats; for a Splats have glb, ply, splat, spz"):
        formats.write(at_random(), ["svg"])


# ---- what is read

def test_a_node_s_matrix_moves_turns_and_stretches(tmp_path):
    M = np.array([[2, 0.3, 0, 1], [0, -1, 0.5, 2], [0.1, 0, 3, 3], [0, 0, 0, 1]])
    tree, binary = _glb_splats.unpacked(written(at_random(), "glb"))
    tree["nodes"][0]["matrix"] = M.T.ravel().tolist()
    got, _ = read(_glb_splats.packed(tree, binary), "glb", tmp_path)
    np.testing.assert_allclose(got.positions, at_random().positions @ M[:3, :3].T + M[:3, 3], atol=1e-5)
    np.testing.assert_allclose(covariances(got), M[:3, :3] @ covariances(at_random()) @ M[:3, :3].T, rtol=1e-3, atol=1e-6)


def test_rotations_become_quaternions_of_every_kind():
    q = np.concatenate([at_random(500).quaternions, np.eye(4), -np.eye(4)])
    back = gltf.quaternions(rotations(q))
    np.testing.assert_allclose(np.abs((back * q).sum(1)), 1, atol=1e-6)


def test_a_mesh_may_stand_beside_the_gaussians(tmp_path):
    data = written(replace(at_random(), surface=box()), "glb")
    got, notes = read(data, "glb", tmp_path)
    assert len(got.positions) == 100 and notes == ["a mesh beside the Gaussians is left out"]
    from dreamgen.reading import read as models
    piece, = models(tmp_path / "some.glb")
    np.testing.assert_allclose(piece.vertices[piece.faces].mean((0, 1)), 0, atol=1e-6)
    assert len(piece.faces) == 12 and piece.texture is not None


def test_linear_colors_are_encoded_and_drafts_refused(tmp_path):
    tree, binary = _glb_splats.unpacked(written(replace(at_random(1), colors=np.zeros((1, 3), np.float32)), "glb"))
    about = tree["meshes"][0]["primitives"][0]["extensions"]["KHR_gaussian_splatting"]
    about["colorSpace"] = "lin_rec709_display"
    got, notes = read(_glb_splats.packed(tree, binary), "glb", tmp_path)
    np.testing.assert_allclose(rgb(got), 0.735357, atol=1e-5)
    assert "linear colors" in notes[0]
    about["kernel"] = "triangle"
    with pytest.raises(ValueError, match="kernel 'triangle'"):
        read(_glb_splats.packed(tree, binary), "glb", tmp_path)
    about["kernel"], view = "ellipse", tree["bufferViews"][3]
    draft = binary[:view["byteOffset"]] + struct.pack("<3f", -3, -2, -1) + binary[view["byteOffset"] + 12:]
    with pytest.raises(ValueError, match="negative scales: logarithms"):
        read(_glb_splats.packed(tree, draft), "glb", tmp_path)


def test_an_extension_that_is_required_and_not_known_is_named(tmp_path):
    tree, binary = _glb_splats.unpacked(written(at_random(), "glb"))
    tree["extensionsRequired"] = ["KHR_gaussian_splatting", "KHR_gaussian_splatting_compression_spz_2"]
    with pytest.raises(ValueError, match="needs KHR_gaussian_splatting_compression_spz_2, which is not read"):
        read(_glb_splats.packed(tree, binary), "glb", tmp_path)


def test_harmonics_and_unknown_columns_are_reported(tmp_path):
    many = {f"f_rest_{k}": "float" for k in range(45)}
    got, notes = read(ply(age="int", nx="float", **many), "ply", tmp_path)
    assert len(got.positions) == 3
    assert notes == ["spherical harmonics of degrees 1 to 3 are dropped: the color is the same from every side", "not used: age"]
    lens = ply().replace(b"end_header", b"element lens 1\nproperty float focus\nend_header") + b"\0" * 4
    assert read(lens, "ply", tmp_path)[1] == ["not used: element lens"]
    assert read(ply(**dict(list(many.items())[:9])), "ply", tmp_path)[1][0].startswith("spherical harmonics of degree 1 are")


@pytest.mark.parametrize("kind", ["ascii", "binary_little_endian"])
def test_other_types_and_text_are_read_too(kind, tmp_path):
    got, notes = read(ply(kind=kind, x="double", opacity="int", rot_0="uchar"), "ply", tmp_path)
    np.testing.assert_allclose(got.positions[0], [0, -1, -2])
    assert notes == [] and got.positions.dtype == np.float32 and got.opacity_logits[0] == 6


def test_a_file_of_disks_gets_a_third_axis_without_thickness(tmp_path):
    got, notes = read(ply(scale_2=""), "ply", tmp_path)
    assert notes == ["no scale_2: its Gaussians are flat"] and (got.log_scales[:, 2] == -16).all()


def test_spz_of_version_2_is_read(tmp_path):
    q = np.array([0.5, 0.5, -0.5, 0.5])                                 # x y z w
    body = struct.pack("<4sIIBBBB", b"NGSP", 2, 1, 1, 12, 0, 0) + (4096).to_bytes(3, "little") + bytes(6)
    body += bytes([255, 128, 128, 128, 160, 160, 160]) + bytes(np.rint(127.5 * q[:3] + 127.5).astype(np.uint8)) + bytes(9)
    got, notes = read(gzip.compress(body), "spz", tmp_path)
    np.testing.assert_allclose(got.positions, [[1, 0, 0]])
    np.testing.assert_allclose(got.quaternions, [[0.5, 0.5, 0.5, -0.5]] * np.float32([1, 1, 1, 1]), atol=0.01)
    assert got.log_scales.tolist() == [[0, 0, 0]] and got.opacity_logits[0] == pytest.approx(16, abs=0.2)
    assert notes == ["spherical harmonics of degree 1 are dropped: the color is the same from every side", spz.PLAIN]


def test_an_spz_says_whether_its_gaussians_were_optimized_as_a_run_draws_them(tmp_path):
    ours = gzip.decompress(written(at_random(), "spz"))
    assert ours[14] & spz.ANTIALIASED and read(gzip.compress(ours), "spz", tmp_path)[1] == []
    theirs = ours[:14] + bytes([ours[14] & ~spz.ANTIALIASED]) + ours[15:]
    got, notes = read(gzip.compress(theirs), "spz", tmp_path)
    assert notes == [spz.PLAIN] and len(got.positions) == 100


def test_spz_of_version_4_has_the_numbers_of_version_3(tmp_path, monkeypatch):
    zstandard = pytest.importorskip("zstandard", reason="comes with viser")
    three = gzip.decompress(written(at_random(), "spz"))
    header, parts, at = three[:16], [], 16
    for width in (9, 1, 3, 3, 4):
        parts.append(three[at:at + 100 * width])
        at += 100 * width
    streams = [zstandard.compress(part) for part in [*parts, bytes(900)]]
    sizes = zip(map(len, streams), map(len, [*parts, bytes(900)]), strict=True)
    table = b"".join(struct.pack("<QQ", *pair) for pair in sizes)
    four = b"NGSP" + struct.pack("<IIBBBBI", 4, 100, 1, header[13], 1, 6, 40) + bytes(12) + bytes(8) + table + b"".join(streams)
    got, notes = read(four, "spz", tmp_path)
    want, _ = read(gzip.compress(three), "spz", tmp_path)
    assert all((getattr(got, name) == getattr(want, name)).all() for name in NUMBERS) and "degree 1" in notes[0]
    with pytest.raises(ValueError, match="cut short|zstd|decompress"):
        read(four[:300], "spz", tmp_path)
    monkeypatch.setattr(spz, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="version 4, which needs zstandard: `pip install zstandard`"):
        read(four, "spz", tmp_path)


def test_rows_that_are_no_numbers_are_left_out_and_counted(tmp_path):
    rows = np.frombuffer(written(at_random(), "ply").partition(b"end_header\n")[2], "<f4").reshape(100, 14).copy()
    head = written(at_random(), "ply").partition(b"end_header\n")[0] + b"end_header\n"
    rows[3, 1], rows[10, 12], rows[11, 10:] = np.nan, np.inf, 0
    rows[20, 6], rows[21, 7] = np.inf, -np.inf                          # opacity 1, scale 0: they have a meaning
    got, notes = read(head + rows.tobytes(), "ply", tmp_path)
    assert notes == ["3 of 100 Gaussians are not finite or have no rotation, and are left out"] and len(got.positions) == 97
    assert all(np.isfinite(getattr(got, name)).all() for name in NUMBERS)
    with pytest.raises(ValueError, match="none of its 100 Gaussians has finite numbers"):
        read(head + np.full_like(rows, np.nan).tobytes(), "ply", tmp_path)
