r"""Light against its closed form: c = albedo (0.1 + 0.9 max(0, n . l)), and a light that shines from where one looks."""

import pytest
import torch
from torch.nn.functional import normalize

from renderers.camera import ring
from renderers.shading import lambert, random_light

X, Y, Z = torch.eye(3)


@pytest.mark.parametrize("normal, light, share", [(X, 5 * X, 1.0), (X, -X, 0.1), (X, Y, 0.1), (X, X + Y, 0.1 + 0.9 * 0.5**0.5),
                                                  (Z, 0.1 * Z, 1.0)])
def test_a_surface_is_as_bright_as_it_faces_the_light(normal, light, share):
    albedo = torch.tensor([[0.2, 0.4, 0.8]])
    torch.testing.assert_close(lambert(albedo, normal[None], light[None]), share * albedo)


def test_the_light_stands_around_the_camera_not_behind_the_object():
    camera = ring(4, (4, 4)).to("cpu")
    rng = torch.Generator().manual_seed(0)
    lights = torch.stack([random_light(camera, rng) for _ in range(400)])              # [400, 4, 3]
    towards = normalize(camera.position, dim=-1)
    along = (normalize(lights, dim=-1) * towards).sum(-1)
    assert (along.mean(0) > 0.55).all() and (along > 0).float().mean() > 0.85
    assert along.std() > 0.2                                                            # it moves from step to step


def test_its_distance_is_between_eight_and_fifteen_tenths():
    rng = torch.Generator().manual_seed(0)
    distance = torch.cat([random_light(ring(4, (4, 4)), rng).norm(dim=-1) for _ in range(200)])
    assert 0.8 <= distance.min() < 0.82 and 1.48 < distance.max() <= 1.5 + 1e-5
    assert abs(distance.mean() - 1.15) < 0.03
