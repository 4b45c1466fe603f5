"""Files of Gaussians and the programs of others: what we write they read, and the other way round."""

import os
import shutil
import subprocess

import numpy as np
import pytest
from clouds import at_random

from dreamgen.reading import splats as reading
from renderers.splats import covariances, opacities, rgb, turned
from tests.dreamgen.test_splat_files import read, written

# ---- readers of others: npm install --global @playcanvas/splat-transform (or SPLAT_TRANSFORM=<path of its command>)

@pytest.fixture(scope="module")
def transform() -> str:
    path = os.environ.get("SPLAT_TRANSFORM") or shutil.which("splat-transform")
    if path is None:
        pytest.skip("the node package @playcanvas/splat-transform is not installed")
    return path


@pytest.mark.parametrize("suffix", ["ply", "splat", "spz"])
def test_playcanvas_reads_the_same_from_our_files(suffix, transform, tmp_path):
    ours = read(written(at_random(), suffix), suffix, tmp_path)[0]
    command = [transform, "-w", str(tmp_path / f"some.{suffix}"), str(tmp_path / "theirs.ply")]
    subprocess.run(command, check=True, capture_output=True)
    theirs, _ = reading.read(tmp_path / "theirs.ply")
    np.testing.assert_allclose(theirs.positions, ours.positions, atol=1e-6)
    np.testing.assert_allclose(theirs.log_scales, ours.log_scales, atol=1e-5)
    np.testing.assert_allclose(opacities(theirs), opacities(ours), atol=1e-5)
    np.testing.assert_allclose(rgb(theirs), rgb(ours), atol=1e-5)
    off = np.abs(covariances(theirs) - covariances(ours)).max((1, 2)) / np.abs(covariances(ours)).max((1, 2))
    assert off.max() < 0.04, off.max()                                  # they take (b - 127.5) / 127.5 for (b - 128) / 128


def test_we_read_the_glb_of_playcanvas(transform, tmp_path):
    (tmp_path / "some.ply").write_bytes(written(at_random(), "ply"))
    subprocess.run([transform, "-w", str(tmp_path / "some.ply"), str(tmp_path / "theirs.glb")], check=True, capture_output=True)
    theirs = turned(reading.read(tmp_path / "theirs.glb")[0], (0.0, 0.0, 1.0, 0.0))     # they turn a PLY about z, not x
    np.testing.assert_allclose(theirs.positions, at_random().positions, atol=1e-6)
    np.testing.assert_allclose(covariances(theirs), covariances(at_random()), atol=1e-6)


def test_we_read_the_spz_of_niantic_s_own_code(transform, tmp_path):
    """splat-transform packs version 4 by nianticlabs/spz, compiled to WebAssembly."""
    pytest.importorskip("zstandard", reason="comes with viser")
    (tmp_path / "some.ply").write_bytes(written(at_random(), "ply"))
    subprocess.run([transform, "-w", str(tmp_path / "some.ply"), str(tmp_path / "theirs.spz")], check=True, capture_output=True)
    assert (tmp_path / "theirs.spz").read_bytes()[:8] == b"NGSP\x04\0\0\0"
    theirs, ours = reading.read(tmp_path / "theirs.spz")[0], read(written(at_random(), "spz"), "spz", tmp_path)[0]
    nearest = np.linalg.norm(theirs.positions[:, None] - ours.positions, axis=-1).argmin(1)        # they sort them
    np.testing.assert_allclose(theirs.positions, ours.positions[nearest], atol=2 ** -12)           # 12 bits, ours has 16
    np.testing.assert_allclose(theirs.log_scales, ours.log_scales[nearest], atol=1e-6)
    np.testing.assert_allclose(opacities(theirs), opacities(ours)[nearest], atol=1.01 / 255)
    np.testing.assert_allclose(rgb(theirs), rgb(ours)[nearest], atol=1.01 / 255)
