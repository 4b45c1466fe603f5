"""A held drawing is improved and stays one: smooth, symmetric, of one palette, without shapes that do not pay."""

import numpy as np
import pytest
import torch

from renderers.drawing import Drawing, Paint, chains, join, only
from renderers.draws import portion
from renderers.scenes.svg import REGULARIZERS, Config, Scene
from renderers.sheet import upright
from renderers.vector.free import FreeDrawing
from renderers.vector.held import HeldDrawing
from renderers.vector.shapes import circles
from renderers.vector.smooth import bend, joints, mirrored, smoothed, twins
from renderers.vector.styles import LEARNT


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def two_eyes(colors=((1, 0, 0), (0, 0, 1), (0, 0, 1)), paint=Paint.NONZERO):
    """A disc in the middle and two small ones on it, each the other's mirror image; 8 and 4 cubics."""
    face = circles(torch.tensor([[0.5, 0.5]]), torch.tensor([0.3]), 8, 0.0, rng())[0]
    right = circles(torch.tensor([[0.62, 0.45]]), torch.tensor([0.08]), 4, 0.0, rng())[0]
    parts = [chains([8], True, paint), chains([4, 4], True, paint)]
    points = torch.cat([face, right, right * torch.tensor([-1, 1]) + torch.tensor([1, 0])]).numpy()
    rgba = np.concatenate([np.float32(colors), np.ones((3, 1), np.float32)], 1)
    return Drawing(join(parts, [24, 24]), 100 * points, rgba, np.zeros(3, np.float32), (100.0, 100.0), None,
                   np.int32([0, 1, 1]))


def scene(drawing=None, **more):
    made = Scene(Config(style="flat", **more), rng())
    made.adopt(drawing or two_eyes())
    return made


def shaken(made, steps=5):
    """Adam along random gradients."""
    optimizer = torch.optim.Adam([{"params": g["params"], "lr": 0.5 * g["lr"]} for g in made.param_groups()])
    for step in range(steps):
        for group in made.param_groups():
            for value in group["params"]:
                value.grad = torch.randn(value.shape, generator=rng(step))
        optimizer.step()
        made.after_step(step, 0.9, rng(step))
    return made


def test_what_is_held_is_chosen_by_the_config():
    assert isinstance(Scene(Config(style="flat"), rng()), HeldDrawing)
    assert isinstance(Scene(Config(style="flat", hold=False), rng()), FreeDrawing)
    assert isinstance(Scene(Config(style="painting"), rng()), FreeDrawing)
    with pytest.raises(ValueError, match="hold: need true for outline"):
        Config(style="outline", hold=False)


@pytest.mark.parametrize("style, hold", [*((style, True) for style in ("outline", *LEARNT)), ("flat", False), ("sketch", False)])
def test_a_drawing_lacks_the_regularizers_that_it_does_not_compute(style, hold):
    made = Scene(Config(style=style, hold=hold, paths=8), rng())
    computed = made.regularizers(made.render(upright((8, 8)), 0.5, rng()))
    assert set(computed) == set(REGULARIZERS) - set(made.cfg.lacks)


@pytest.mark.parametrize("style, needs", [("flat", "filled paths"), ("outline", "lines")])
def test_fills_and_lines_in_one_drawing_are_refused(style, needs):
    drawing = two_eyes()
    drawing.paths.paint[1] = Paint.ROUND
    with pytest.raises(ValueError, match=f"^svg: {style} needs {needs} only$"):
        Scene(Config(style=style), rng()).adopt(drawing)


def test_a_view_is_before_its_color_also_where_processes_share_the_views():
    made = scene(background="none")
    whole = made.render(upright((8, 8), 4), 0.5, rng(3)).rgb
    assert len(whole[:, 0, 0].unique(dim=0)) == 4
    for rank in range(2):
        part = made.render(upright((8, 8), 2), 0.5, portion(rng(3), rank, 2)).rgb
        assert torch.equal(part, whole[2 * rank:2 * rank + 2])


def test_a_drawing_of_any_paths_is_taken_over_as_it_is():
    drawing, kept = two_eyes(), scene().drawing(100.0)
    np.testing.assert_allclose(kept.points, drawing.points, atol=1e-4)
    np.testing.assert_array_equal(kept.colors, drawing.colors)
    np.testing.assert_array_equal(kept.paths.segments, drawing.paths.segments)
    assert kept.layers.tolist() == [0, 1, 1] and kept.size == (100.0, 100.0)


def test_smooth_joints_mirror_images_and_the_palette_survive_any_gradient():
    before = scene()
    made = shaken(scene())
    assert (made.points - before.points).abs().max() > 5e-3, "it did not move"
    p = made.points.detach()
    a, j, b = p[made.joints].unbind(1)
    into, out = torch.nn.functional.normalize(j - a, dim=-1), torch.nn.functional.normalize(b - j, dim=-1)
    assert len(made.joints) == 16 and (into * out).sum(-1).min() > 1 - 1e-5
    other = p[made.twins] * torch.tensor([-1, 1]) + torch.tensor([1, 0])
    torch.testing.assert_close(p, other, atol=1e-6, rtol=0)
    colors = made.drawing(1.0).colors
    assert (colors[1] == colors[2]).all() and (colors[:, 3] == 1).all() and len(made.palette) == 2


def test_a_checkpoint_has_its_own_number_of_points_and_goes_into_a_fresh_scene():
    made, fresh = shaken(scene()), Scene(Config(style="flat", paths=3), rng(4))
    fresh.load_state_dict(made.state_dict())
    size = (32, 32)
    assert torch.equal(fresh.picture(size, fresh.opacity), made.picture(size, made.opacity))
    shaken(fresh, 1)                                    # its joints and twins came along


def test_a_shape_that_nobody_sees_is_left_out_while_the_run_goes_on():
    drawing = two_eyes(((1, 0, 0), (1, 0, 0.001), (0, 0, 1)))
    made = scene(drawing, revive_until=1.0)
    made.after_step(0, 0.1, rng())
    assert len(made.drawing(1.0).paths) == 3            # not yet: every tenth step
    made.after_step(9, 0.1, rng())
    kept = made.drawing(1.0)
    assert len(kept.paths) == 2 and kept.colors[1].tolist() == [0, 0, 1, 1]


def test_the_prior_sees_the_drawing_where_its_frame_says_and_the_file_does_not():
    frame = torch.tensor([[0.5, 0.0, 0.25], [0.0, 0.5, 0.125]])
    made = Scene(Config(style="flat"), rng())
    made.adopt(two_eyes(), frame)
    learning = made.render(upright((64, 64)), 0.5, rng()).opacity[0, ..., 0].detach()
    written = made.render(upright((32, 32))).opacity[0, ..., 0].detach()
    torch.testing.assert_close(learning[8:40, 16:48], written, atol=2e-3, rtol=0)
    assert learning.sum() == pytest.approx(float(written.sum()), rel=1e-3)


def test_lines_have_one_learnt_width_and_are_black():
    made = Scene(Config(style="outline"), rng())
    line = Drawing(chains([2, 3], False, Paint.ROUND), np.random.default_rng(0).random((17, 2), np.float32),
                   np.float32([[0, 0, 0, 1]] * 2), np.full(2, 0.05, np.float32), (1.0, 1.0))
    made.adopt(line)
    assert {group["name"] for group in made.param_groups()} == {"points", "width"}
    kept = made.drawing(24.0)
    assert kept.widths.tolist() == pytest.approx([1.2, 1.2]) and kept.paths.paint.tolist() == [Paint.ROUND] * 2
    with pytest.raises(ValueError, match="outline needs lines only"):
        made.adopt(two_eyes())
    with pytest.raises(ValueError, match="flat needs filled paths only"):
        scene(line)


def test_a_corner_is_no_joint_and_half_a_symmetry_is_none():
    square = torch.tensor([[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]], dtype=torch.float64).numpy()
    paths = chains([4], True, Paint.NONZERO)
    points = np.concatenate([[p, p + (q - p) / 3, q - (q - p) / 3] for p, q in zip(square, np.roll(square, -1, 0), strict=True)])
    assert len(joints(points, paths)) == 0 and (twins(points, paths) >= 0).all()
    points[1] += 0.01
    assert (twins(points, paths) == -1).all()


def test_projections_change_nothing_that_is_right():
    made = scene()
    p = made.points.detach()
    torch.testing.assert_close(smoothed(p, made.joints), p, atol=1e-6, rtol=0)
    torch.testing.assert_close(mirrored(p, made.twins), p, atol=1e-6, rtol=0)


def test_bend_is_zero_for_a_line_and_falls_when_a_spike_is_moved_along_its_gradient():
    line = torch.tensor([[[0.0, 0], [1, 0], [2, 0], [3, 0]]])
    spike = torch.tensor([[[0.0, 0], [1, 3], [1, -3], [3, 0]]], dtype=torch.float64, requires_grad=True)
    assert bend(line) == 0 and bend(torch.zeros(0, 4, 2)) == 0
    assert torch.autograd.gradcheck(bend, spike)
    bend(spike).backward()
    assert bend(spike - 0.1 * spike.grad) < bend(spike)


def test_some_paths_of_several():
    drawing = two_eyes()
    kept = only(drawing.paths, np.array([False, True, True]))
    np.testing.assert_array_equal(kept.segments, drawing.paths.segments[8:])
    assert kept.subpaths.tolist() == [0, 4, 8] and kept.paths.tolist() == [0, 1, 2]
