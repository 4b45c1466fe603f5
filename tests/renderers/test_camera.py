"""Cameras: rays and projections undo each other, and the world's axes are where CONVENTIONS.md says."""

from math import radians

import pytest
import torch

from renderers.camera import Camera, orbit, project, rays, ring


def at(azimuth_deg, elevation_deg=0.0, size=(8, 6)):
    one = torch.ones(1)
    return orbit(one * radians(azimuth_deg), one * radians(elevation_deg), 2 * one, one * radians(40), size)


def test_a_point_along_a_pixels_ray_projects_onto_that_pixel():
    camera = at(33, 21)
    origins, directions = rays(camera)
    pixels, depth = project(camera, (origins + 1.7 * directions)[0].reshape(-1, 3))
    v, u = torch.meshgrid(torch.arange(8) + 0.5, torch.arange(6) + 0.5, indexing="ij")
    torch.testing.assert_close(pixels[0], torch.stack([u, v], -1).view(-1, 2), atol=1e-4, rtol=0)
    assert (depth > 0).all()


@pytest.mark.parametrize(("azimuth", "position"), [(0, (0, 0, 2)), (90, (2, 0, 0)), (180, (0, 0, -2)), (270, (-2, 0, 0))])
def test_azimuth_goes_from_the_front_to_the_side_of_plus_x(azimuth, position):
    torch.testing.assert_close(at(azimuth).position[0], torch.tensor(position, dtype=torch.float32), atol=1e-6, rtol=0)


def test_up_is_up_and_right_is_right_from_the_front():
    pixels, _ = project(at(0, size=(10, 10)), torch.tensor([[0.0, 0.3, 0.0], [0.3, 0.0, 0.0]]))
    (above, right) = pixels[0]
    assert above[1] < 5 and above[0] == pytest.approx(5, abs=1e-4)
    assert right[0] > 5 and right[1] == pytest.approx(5, abs=1e-4)


def test_rotations_are_rotations():
    R = ring(7, (4, 4), elevation_deg=50).c2w[:, :3, :3]
    torch.testing.assert_close(R @ R.mT, torch.eye(3).expand_as(R), atol=1e-5, rtol=0)
    torch.testing.assert_close(torch.linalg.det(R), torch.ones(7), atol=1e-5, rtol=0)


def test_a_camera_of_the_wrong_shape_is_one_line():
    with pytest.raises(ValueError, match=r"Camera: fov_y is \[2\], want \[B=1\]"):
        Camera(torch.eye(4)[None], torch.ones(2), (4, 4))
