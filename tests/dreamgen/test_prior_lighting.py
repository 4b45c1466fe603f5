"""The light of a prior's pictures: the same from the left as from the right, brighter above, dark where it is shut out."""

import numpy as np
import pytest
import torch
from solids import box, sphere

from dreamgen.reading.creased import creased
from dreamgen.training.lighting import DIRECTIONS, KEYS, TOWARDS, Lighting, directions, lit
from dreamgen.training.render import Part, draw, joined

FLIP = np.array([-1.0, 1.0, 1.0])


def part(mesh, color=(0.8, 0.8, 0.8), scale=1.0, move=(0, 0, 0)) -> Part:
    vertices = mesh.vertices * scale + np.array(move)
    return Part(vertices, mesh.faces, color, normals=creased(vertices, mesh.faces))


def mirrored(one: Part) -> Part:
    return Part(one.vertices * FLIP, one.faces, one.color, normals=one.normals * FLIP)


def light(lighting: Lighting, p, normal, away=None) -> torch.Tensor:
    """[N] of a white matte surface at ``p`` that looks along ``normal``, lists of three; seen along it."""
    p, normal = torch.tensor(p), torch.nn.functional.normalize(torch.tensor(normal), dim=-1)
    away = normal if away is None else torch.tensor(away)
    return lit(lighting, torch.full_like(p, 0.5), p, normal, normal, away, torch.zeros(len(p)))[:, 0] / 0.5


def lighting_of(*parts: Part) -> Lighting:
    model = joined(list(parts))
    return Lighting(model.vertices, model.faces)


@pytest.fixture(scope="module")
def ball():
    """A sphere of radius 0.2887, so that its box has diagonal 1."""
    return lighting_of(part(sphere(48, 0.5)))


def test_directions_are_unit_all_around_and_their_own_mirror_image():
    w = directions()
    assert w.shape == (DIRECTIONS + KEYS, 3) and w.dtype == torch.float32
    torch.testing.assert_close(w.norm(dim=-1), torch.ones(len(w)))
    image = w * torch.tensor(FLIP, dtype=torch.float32)
    for group in (slice(DIRECTIONS), slice(DIRECTIONS, None)):
        apart = (image[group][:, None] - w[group]).norm(dim=-1)
        assert (apart.amin(1) < 1e-6).all() and (apart.argmin(1).unique().numel() == len(apart))
    assert (w[:, 0].abs() > 1e-3).all() and w[:DIRECTIONS].mean(0).abs().max() < 0.05
    key = torch.nn.functional.normalize(torch.tensor(TOWARDS), dim=0)
    assert (w[DIRECTIONS:] @ key).min() > 0.97 and torch.equal(w, directions())
    assert (w @ torch.tensor([0.0, 0.0, 1.0])).max() < 0.999                    # the depth maps' cameras have +z up


def test_light_comes_from_above_and_from_the_front(ball):
    r = 0.2887
    ways = [[0.0, 1, 0], [0.0, 0, 1], [1.0, 0, 0], [-1.0, 0, 0], [0.0, 0, -1], [0.0, -1, 0]]
    top, front, right, left, back, below = light(ball, [[r * c for c in way] for way in ways], ways)
    assert top > front > right > below and back > below > 0.3
    assert right == pytest.approx(float(left), abs=1e-3) and front > 1.1 * back


def test_a_point_that_is_shut_in_is_darker_than_a_free_one():
    """On a floor: beside a wall, under a table top, and far from both."""
    floor, wall = part(box((4, 0.1, 4))), part(box((0.1, 1.0, 4)), move=(-1.5, 0.5, 0))
    top = part(box((1.2, 0.1, 1.2)), move=(1.2, 0.25, 0))
    parts = [floor, wall, top]
    model = joined(parts)
    lighting = Lighting(model.vertices, model.faces)
    corners = np.concatenate([p.vertices for p in parts])
    low, high = corners.min(0), corners.max(0)

    def fitted(*point):
        return list(map(float, (np.array(point) - (low + high) / 2) / np.linalg.norm(high - low)))

    up, floor_y = [0.0, 1.0, 0.0], 0.05
    beside, under, free = light(lighting, [fitted(-1.35, floor_y, 0), fitted(1.2, floor_y, 0), fitted(0, floor_y, 1.5)],
                                [up] * 3)
    assert under < 0.6 * free and beside < 0.9 * free


def test_no_surface_shadows_itself(ball):
    """A convex thing sees all of the sky that it faces: its light is that of no model at all."""
    rng = torch.Generator().manual_seed(0)
    normal = torch.nn.functional.normalize(torch.randn(500, 3, generator=rng), dim=-1)
    alone = lighting_of(part(sphere(8, 0.5), scale=1e-3), part(box((1e-3,) * 3), move=(0.5, 0.5, 0.5)))
    far = 0.05 + 0.0 * normal                                           # beside both, in the open
    free = light(alone, far.tolist(), normal.tolist())
    assert ((light(ball, (0.2887 * normal).tolist(), normal.tolist()) - free).abs() < 0.02).float().mean() > 0.97


def crooked() -> list[Part]:
    """A thing that looks alike from no two sides, colored and with shadows of its own."""
    return [part(box((1, 0.4, 0.6)), (0.8, 0.2, 0.2)), part(sphere(24, 0.25), (0.2, 0.7, 0.3), move=(0.35, 0.45, 0.1)),
            part(box((0.1, 0.8, 0.1)), (0.2, 0.3, 0.8), move=(-0.4, 0.5, 0.2)),
            part(box((0.5, 0.06, 0.5)), (0.8, 0.8, 0.2), move=(-0.3, 0.9, 0.1))]


def test_a_mirrored_model_gives_the_mirrored_picture():
    azimuth, elevation = np.radians([0, 35, 110, 180, 250]), np.radians([15, 0, 40, 15, 70])
    pictures = draw(crooked(), azimuth, elevation, 48).astype(int)
    others = draw([mirrored(one) for one in crooked()], -azimuth, elevation, 48).astype(int)[:, :, ::-1]
    apart = np.abs(pictures - others)
    assert apart.mean() < 0.25 and (apart > 24).mean() < 0.002          # a sample that falls on an edge goes either way
    assert np.abs(pictures - pictures[:, :, ::-1]).mean() > 4           # or it would say nothing


def test_a_symmetric_thing_is_lit_alike_from_the_left_and_from_the_right():
    right, left = draw([part(sphere(48, 0.5))], np.radians([60, -60]), np.radians([10, 10]), 48).astype(int)
    assert np.abs(right - left[:, ::-1]).mean() < 0.25


def test_the_light_stands_still_while_the_camera_turns():
    """The top of a box is as bright from every side."""
    images = draw([part(box((1, 0.3, 1)))], np.radians([0, 80, 160, 240, 320]), np.radians([50] * 5), 32)
    top = images[:, 15, 16, 0].astype(int)
    assert np.ptp(top) <= 4


def test_one_light_for_all_views_of_a_call_and_of_others():
    angles = np.radians([0, 77]), np.radians([10, -15])
    together = draw(crooked(), *angles, 24)
    assert all((draw(crooked(), [a], [e], 24)[0] == image).all() for a, e, image in zip(*angles, together, strict=True))
