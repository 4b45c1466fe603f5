"""What a Render says of itself: over a background, on a device, how far what it shows is."""

from dataclasses import dataclass

import torch

from renderers.scene import Render


@dataclass(frozen=True)
class Own(Render):
    count: int = 0


def render(**more) -> Own:
    opacity = torch.tensor([0.0, 0.5, 1.0]).view(1, 1, 3, 1)
    premultiplied = opacity * torch.tensor([0.8, 0.4, 0.2])
    return Own(premultiplied, opacity, premultiplied, **more)


def test_a_render_over_a_background_shows_it_where_nothing_is():
    seen = render(count=3).over(torch.tensor([0.0, 1.0, 0.5]))
    torch.testing.assert_close(seen.rgb[0, 0], torch.tensor([[0, 1, 0.5], [0.4, 0.7, 0.35], [0.8, 0.4, 0.2]]))
    assert seen.count == 3                                                  # what a kind of scene adds is kept
    assert torch.equal(seen.over(1.0).over(0.0).rgb, render().premultiplied)


def test_a_render_moves_with_all_its_pictures():
    moved = render(depth=torch.ones(1, 1, 3, 1)).over(1.0).to("meta")
    assert {part.device.type for part in (moved.rgb, moved.opacity, moved.premultiplied, moved.depth)} == {"meta"}
    assert moved.normal is None and type(moved) is Render
