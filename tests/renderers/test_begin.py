"""What is read from a given picture where shapes begin."""

import torch

from renderers.vector import begin


def test_of_a_picture_that_rises_evenly_the_mean_in_a_triangle_is_that_of_its_middle():
    across = (torch.arange(64) + 0.5) / 64
    down = (torch.arange(48)[:, None] + 0.5) / 48
    picture = torch.stack([across.expand(48, 64), down.expand(48, 64), (across + down) / 2, torch.ones(48, 64)], -1)
    corners = torch.tensor([[[0.1, 0.2], [0.9, 0.3], [0.4, 0.8]], [[0.2, 0.9], [0.3, 0.1], [0.8, 0.6]]])
    x, y = corners.mean(1).unbind(-1)
    want = torch.stack([x, y, (x + y) / 2, torch.ones(2)], -1)
    torch.testing.assert_close(begin.inside(picture, corners), want, atol=1e-5, rtol=0)
