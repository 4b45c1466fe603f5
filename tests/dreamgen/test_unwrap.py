"""Charts in a texture: apart from each other, and there in time whatever becomes of the worker."""

import time
from pathlib import Path

import numpy as np
import pytest
import torch
import trimesh

from dreamgen.meshing import unwrap
from dreamgen.meshing.simplify import decimate
from renderers.ops.rasterize import rasterize
from tests.dreamgen.fields import ball, tangle


def overlap_and_gap(atlas: unwrap.Atlas, size: int) -> tuple[float, float]:
    """Share of the triangles' area that others cover, and the least distance in px between texels of two charts."""
    uv, faces = torch.from_numpy(atlas.uv)[None], torch.from_numpy(atlas.faces)
    drawn = rasterize(uv * size, torch.ones_like(uv[..., 0]), faces, (size, size)).face[0].numpy()
    a, b, c = (atlas.uv[atlas.faces] * size).astype(float).transpose(1, 0, 2)
    area = np.abs((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]).sum() / 2
    edges = np.concatenate([atlas.faces[:, :2], atlas.faces[:, 1:]])
    chart = trimesh.graph.connected_component_labels(edges, len(atlas.uv))
    where = np.where(drawn >= 0, chart[atlas.faces[:, 0]][drawn], -1)
    gap = np.inf
    for dy in range(12):
        for dx in range(-12, 13):
            one, other = where[dy:, max(dx, 0):size + min(dx, 0)], where[:size - dy, max(-dx, 0):size - max(dx, 0)]
            if ((one != other) & (one >= 0) & (other >= 0)).any():
                gap = min(gap, np.hypot(dx, dy))
    return 1 - (drawn >= 0).sum() / area, gap


@pytest.mark.parametrize(("method", "seconds"), [("xatlas", 60.0), ("grid", 0.001)])
def test_charts_do_not_overlap_and_are_a_gutter_apart(method, seconds):
    vertices, faces = ball(2)
    atlas = unwrap.unwrap(vertices, faces, 512, seconds=seconds)
    assert atlas.method == method and atlas.gutter >= 8
    assert (atlas.remap[atlas.faces] == faces).all() and atlas.uv.min() >= 0 and atlas.uv.max() <= 1
    overlap, gap = overlap_and_gap(atlas, 512)
    assert abs(overlap) < 0.02 and gap >= 8


def test_the_grids_gutter_narrows_before_its_triangles_vanish():
    _, faces = ball(4)
    atlas = unwrap.unwrap(ball(4)[0], faces, 256, seconds=0.001)
    uv = torch.from_numpy(atlas.uv)[None]
    drawn = rasterize(uv * 256, torch.ones_like(uv[..., 0]), torch.from_numpy(atlas.faces), (256, 256)).face
    assert len(faces) == 5120 and 0 < atlas.gutter < 8 and len(drawn.unique()) > 0.99 * len(faces)


@pytest.mark.parametrize(("worker", "reason"), [("import time\ntime.sleep(60)", "more than 0.5 s"),
                                                ("raise SystemExit('no such wheel')", "no such wheel"),
                                                ("import os\nos.abort()", "exit status"),
                                                ("print('not arrays')", "could not be used")])
def test_an_unwrap_that_hangs_or_dies_or_lies_is_replaced_and_told(worker, reason, tmp_path: Path, monkeypatch):
    (tmp_path / "worker.py").write_text(worker)
    monkeypatch.setattr(unwrap, "WORKER", tmp_path / "worker.py")
    start = time.monotonic()
    atlas = unwrap.unwrap(*ball(1), 128, seconds=0.5 if "sleep" in worker else 20.0)
    assert atlas.method == "grid" and reason in atlas.reason and time.monotonic() - start < 20


def test_a_noisy_tangle_is_unwrapped_within_its_time():
    start = time.monotonic()
    atlas = unwrap.unwrap(*decimate(*tangle(2000, 8000), 4000), 512, seconds=1.0)
    assert len(atlas.faces) > 0 and np.isfinite(atlas.uv).all() and time.monotonic() - start < 10
