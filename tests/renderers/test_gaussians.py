"""The scene of 3D Gaussians: its starts, its changes of number, its field, its record."""

import copy

import pytest
import torch

from dreamgen.recipes.recipe import Optim
from dreamgen.state import build
from renderers import density_control as control
from renderers.camera import ring
from renderers.ops.splat import splat
from renderers.scene import Failing, Field, Following, Pulled, Regrown, Splatted
from renderers.scenes.gaussians import GAUSSIANS, ROWS, Config
from renderers.splats import opacities, rgb, scales
from renderers.successor import successor


def scene(**settings):
    return GAUSSIANS(Config(**{"count": 300, "cap": 500, "every": 1, "begin": 0, "finish": 1} | settings),
                     torch.Generator().manual_seed(0))


def adam(it):
    return torch.optim.Adam([{"params": g["params"], "lr": 1e-3 * g["lr"]} for g in it.param_groups()], fused=True)


def stepped(it, optimizer, step=0, views=6):
    """One step towards a red object."""
    rng = torch.Generator().manual_seed(step)
    render = it.render(ring(views, (32, 32)), 0.5, rng)
    optimizer.zero_grad()
    ((render.rgb - torch.tensor([1.0, 0.2, 0.2])).square().mean() + it.regularizers(render)["entropy"]).backward()
    optimizer.step()
    it.after_step(step, 0.5, rng)
    it.change_rows(optimizer, step, 0.5, rng)


class Ball:
    """A field: opaque red within 0.3 metres."""

    def density(self, points):
        return 200.0 * (points.norm(dim=1) < 0.3)

    def color(self, points):
        return torch.tensor([0.9, 0.1, 0.1]).expand(len(points), 3)


def test_it_has_the_protocols():
    it = scene()
    assert all(isinstance(it, kind) for kind in (Failing, Field, Following, Pulled, Regrown, Splatted))


def test_a_ball_is_drawn_in_the_middle():
    out = scene().render(ring(1, (32, 32), 0))
    assert out.opacity[0, 16, 16] > 0.3 and out.opacity[0, 0, 0] < 0.01
    assert float(out.depth[0, 16, 16, 0].detach()) == pytest.approx(1.4, abs=0.2)
    assert (out.rgb - (out.premultiplied + 1 - out.opacity)).abs().max() < 1e-5        # over white without rng


def test_it_begins_on_the_surface_of_the_stage_before():
    it = scene(count=2000, cap=2000)
    it.follow(Ball())
    radius = it.positions.norm(dim=1)
    assert radius.min() > 0.23 and radius.quantile(0.05) > 0.27 and radius.max() < 0.32
    out = it.render(ring(2, (32, 32)))
    middle = out.premultiplied[:, 16, 16] / out.opacity[:, 16, 16]
    assert out.opacity[:, 16, 16].min() > 0.6 and torch.allclose(middle, torch.tensor([0.9, 0.1, 0.1]).expand(2, 3), atol=0.02)


def test_fog_begins_as_fog():
    """As opaque as the field is across a Gaussian: one in haze of 1 / metre hides what sqrt(2 pi) times its width does."""
    hazy = Ball()
    hazy.density = lambda points: 200.0 * (points.norm(dim=1) < 0.2) + 1.0 * (points.norm(dim=1) < 0.45)
    it = scene(count=1000, cap=1000)
    it.follow(hazy)
    positions, log_scales, _, logits, _ = (getattr(it, name).detach() for name in ROWS)
    opacity, width, fog = logits.sigmoid(), log_scales.exp()[:, 0], positions.norm(dim=1) > 0.22
    assert 0.5 < fog.float().mean() < 0.8               # it is faint, but it is large
    assert torch.allclose(opacity[fog], 1 - torch.exp(-(2 * torch.pi) ** 0.5 * width[fog]), atol=1e-4)
    assert float(opacity[~fog].median()) == pytest.approx(0.8)


def test_what_it_cannot_begin_from_is_told():
    with pytest.raises(ValueError, match="object is no field"):
        scene().follow(object())
    empty = Ball()
    empty.density = lambda points: torch.zeros(len(points))
    with pytest.raises(ValueError, match="shows nothing"):
        scene().follow(empty)


def test_the_number_grows_by_the_quantile_up_to_the_cap():
    it = scene(split=0.1, cap=340)
    optimizer = adam(it)
    counts = []
    for step in range(4):
        stepped(it, optimizer, step)
        counts.append(len(it.positions))
    assert counts[0] == 330 and counts[1:] == [340] * 3
    assert all(len(getattr(it, name)) == 340 == len(optimizer.state[getattr(it, name)]["exp_avg"]) for name in ROWS)


def test_a_split_takes_those_that_the_loss_pulls_most():
    it = scene(split=0.01)
    it.pulled[:], it.views[:] = 1.0, 10.0
    it.pulled[[7, 50, 200]] = 100.0
    before = it.log_scales.detach().clone()
    it.change_rows(adam(it), 0, 0.5, torch.Generator().manual_seed(0))
    shrunk = (before - it.log_scales[:300]).mean(1) > 0.1
    assert shrunk.nonzero()[:, 0].tolist() == [7, 50, 200] and len(it.positions) == 303


def test_a_split_is_of_those_that_the_loss_pulls_also_where_a_huge_one_is_removed():
    it = scene(split=0.01)
    it.pulled[:], it.views[:] = 1.0, 10.0
    it.pulled[[7, 50, 200]] = torch.tensor([100.0, 90.0, 80.0])
    it.log_scales.data[5] = 0.0
    before = it.log_scales.detach().clone()
    it.change_rows(adam(it), 0, 0.5, torch.Generator().manual_seed(0))
    shrunk = (before[torch.arange(300) != 5] - it.log_scales[:299]).mean(1) > 0.1
    assert shrunk.nonzero()[:, 0].tolist() == [6, 49] and len(it.positions) == 301         # the rows behind it have moved up


def test_one_that_dead_ones_have_joined_is_not_split_besides():
    """Nine lie where the only live one does: each looks as ``shared`` says, and none is half as large again."""
    it = scene(count=10, cap=20, split=1.0)
    it.opacity_logits.data[1:] = -9.0
    it.pulled[:], it.views[:] = 1.0, 10.0
    _, scale, _, opacity, _ = (each.detach()[:1] for each in it.appearance())
    it.change_rows(adam(it), 0, 0.5, torch.Generator().manual_seed(0))
    o, s = control.shared(opacity, scale, torch.tensor([10]))
    assert len(it.positions) == 10
    torch.testing.assert_close(it.log_scales.exp().detach(), s.expand(10, 3))
    torch.testing.assert_close(it.opacity_logits.sigmoid().detach(), o.expand(10))


def test_dead_ones_are_relocated_and_their_number_stays():
    it = scene(split=0)
    it.opacity_logits.data[:100] = -9.0
    it.change_rows(adam(it), 0, 0.5, torch.Generator().manual_seed(0))
    assert len(it.positions) == 300 and it.opacity_logits.sigmoid().min() > control.DEAD / 4
    assert len(it.positions.unique(dim=0)) == 200               # each lies where a live one does


@pytest.mark.parametrize("count", (2, 3, 8))
def test_several_at_one_place_look_as_one_did(count):
    """Within 1 / 255 (GAUSSIANS 7); without compensation, whose blur is not of the formula."""
    camera = ring(1, (65, 65), 0)
    for opacity in (0.3, 0.8):
        o, s = torch.tensor([opacity]), torch.tensor([[0.1, 0.1, 0.1]])
        after = control.shared(o, s, torch.tensor([count]))
        pictures = [splat(torch.zeros(len(p[0]), 3), p[1], torch.tensor([[1.0, 0, 0, 0]]).expand(len(p[0]), 4), p[0],
                          torch.ones(len(p[0]), 3), camera, antialiased=False).opacity
                    for p in ((o, s), (after[0].expand(count), after[1].expand(count, 3)))]
        assert abs(pictures[0].mean() - pictures[1].mean()) < 1 / 255
        assert abs(pictures[0][0, 32, 32] - pictures[1][0, 32, 32]) < 1 / 255


def test_a_huge_one_is_removed():
    it = scene(split=0)
    it.log_scales.data[5] = 0.0
    it.change_rows(adam(it), 0, 0.5, torch.Generator().manual_seed(0))
    assert len(it.positions) == 299 and it.log_scales.exp().max() <= control.LARGEST


def test_all_dead_is_left_to_the_health():
    it = scene()
    it.opacity_logits.data[:] = -9.0
    it.change_rows(adam(it), 0, 0.5, torch.Generator().manual_seed(0))
    assert len(it.positions) == 300 and it.render(ring(1, (16, 16))).opacity.max() == 0


def test_what_fails_is_named_and_what_lives_is_not():
    it = scene()
    assert it.failure() is None
    it.log_scales.data[:150] = 0.0
    assert it.failure() is None
    it.log_scales.data[150, 1] = 0.0
    assert it.failure() == ("exploding: 151 of 300 Gaussians are larger than 0.2 m, a fifth of the box; lower scene.scales_rate "
                            "or raise regularizers.scale")
    it.opacity_logits.data[:] = -5.0
    assert it.failure() == ("dead: none of 300 Gaussians is more opaque than 0.01; lower scene.opacities_rate or "
                            "regularizers.opacity")
    it.colors.data[7, 1], it.positions.data[9, 0] = torch.nan, torch.inf
    assert it.failure().startswith("not a number: 2 of 300 Gaussians have no finite position")


def test_rates_fall_each_to_its_own_end():
    it = scene(positions_end=0.01, colors_end=0.5)
    optimizer = build.optimizer(Optim(lr=0.1), it.param_groups())
    rates = []
    for progress in (0.0, 0.5, 1.0):
        build.set_rates(optimizer, Optim(lr=0.1), progress)
        rates.append([group["lr"] for group in optimizer.param_groups])
    names = [group["name"] for group in it.param_groups()]
    assert [r[names.index("positions")] for r in rates] == pytest.approx([0.1, 0.01, 0.001])
    assert [r[names.index("colors")] for r in rates] == pytest.approx([1.0, 0.5**0.5, 0.5])
    assert [r[names.index("log_scales")] for r in rates] == pytest.approx([0.5] * 3)


def test_a_state_of_another_number_is_loaded_and_goes_on_alike():
    it = scene(split=0.1)
    optimizer = adam(it)
    stepped(it, optimizer)
    saved = {name: value.clone() for name, value in it.state_dict().items()}
    moments = copy.deepcopy(optimizer.state_dict())
    other = scene(split=0.1)
    again = adam(other)
    other.load_state_dict(saved)
    again.load_state_dict(moments)
    for step in (1, 2):
        stepped(it, optimizer, step)
        stepped(other, again, step)
    assert len(it.positions) > 330
    for name, value in it.state_dict().items():
        assert torch.equal(value, other.state_dict()[name]), name


def test_another_stage_counts_its_own_gradients_alone():
    it = scene()
    it.pulled[:], it.views[:] = 9.0, 3.0
    after = successor(scene(), it)
    assert not after.pulled.any() and not after.views.any() and torch.equal(after.positions, it.positions)


def test_the_field_hides_what_the_picture_hides():
    it = scene(count=2000, cap=2000)
    it.follow(Ball())
    z, across = torch.linspace(-0.5, 0.5, 400), torch.linspace(-0.08, 0.08, 5)
    lines = torch.stack(torch.meshgrid(across, across, z, indexing="ij"), -1)
    sigma = it.density(lines.view(-1, 3)).view(25, 400)
    hidden = 1 - torch.exp(-sigma.sum(1) / 400)                 # behind both walls
    seen = it.render(ring(1, (64, 64), 0)).opacity[0, 28:36, 28:36].detach()
    assert 0 < float(hidden.mean() - seen.mean()) < 0.15        # a bit more: beside its centre one hides -log(1 - o g) < tau g
    assert sigma[:, z.abs() < 0.2].max() < 0.02 * sigma.max()
    line = torch.stack([z, torch.zeros(400), torch.zeros(400)], 1)
    assert torch.allclose(it.color(line[:60]), torch.tensor([0.9, 0.1, 0.1]).expand(60, 3), atol=0.05)


def test_the_record_is_what_is_drawn():
    it = scene()
    cloud = it.splats()
    camera = ring(2, (24, 24))
    arrays = (cloud.positions, scales(cloud), cloud.quaternions, opacities(cloud), rgb(cloud))
    assert torch.allclose(splat(*map(torch.from_numpy, arrays), camera).opacity, it.render(camera).opacity, atol=1e-5)
    it.render(camera, 0.5, torch.Generator())
    assert it.splats().pixel == pytest.approx(1.55 / float(camera.focal[0]), rel=1e-4)


def test_numbers_out_of_range_are_told():
    with pytest.raises(ValueError, match="cap: need >= count = 300, got 200"):
        Config(count=300, cap=200)
    with pytest.raises(ValueError, match="split: need 0 to 1, got 2"):
        Config(split=2)
    for opacity in (0, 1):
        with pytest.raises(ValueError, match=f"^opacity: need > 0 and < 1, as a sigmoid's is, got {opacity}$"):
            Config(opacity=opacity)
    with pytest.raises(ValueError, match="^finish: need >= begin = 0.6, got 0.5$"):
        Config(begin=0.6, finish=0.5)


def test_more_than_the_cap_of_the_stage_stay_and_are_told():
    before = scene(count=20, cap=20)
    with pytest.warns(UserWarning, match="the stage before leaves 20 Gaussians, and scene.cap is 10: none will be added"):
        after = successor(scene(count=10, cap=10), before)
    assert torch.equal(after.positions, before.positions)
