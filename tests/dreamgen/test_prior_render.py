"""Models drawn for a prior's data: the training camera's views, colors that are the model's own, nothing flickers."""

from math import radians

import numpy as np
import pytest
import torch
from solids import BLUE, GREEN, RED, YELLOW, box, quarters, sphere

from dreamgen.reading.creased import creased
from dreamgen.training.render import DISTANCE, FOV_Y, Part, draw, view_angles
from dreamgen.training.texture import Texture

FRONT = [0.0], [0.0]


def square(color=(1.0, 1.0, 1.0), z=0.0, half=0.5, **more) -> Part:
    """A square across the view from the front, uv (0, 0) at its top left."""
    vertices = np.array([[-1, 1, 0], [1, 1, 0], [-1, -1, 0], [1, -1, 0]]) * half + (0, 0, z)
    return Part(vertices, np.array([[0, 2, 1], [1, 2, 3]]), color, **more)


def solid(mesh, **more) -> Part:
    return Part(mesh.vertices, mesh.faces, normals=mesh.normals, **more)


def middle(images) -> np.ndarray:
    edge = images.shape[1] // 2
    return images[:, edge, edge].astype(int)


def hue(rgb) -> int:
    return int(np.argmax(rgb[:3]))


def test_each_side_is_where_the_camera_says():
    """Red looks to +z, green to +x, blue up."""
    def plate(normal, color):
        normal = np.array(normal, float)
        across = np.roll(normal, 1), np.roll(normal, 2)
        corners = [normal + i * across[0] + j * across[1] for i in (-1, 1) for j in (-1, 1)]
        return Part(np.array(corners), np.array([[0, 1, 2], [1, 2, 3]]), color)

    parts = [plate((0, 0, 1), (1, 0, 0)), plate((1, 0, 0), (0, 1, 0)), plate((0, 1, 0), (0, 0, 1)),
             plate((0, 0, -1), (0, 0, 0)), plate((-1, 0, 0), (0, 0, 0))]
    seen = middle(draw(parts, np.radians([0, 90, 0, 180, 270]), np.radians([0, 0, 90, 0, 0]), 16))
    assert [hue(pixel) for pixel in seen[:3]] == [0, 1, 2] and (seen[3:, :3] == 0).all() and (seen[:, 3] == 255).all()


def test_the_diagonal_is_1_wherever_and_however_large_the_model_is():
    images = draw([square()], *FRONT, 64)
    moved = draw([Part(square().vertices * 37 + (5, -3, 100), square().faces, (1.0, 1.0, 1.0))], *FRONT, 64)
    assert np.abs(images.astype(int) - moved).max() <= 1
    edge = 64 / (2 * np.tan(FOV_Y / 2)) * np.sqrt(0.5) / DISTANCE           # pixels of a square of diagonal 1
    assert np.sqrt(images[0, ..., 3].sum() / 255) == pytest.approx(edge, abs=0.3)


def test_corners_of_no_face_do_not_count():
    stray = Part(np.concatenate([square().vertices, [[99, 99, 99]]]), square().faces, (1.0, 1.0, 1.0))
    assert (draw([stray], *FRONT, 16) == draw([square()], *FRONT, 16)).all()


def test_colors_are_the_models_own_when_it_faces_the_light():
    for color in ((0.9, 0.1, 0.1), (0.1, 0.2, 0.9)):
        assert middle(draw([square(color)], *FRONT, 16))[0, :3] == pytest.approx(np.array(color) * 255, abs=8)
    grey = np.full((4, 3), 128, np.uint8)
    assert middle(draw([square((1.0, 0.5, 0.0), colors=grey)], *FRONT, 16))[0, :3] == pytest.approx([128, 64, 0], abs=6)


def test_a_texture_stands_upright_and_repeats():
    uv = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    image = draw([square(uv=uv, texture=quarters())], *FRONT, 32)[0]
    for (row, column), want in zip([(12, 12), (12, 20), (20, 12), (20, 20)], (RED, GREEN, BLUE, YELLOW), strict=True):
        assert image[row, column, :3].astype(int) == pytest.approx(want, abs=12)
    again = draw([square(uv=uv + (3, -7), texture=quarters())], *FRONT, 32)[0]
    assert np.abs(again.astype(int) - image).max() <= 1


def test_a_texture_too_fine_to_show_is_its_mean_and_does_not_flicker():
    board = np.indices((512, 512)).sum(0)[..., None].repeat(3, 2) % 2 * np.uint8(255)
    uv = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    images = draw([square(uv=uv, texture=board.astype(np.uint8))], np.radians([0, 3, 7]), [0.0, 0.0, 0.0], 32)
    inside = images[:, 12:20, 12:20, :3]
    assert inside.std() < 3 and inside.mean() == pytest.approx(128, abs=8)


def test_means_of_a_texture_leave_out_what_is_cut_away():
    leaf = np.zeros((8, 8, 4), np.uint8)
    leaf[:, ::2] = (0, 200, 0, 255)
    mean = Texture(leaf).at(torch.tensor([[0.5, 0.5]]), torch.tensor([8.0]))[0].tolist()
    assert mean == pytest.approx([0, 200 / 255, 0, 0.5], abs=0.01)


def test_a_hole_in_a_texture_is_a_hole():
    leaf = np.full((8, 8, 4), 255, np.uint8)
    leaf[:, 4:, 3] = 0
    uv = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    opacity = draw([square(uv=uv, texture=leaf)], *FRONT, 32)[0, 16, :, 3]
    assert opacity[12] == 255 and opacity[20] == 0


def test_glass_shows_what_is_behind_it_and_is_no_haze():
    glass, thing = square((1.0, 1.0, 1.0, 0.25), z=0.2), square((0.0, 0.0, 1.0), z=-0.2, half=0.2)
    image = draw([glass, thing], *FRONT, 32)[0]
    through, beside = image[16, 16].astype(int), image[16, 22].astype(int)
    assert through[2] > 2 * through[0] > 60 and through[3] == beside[3] == 255 and np.ptp(beside[:3]) <= 1
    assert (draw([thing, glass], *FRONT, 32)[0] == image).all()             # in whatever order


def test_the_winding_of_faces_does_not_matter():
    mesh = sphere(12)
    parts = [solid(mesh), Part(mesh.vertices, mesh.faces[:, ::-1], normals=-mesh.normals)]
    one, other = (draw([part], *np.radians([[0, 130], [20, -10]]), 32).astype(int) for part in parts)
    assert np.abs(one - other).max() <= 1


def test_light_tells_the_sides_of_a_white_thing_apart():
    image = draw([Part(box((1, 1, 1)).vertices, box().faces, (1.0, 1.0, 1.0))], [radians(35)], [radians(30)], 64)[0]
    shades = np.unique(image[image[..., 3] == 255][:, 0] // 8, return_counts=True)[1]
    assert (shades > 60).sum() >= 3


def test_edges_are_smooth_and_keep_their_color():
    image = draw([solid(sphere(24), color=(1.0, 0.0, 0.0))], *FRONT, 48)[0].astype(int)
    edge = image[(image[..., 3] > 20) & (image[..., 3] < 235)]
    assert len(edge) > 40 and (edge[:, 1:3] == 0).all() and edge[:, 0].min() > 100
    hard = draw([solid(sphere(24))], *FRONT, 48, samples=1)[0, ..., 3]
    assert set(np.unique(hard)) == {0, 255}


def test_views_in_one_call_are_those_of_single_calls():
    angles = np.radians([0, 77, 200]), np.radians([10, -15, 60])
    together = draw([solid(box())], *angles, 24)
    assert all((draw([solid(box())], [a], [e], 24)[0] == image).all() for a, e, image in zip(*angles, together, strict=True))


@pytest.mark.parametrize("part, said", [
    (Part(np.zeros((3, 3)), np.zeros((0, 3), int)), "no faces"),
    (Part(np.full((3, 3), np.nan), np.array([[0, 1, 2]])), "not finite"),
    (Part(np.ones((3, 3)), np.array([[0, 1, 2]])), "no extent")])
def test_nothing_to_draw_is_one_phrase(part, said):
    with pytest.raises(ValueError, match=said):
        draw([part], *FRONT, 8)


def test_the_views_of_a_model_are_spread_and_end_with_the_four_sides():
    azimuth, elevation = np.degrees(view_angles(24, np.random.default_rng(0)))
    assert azimuth[-4:] == pytest.approx([0, 90, 180, 270]) and elevation[-4:] == pytest.approx(15)
    assert np.diff(np.sort(azimuth[:-4])).max() < 36 and (elevation >= -15.01).all() and (elevation <= 86).all()
    assert (elevation > 55).sum() >= 2
    again = np.degrees(view_angles(24, np.random.default_rng(1)))
    assert (again[0][:20] != azimuth[:20]).all()
    assert [len(view_angles(n, np.random.default_rng(0))[0]) for n in (1, 7)] == [1, 7]


def test_normals_are_sharp_at_an_edge_and_smooth_over_a_bend():
    cube, ball = box((1, 1, 1)), sphere(16, 0.5)
    assert creased(cube.vertices, cube.faces) == pytest.approx(cube.normals[cube.faces], abs=1e-6)
    along = np.einsum("fkc,fkc->fk", creased(ball.vertices, ball.faces), ball.normals[ball.faces])
    assert along.min() > 0.98                                   # seams and poles, too


def test_normals_of_faces_in_no_order_are_as_smooth():
    ball = sphere(16, 0.5)
    faces = np.where(np.arange(len(ball.faces))[:, None] % 3 == 0, ball.faces[:, ::-1], ball.faces)
    along = np.einsum("fkc,fkc->fk", creased(ball.vertices, faces), ball.normals[faces])
    assert np.abs(along).min() > 0.98


def test_a_face_without_area_has_no_normal_and_spoils_none():
    normals = creased(np.float64([[0, 0, 0], [1, 0, 0], [0, 1, 0], [2, 0, 0]]), np.array([[0, 1, 2], [0, 1, 3]]))
    assert normals[0] == pytest.approx(np.tile([0, 0, 1], (3, 1))) and np.isfinite(normals).all()
