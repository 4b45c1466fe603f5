"""What the files of Gaussians show: the run's pictures again, without holes where a screen has finer pixels than the run."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from clouds import at_random, ball, pixel

from dreamgen import formats
from dreamgen.export.splats import draw, pooled
from dreamgen.reading import splats as reading
from renderers.camera import ring
from renderers.splats import filtered

EDGE = 64                   # pixels of the run that the Gaussians are from
SIDES = ring(2, (EDGE, EDGE))


@pytest.mark.parametrize("suffix", ["ply", "glb", "splat", "spz"])
def test_a_file_read_back_shows_the_same_picture(suffix, tmp_path):
    path = tmp_path / f"asset.{suffix}"
    path.write_bytes(formats.write(ball(), [suffix])[path.name])
    got, want = (draw(one, SIDES).rgb for one in (reading.read(path)[0], filtered(ball())))
    assert float((got - want).abs().mean()) * 255 <= 0.5
    red, green = got[0, EDGE // 2, -EDGE // 3 + 5], got[0, EDGE // 3 - 5, EDGE // 2]        # right of the middle, above it
    assert red[0] > red[1] + 0.1 and green[1] > green[0] + 0.1, "the axes are not where they were"


@pytest.mark.parametrize("cloud, limit", [(ball(), 2.2), (ball(500), 2), (at_random(300, pixel=pixel(EDGE)), 2)],
                         ids=["fine", "coarse", "all sizes"])
def test_a_fine_picture_of_the_file_averages_to_the_run_s(cloud, limit):
    run = draw(cloud, SIDES, antialiased=True).premultiplied
    assert float((pooled(filtered(cloud), SIDES, 8) - run).abs().mean()) * 255 <= limit


def test_the_filter_closes_what_the_run_could_not_see():
    """Gaussians of a quarter of a pixel, a pixel apart: even in the run, a sieve sixteen times finer; both ends are tested."""
    sieve = ball(8000, edge=EDGE)
    sieve = replace(sieve, log_scales=(sieve.log_scales - np.log(2)).astype(np.float32))
    view = SIDES[:1].resized((8 * EDGE, 8 * EDGE))
    middle = slice(3 * EDGE, 5 * EDGE)
    holes = draw(sieve, view).opacity[0, middle, middle]
    closed = draw(filtered(sieve), view).opacity[0, middle, middle]
    run = draw(sieve, SIDES[:1], antialiased=True).opacity[0, 24:40, 24:40]
    assert float(run.std()) < 0.02 and float(holes.std()) > 0.1 and float(closed.std()) < 0.02
    assert abs(float(closed.mean() - run.mean())) < 0.1


def test_nothing_is_widened_where_the_pixel_is_not_known():
    assert torch.equal(draw(filtered(at_random()), SIDES).rgb, draw(at_random(), SIDES).rgb)
