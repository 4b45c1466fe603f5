"""Shapes for a prior: whole, colored as they say, the same for the same seed, and not the same from every side."""

import numpy as np
import pytest

from dreamgen.training import shapes
from dreamgen.training.render import draw
from dreamgen.training.shapes import parts

RED = (0.85, 0.12, 0.10)
MOST_FACES = 30_000
FACED = ("armchair", "bookshelf", "tv", "car", "train", "motorbike", "teddy bear", "cat", "penguin", "owl", "robot",
         "snowman", "house", "castle", "clock", "laptop", "camera", "sunflower", "guitar", "refrigerator", "wardrobe",
         "frog", "grand piano", "washing machine")
ROUND = ("tomato", "ball", "vase", "chess pawn", "bottle")


def made(name: str, seed: int = 0) -> shapes.Shape:
    return shapes.make(name, np.random.default_rng(seed))


def views(shape: shapes.Shape, *azimuths: float, elevation: float = 10) -> np.ndarray:
    """[B, 32, 32, 4] float in [0, 1], premultiplied."""
    angles = np.radians(azimuths)
    pictures = draw(shape.parts, angles, np.full(len(angles), np.radians(elevation)), 32) / 255
    return pictures * np.where(np.arange(4) < 3, pictures[..., 3:], 1)


def solid(part: parts.Part) -> bool:
    """Whether each edge has a face on either side of it, wound alike, with the outside outside."""
    edges = np.concatenate([part.faces[:, [i, (i + 1) % 3]] for i in range(3)]) @ (len(part.vertices), 1)
    back = np.concatenate([part.faces[:, [(i + 1) % 3, i]] for i in range(3)]) @ (len(part.vertices), 1)
    a, b, c = part.vertices[part.faces].transpose(1, 0, 2)
    return len(np.unique(edges)) == len(edges) and set(edges) == set(back) and (np.cross(a, b) * c).sum() > 0


@pytest.mark.parametrize("name", shapes.NAMES)
def test_every_part_of_every_shape_is_closed_and_the_whole_is_in_its_box(name):
    colors, *makers = shapes.SHAPES[name]
    assert set(colors) <= set(shapes.PALETTE) and set(shapes.NATURAL.get(name, ())) <= set(shapes.PALETTE)
    for design, maker in enumerate(makers):
        assert all(solid(part) for part in maker(np.random.default_rng(1), RED)), maker.__name__
        shape = shapes.make(name, np.random.default_rng(0), design)
        mesh = shape.mesh
        low, high = mesh.vertices.min(0), mesh.vertices.max(0)
        np.testing.assert_allclose(low, -high, atol=1e-6)
        assert np.linalg.norm(high - low) == pytest.approx(1, abs=1e-5)
        assert 50 < len(mesh.faces) < MOST_FACES and mesh.colors.shape == mesh.vertices.shape, maker.__name__
        assert np.abs(np.linalg.norm(mesh.normals, axis=1) - 1).max() < 1e-3, maker.__name__
        assert (shape.color in colors) if colors else shape.color is None


def test_a_seed_is_a_shape_and_another_seed_another():
    for name in ("armchair", "tree", "rocket"):
        one, same, other = (made(name, seed) for seed in (3, 3, 4))
        assert one.color == same.color and one.mesh.colors.tobytes() == same.mesh.colors.tobytes()
        assert one.mesh.vertices.tobytes() == same.mesh.vertices.tobytes() != other.mesh.vertices.tobytes()


def test_a_variant_does_not_depend_on_how_many_there_are():
    few, more = (list(shapes.shapes(count, names=("apple", "ufo"))) for count in (1, 2))
    assert [s.name for s in more] == ["apple", "apple", "ufo", "ufo"]
    assert [few[0].mesh.vertices.tobytes(), few[1].mesh.vertices.tobytes()] == [
        more[0].mesh.vertices.tobytes(), more[2].mesh.vertices.tobytes()]


@pytest.mark.parametrize("name", ["armchair", "car", "vase", "coffee mug", "rocket"])
def test_the_color_that_is_said_is_seen(name):
    for seed in range(6):
        shape = made(name, seed)
        x = views(shape, 30)[0].reshape(-1, 4)
        colors = x[x[:, 3] > 0.9, :3]
        want = np.array(shapes.PALETTE[shape.color])
        said = np.linalg.norm(colors / np.maximum(colors.max(1, keepdims=True), 0.05) - want / want.max(), axis=1)
        assert (said < 0.3).mean() > 0.12, (name, shape.color)


def test_fronts_are_not_backs_and_left_mirrors_right():
    for name in FACED:
        front, back = views(made(name), 0, 180)
        assert np.abs(front - back[:, ::-1]).mean() > 0.03 * front[..., 3].mean(), name
    for name in ("teddy bear", "armchair", "car", "house"):
        right, left = views(made(name), 60, -60)
        assert np.abs(right[..., 3] - left[:, ::-1, 3]).mean() < 0.02, name
    for name in ROUND:
        pictures = views(made(name), 0, 90, 180)
        assert np.abs(pictures[:1, ..., 3] - pictures[1:, ..., 3]).mean() < 0.02, name


def test_a_prism_takes_any_outline_in_either_sense_but_one_without_inside():
    arrow = [(0, 0), (2, 0), (2, 2), (1, 0.5), (0, 2)]
    one, other = (parts.prism(outline, 1, (0, 0, 0), RED) for outline in (arrow, arrow[::-1]))
    assert solid(one) and solid(other)
    with pytest.raises(ValueError, match="crosses itself, or has no inside"):
        parts.prism([(0, 0), (1, 0), (2, 0), (1, 0)], 1, (0, 0, 0), RED)


def test_turning_follows_the_right_hand_and_mirrors_keep_the_outside_outside():
    cone = parts.rod((0, 0, 0), (1, 0, 0), 0.1, RED, 0)
    for axis, tip in (("y", (0, 0, -1)), ("z", (0, 1, 0)), ("x", (1, 0, 0))):
        assert np.abs(cone.turned(axis, 90).vertices - tip).sum(1).min() < 1e-9
    assert all(solid(part) for part in parts.four(cone.moved(1, 0, 1)))
