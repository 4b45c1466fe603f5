"""Vector scenes: each style draws, learns only what it should, begins from a picture, replaces what nobody sees."""

from math import pi

import numpy as np
import pytest
import torch

from renderers.drawing import Drawing, Paint, chains, fit, look
from renderers.ops.fill import fill
from renderers.scenes.svg import Config
from renderers.sheet import upright
from renderers.vector.begin import along, at, cells, contours, inside, pick, resampled, straight
from renderers.vector.crossing import cross, flipped, xing
from renderers.vector.free import FreeDrawing
from renderers.vector.settle import errors, quads, settled
from renderers.vector.shapes import circles, curves, smooth, spread, squares, triangulation
from renderers.vector.styles import BUDGET, LEARNT, TILES

FEW = {"iconography": 6, "flat": 6, "sketch": 5, "painting": 8, "pixel": 16, "lowpoly": 18}
SHEET = upright((24, 24), 2)


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def scene(style, **more):
    return FreeDrawing(Config(style=style, paths=FEW[style], **more), rng())


def disc(size=32, radius=0.3, color=(1.0, 0.2, 0.0)):
    """[size, size, 4] premultiplied: a disc in the middle."""
    line = (torch.arange(size) + 0.5) / size - 0.5
    inside = (torch.hypot(line[:, None], line[None]) < radius).float()[..., None]
    return torch.cat([inside * torch.tensor(color), inside], -1)


def learn(made, steps=40, target=None):
    """Adam towards a picture, as a run does it; the mean squared errors."""
    target, errors = disc(24) if target is None else target, []
    optimizer = torch.optim.Adam([{"params": g["params"], "lr": 0.03 * g["lr"]} for g in made.param_groups()])
    for step in range(steps):
        render = made.render(upright((24, 24)), step / steps, rng(step))
        error = (torch.cat([render.premultiplied, render.opacity], -1)[0] - target).square().mean()
        optimizer.zero_grad()
        error.backward()
        optimizer.step()
        made.after_step(step, step / steps, rng(step))
        errors.append(error.item())
    return errors


def areas(outlines):
    """|signed area| [N] of closed polygons [N, K, 2]."""
    return 0.5 * cross(outlines, outlines.roll(-1, 1)).sum(1).abs()


def test_a_figure_of_eight_is_alive():
    made = scene("flat")
    turn = 2 * torch.pi * torch.arange(12) / 12
    with torch.no_grad():
        made.points[0] = 0.5 + 0.3 * torch.stack([turn.sin(), (2 * turn).sin()], -1)
    assert areas(made.points[:1].detach()) < 1e-6 and not made.dead()[0]


@pytest.mark.parametrize("style, segments, said", [
    ("flat", 1, "2 or more"), ("pixel", 3, "tiles have no cubics"), ("sketch", -1, "1 or more")])
def test_cubics_that_cannot_be_are_refused(style, segments, said):
    with pytest.raises(ValueError, match=said):
        Config(style=style, segments=segments)


@pytest.mark.parametrize("style", BUDGET)
def test_every_style_draws_as_many_pictures_as_it_is_asked_for(style):
    render = scene(style).render(SHEET)
    assert render.rgb.shape == (2, 24, 24, 3) and 0.005 < render.opacity.mean() <= 1
    torch.testing.assert_close(render.rgb, render.premultiplied + 1 - render.opacity)


@pytest.mark.parametrize("style", BUDGET)
def test_a_style_learns_what_it_should_and_nothing_else(style):
    made = scene(style)
    before = {name: value.detach().clone() for name, value in made.named_parameters()}
    learn(made, 3)
    changed = {name for name, value in made.named_parameters() if not torch.equal(value, before[name])}
    assert changed == set(LEARNT[style])


@pytest.mark.parametrize("style", ["iconography", "flat", "painting", "pixel", "lowpoly"])
def test_a_style_can_learn_a_disc(style):
    errors = learn(scene(style, revive_every=1000), 60)
    assert errors[-1] < 0.75 * errors[0]


@pytest.mark.parametrize("style", BUDGET)
def test_the_drawing_is_what_was_seen(style):
    made = scene(style)
    drawing, seen = made.drawing(512.0), made.render(upright((48, 48))).rgb[0].detach()
    view = fit(drawing.size, (48, 48))
    points, widths = look(torch.from_numpy(drawing.points), torch.from_numpy(drawing.widths), view)
    again = fill(points, torch.from_numpy(drawing.colors)[None], widths, drawing.paths, (48, 48))[0]
    torch.testing.assert_close(again[..., :3] + 1 - again[..., 3:], seen, atol=1e-4, rtol=0)
    other = FreeDrawing(Config(style=style, paths=FEW[style]), rng(9))
    other.load_state_dict(made.state_dict())
    assert drawing.size == (512.0, 512.0) and drawing.background == (1.0, 1.0, 1.0)
    assert len(drawing.paths) == (~made.dead()).sum() and not made.dead().all()
    assert len(drawing.paths) == len(drawing.colors) == len(drawing.layers) and (np.diff(drawing.layers) >= 0).all()
    torch.testing.assert_close(other.render(upright((48, 48))).rgb[0], seen)


def test_a_transparent_scene_has_no_background_and_trains_over_many_colors():
    made = scene("flat", background="none")
    one, two = made.render(SHEET, 0.5, rng(1)).rgb
    assert made.drawing(10.0).background is None and not torch.allclose(one[0, 0], two[0, 0])
    assert torch.equal(*made.render(SHEET).rgb)


def test_tiles_leave_no_gap_between_them():
    for style in TILES:
        made = scene(style)
        with torch.no_grad():
            made.opacity.fill_(1.0)
            assert made.picture((250, 250), made.opacity)[..., 3].min() > 0.9


def test_the_border_of_a_lowpoly_stays_on_the_border():
    made = scene("lowpoly")
    learn(made, 10)
    border = ~made.free
    assert ((made.points[border] == 0) | (made.points[border] == 1)).all() and (made.points.abs() <= 1).all()


def test_paths_that_nobody_sees_begin_anew_on_top_where_the_picture_is_pulled():
    made = scene("iconography", revive_every=1)
    with torch.no_grad():
        made.opacity[2] = 0.01
        made.points[4] = made.points[4] * 0.01              # tiny
        made.points[1] = -5.0                               # off the canvas
    render = made.render(upright((24, 24)), 0.0, rng())
    opaque = made.order[-1]
    with torch.no_grad():
        made.points[opaque] = circles(torch.tensor([[0.7, 0.7]]), torch.tensor([0.25]), 4, 0, rng())[0]
        made.opacity[opaque] = 1
    render = made.render(upright((24, 24)), 0.0, rng())
    (render.opacity[:, 12:, 12:]).sum().backward()          # pulled in the lower right corner alone
    made.after_step(0, 0.0, rng())
    assert made.order.tolist() == [0, 3, 5, 1, 2, 4]
    assert made.layers[[1, 2, 4]].unique().tolist() == [1] and not made.dead().any()
    assert (made.points[[1, 2, 4]].mean(1) > 0.4).all()


def test_towards_the_end_nothing_begins_anew():
    made = scene("iconography", revive_every=1, revive_until=0.5)
    with torch.no_grad():
        made.opacity[2] = 0.01
    made.render(upright((24, 24)), 0.6, rng()).opacity.sum().backward()
    made.after_step(0, 0.6, rng())
    assert made.order.tolist() == list(range(6))


def test_a_traced_drawing_is_taken_over_in_its_order():
    made = FreeDrawing(Config(style="flat", paths=5), rng())
    points = circles(torch.rand(3, 2, generator=rng()), torch.full((3,), 0.2), 4, 0.0, rng()) * 100
    colors = np.float32([[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1]])
    drawing = Drawing(chains([4] * 3, True, Paint.NONZERO), points.reshape(-1, 2).numpy(), colors,
                      np.zeros(3, np.float32), (100.0, 100.0), None, np.int32([0, 0, 1]))
    made.adopt(drawing)
    kept = made.drawing(100.0)
    np.testing.assert_allclose(kept.points, drawing.points, atol=1e-4)
    np.testing.assert_array_equal(kept.colors, colors)
    assert made.dead().tolist() == [False] * 3 + [True] * 2 and kept.layers.tolist() == [0, 0, 1]
    with pytest.raises(ValueError, match="svg: needs at most 2 closed paths of 4 cubics, got 3 paths of 12 cubics"):
        FreeDrawing(Config(style="flat", paths=2), rng()).adopt(drawing)


@pytest.mark.parametrize("style", ["sketch", "painting", "pixel", "lowpoly"])
def test_a_scene_that_begins_from_a_picture_is_closer_to_it(style):
    made, picture = FreeDrawing(Config(style=style), rng()), disc(64)

    def error():
        with torch.no_grad():
            wanted = lines if style == "sketch" else picture
            return (made.picture((64, 64), made.opacity) - wanted).square().mean().item()

    edge = ((torch.nn.functional.max_pool2d(picture[..., 3][None], 5, 1, 2)[0] - picture[..., 3]) > 0).float()
    lines = torch.stack([torch.zeros_like(edge)] * 3 + [edge], -1)
    before = error()
    made.begin(picture, rng())
    assert error() < 0.75 * before


def test_triangles_settle_along_the_edges_of_a_picture_and_none_is_turned_inside_out():
    """A half plane with a slanted edge: the grid's own triangles cut it into teeth, settled ones lie along it."""
    y, x = (torch.stack(torch.meshgrid(torch.arange(64), torch.arange(64), indexing="ij")) + 0.5) / 64
    picture = ((x + 0.3 * y) < 0.62).float()[..., None].expand(64, 64, 4)
    vertices, triangles, free = triangulation(6, 0.25, rng())
    moved, chosen = settled(picture, vertices, triangles, free)
    before, after = (errors(picture, p[t])[0].sum() for p, t in ((vertices, triangles), (moved, chosen)))
    assert after < 0.2 * before
    assert errors(picture, moved[chosen])[1].min() > 0
    assert torch.equal(moved[~free], vertices[~free])
    assert errors(picture, moved[chosen])[1].sum() == pytest.approx(1, abs=1e-5), "the canvas is covered once"
    for way in (triangles, chosen):
        a, b, c, d = quads(way)
        assert {*torch.stack([b - a, c - d]).unique().tolist()} == {1} and set((d - a).tolist()) == {7}


def test_a_sketch_is_shown_over_the_picture_that_it_was_drawn_after_but_only_to_the_prior():
    made, picture = scene("sketch"), disc(64)
    made.begin(picture, rng())
    assert made.render(SHEET).opacity.mean() < 0.9 * disc(24)[..., 3].mean()
    training = made.render(SHEET, 0.5, rng())
    assert training.opacity.mean() > 0.95 * disc(24)[..., 3].mean()
    training.premultiplied.sum().backward()
    assert made.points.grad.abs().max() > 0 and made.tone.grad is None


@pytest.mark.parametrize("wrong", [dict(paths=-1), dict(paths=100_000), dict(segments=-1), dict(radius=0.0),
                                   dict(dead_opacity=2.0), dict(style="lowpoly", paths=1)])
def test_a_wrong_setting_is_named(wrong):
    with pytest.raises(ValueError, match=f"^{list(wrong)[-1]}: need"):
        Config(**wrong)


def test_a_circle_of_four_cubics_is_round():
    p = circles(torch.tensor([[0.5, 0.5]]), torch.tensor([0.3]), 4, 0.0, rng())[0]
    t = torch.linspace(0, 1, 20)[:, None]
    arc = (1 - t) ** 3 * p[0] + 3 * (1 - t) ** 2 * t * p[1] + 3 * (1 - t) * t**2 * p[2] + t**3 * p[3]
    assert ((arc - 0.5).norm(dim=-1) - 0.3).abs().max() < 1e-3 * 0.3


def test_a_smooth_chain_goes_through_its_nodes():
    nodes = torch.rand(3, 5, 2, generator=rng())
    assert torch.equal(smooth(nodes)[:, ::3], nodes)


def test_triangles_cover_the_square_once_and_all_turn_the_same_way():
    vertices, triangles, free = triangulation(5, 0.25, rng())
    corners = vertices[triangles]
    assert areas(corners).sum() == pytest.approx(1, abs=1e-5) and flipped(corners) == 0
    assert len(triangles) == 50 and free.all(-1).sum() == 16
    assert (spread(corners, 0.01) - corners).norm(dim=-1).min() == pytest.approx(0.01, abs=1e-5)


def test_cells_cover_the_square():
    assert areas(squares(4, 0.0)).sum() == pytest.approx(1, abs=1e-6)


def test_xing_is_zero_for_a_bow_and_not_for_a_loop_and_straightens_it():
    bow = torch.tensor([[[0.0, 0], [0.3, 0.4], [0.7, 0.4], [1, 0]]])
    loop = torch.tensor([[[0.0, 0], [1.0, 0.8], [0.0, 0.8], [1, 0]]], requires_grad=True)
    assert xing(bow) == 0 and xing(torch.zeros(0, 4, 2)) == 0
    loop_xing = xing(loop)
    loop_xing.backward()
    assert 0.1 < loop_xing < 1 and xing((loop - 0.05 * loop.grad).detach()) < loop_xing


def test_a_folded_triangle_is_noticed():
    assert flipped(torch.tensor([[[0.0, 0], [1, 0], [0, 1]], [[0, 0], [0, 1], [1, 0]]])) == pytest.approx(0.5)


def test_strokes_run_along_an_edge():
    picture = torch.zeros(20, 20, 4)
    picture[:, 10:] = 1.0
    angle, strength = along(picture)
    assert abs(float(angle[10, 10].sin())) > 0.99 and strength[:, 9:11].min() > strength[:, :7].max()


def test_lines_follow_the_outline_and_none_is_drawn_twice():
    lines = contours(disc(48), 3, 5, rng())
    assert ((lines[:2] - 0.5).norm(dim=-1) - 0.3).abs().median() < 0.05
    assert torch.cdist(lines[0], lines[1]).min() > 0.02


def test_colors_are_read_without_their_opacity():
    half = disc() * 0.5
    assert straight(half[16, 16]).tolist() == pytest.approx([1, 0.2, 0, 0.5])
    middle = torch.tensor([[[0.45, 0.45], [0.55, 0.45], [0.5, 0.55]]])
    assert inside(half, middle)[0].tolist() == pytest.approx([1, 0.2, 0, 0.5], abs=1e-5)
    assert cells(half, 2)[:, 3].tolist() == pytest.approx([0.5 * 3.1416 * 0.09] * 4, abs=0.02)
    assert at(half, torch.tensor([[0.5, 0.5], [0.01, 0.01]]))[:, 3].tolist() == pytest.approx([0.5, 0])


def test_points_are_picked_where_there_is_weight():
    weights = torch.zeros(10, 10)
    weights[7, 2] = 1
    points = pick(weights, 50, rng())
    assert ((points * 10).floor() == torch.tensor([2, 7])).all()
    assert pick(torch.zeros(4, 4), 5, rng()).shape == (5, 2)


def test_a_line_is_resampled_evenly():
    line = torch.tensor([[0.0, 0], [1, 0], [1, 3]])
    assert resampled(line, 5).tolist() == [[0, 0], [1, 0], [1, 1], [1, 2], [1, 3]]


def test_curves_go_through_their_middles():
    made = curves(torch.tensor([[0.4, 0.6]]), torch.tensor([pi / 2]), torch.tensor([0.2]), 2, 0.0, rng())
    torch.testing.assert_close(made[0, [0, 3, 6]], torch.tensor([[0.4, 0.5], [0.4, 0.6], [0.4, 0.7]]))
