"""Files of Gaussians that are damaged, too large or something else: a phrase each, or finite numbers."""

import gzip
import struct
import time

import numpy as np
import pytest
from clouds import at_random
from hypothesis import given, settings
from hypothesis import strategies as st
from solids import box

from dreamgen import formats
from dreamgen.reading import splats as reading
from tests.dreamgen.test_splat_files import NUMBERS, SUFFIXES, ply, read, written


@pytest.mark.parametrize("data, suffix, words", [
    (ply(0), "ply", "no Gaussians"),
    (ply(opacity=""), "ply", "no Gaussians, no opacity"),
    (b"ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 0\n", "ply",
     "no Gaussians: its points have no f_dc_0"),
    (ply(f_rest_0="float"), "ply", "has 1 columns f_rest, want 0, 9, 24, 45 or 72"),
    (ply(header="element chunk 0\nproperty float min_x"), "ply", "compressed PLY"),
    (ply().replace(b"float x", b"list uchar float x"), "ply", "cut short|a list of"),
    (ply().replace(b"float x", b"string x"), "ply", "not understood"),
    (ply()[:-1], "ply", "cut short: 3 of vertex declared, 2 there"),
    (b"", "ply", "no PLY file"), (b"", "splat", "no Gaussians"), (bytes(33), "splat", "cut short: 33 bytes"),
    (struct.pack("<6f8B", 0, 0, 0, 1, -1, 1, *range(8)), "splat", "row 0 has a negative scale"),
    (b"NGSP\x05\0\0\0" + bytes(24), "spz", "SPZ version 5, versions 2 to 4 are read"),
    (b"NGSP", "spz", "cut short within its header"),
    (gzip.compress(struct.pack("<4sIIBBBB", b"NGSP", 9, 1, 0, 12, 0, 0)), "spz", "SPZ version 9"),
    (gzip.compress(struct.pack("<4sIIBBBB", b"NGSP", 3, 5, 0, 12, 0, 0)), "spz",
     "cut short: 100 bytes of Gaussians declared, 0 there"),
    (gzip.compress(b"NGSP"), "spz", "cut short within its header"), (b"", "spz", "cut short"),
    (gzip.compress(bytes(99)), "spz", "does not begin with NGSP"), (b"not gzip at all", "spz", "cannot be read"),
    (formats.write(box(), ["glb"])["asset.glb"], "glb", "no Gaussians: no primitive has KHR_gaussian_splatting"),
    (b"glTF", "glb", "no GLB file"),
], ids=range(22))
def test_what_cannot_be_read_is_said_in_one_phrase(data, suffix, words, tmp_path):
    with pytest.raises(ValueError, match=words) as said:
        read(data, suffix, tmp_path)
    assert "\n" not in str(said.value) and len(str(said.value)) < 250


@pytest.mark.parametrize("data, suffix", [
    (ply(3).replace(b"vertex 3", b"vertex 10000000"), "ply"), (bytes(32 * 4_000_001), "splat"),
    (gzip.compress(struct.pack("<4sIIBBBB", b"NGSP", 3, 10_000_000, 0, 12, 0, 0) + bytes(200_000_000), 1), "spz")],
    ids=["ply", "splat", "spz"])
def test_ten_million_rows_are_refused_at_once(data, suffix, tmp_path):
    (tmp_path / f"large.{suffix}").write_bytes(data)
    began = time.process_time()
    with pytest.raises(ValueError, match=r"[\d,]+ Gaussians, at most 4,000,000 are read"):
        reading.read(tmp_path / f"large.{suffix}")
    assert time.process_time() - began < 2


def test_another_suffix_is_refused_by_name(tmp_path):
    with pytest.raises(ValueError, match=r"not a file of Gaussians; have \.ply, \.splat, \.spz, \.glb"):
        read(b"", "ksplat", tmp_path)


WHOLE = {suffix: written(at_random(20), suffix) for suffix in SUFFIXES}


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(SUFFIXES), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=4), st.floats(0, 1))
def test_a_damaged_file_gives_a_phrase_or_finite_numbers(tmp_path_factory, suffix, flips, end):
    data = bytearray(WHOLE[suffix][:max(int(end * len(WHOLE[suffix])), 1)] if end < 0.7 else WHOLE[suffix])
    for at, value in flips:
        data[min(int(at * len(data)), len(data) - 1)] = value
    try:
        got, _ = read(bytes(data), suffix, tmp_path_factory.getbasetemp())
    except ValueError as error:
        assert "\n" not in str(error)
        return
    assert len(got.positions) and all(np.isfinite(getattr(got, name)).all() for name in NUMBERS)
