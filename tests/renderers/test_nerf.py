"""The NeRF scene: what it draws, where its gradients go, and that it becomes what an ideal prior wants."""

import math

import pytest
import torch

from guidance.methods.sds import SDS
from guidance.methods.sds import Config as SDSConfig
from guidance.prompts import Prompts
from renderers.camera import ring
from renderers.draws import portion
from renderers.ops.march import Samples
from renderers.scenes.nerf import NERF, REGULARIZERS, Config, NerfRender, z_variance
from tests.ideal import IdealPrior

SMALL = Config(levels=4, finest=32, log2_table=10, hidden=16, samples=48, cells=16, refresh=4, bias=1.0)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def nerf():
    return NERF(SMALL, seeded())


def test_it_begins_as_a_soft_ball_in_the_middle(nerf):
    render = nerf.render(ring(4, (17, 17)))
    opacity = render.opacity[..., 0]
    assert (opacity[:, 8, 8] > 0.5).all() and (opacity[:, 0, 0] < 0.05).all()
    torch.testing.assert_close(opacity[0], opacity[1], atol=0.02, rtol=0)      # alike from all sides


def test_a_plain_render_is_repeatable_and_a_training_render_follows_its_generator(nerf):
    camera = ring(2, (8, 8))
    assert torch.equal(nerf.render(camera).rgb, nerf.render(camera).rgb)
    a, b, c = (nerf.render(camera, 0.5, seeded(seed)).rgb for seed in (1, 1, 2))
    assert torch.equal(a, b) and not torch.equal(a, c)


def test_color_over_background_is_premultiplied_color_plus_what_shines_through(nerf):
    render = nerf.render(ring(1, (8, 8)))
    torch.testing.assert_close(render.rgb, render.premultiplied + (1 - render.opacity))        # white when not training


def test_a_capacity_that_suffices_changes_no_picture_and_no_gradient():
    """Nor the terms and normals; and only a step's pictures have it."""
    results = []
    for capacity in (0, 20_000):
        scene = NERF(Config(**{**vars(SMALL), "capacity": capacity, "normals": "all"}), seeded())
        render = scene.render(ring(2, (8, 8)), 0.5, seeded())
        terms = scene.regularizers(render)
        (render.rgb.square().sum() + sum(terms.values())).backward()
        results.append([render.rgb.detach(), *terms.values(), *(p.grad for p in scene.parameters() if p.grad is not None)])
        assert (len(render.samples.t) == 20_000) is bool(capacity)
        assert len(scene.render(ring(2, (8, 8))).samples.t) < 20_000
    for plain, fixed in zip(*results, strict=True):
        torch.testing.assert_close(plain, fixed, rtol=1e-4, atol=1e-6)


def test_a_capacity_that_does_not_suffice_is_told_at_the_next_refresh():
    scene = NERF(Config(**{**vars(SMALL), "capacity": 100}), seeded())
    render = scene.render(ring(1, (8, 8)), 0.5, seeded())
    assert not render.opacity[0, -1].any() and render.opacity[0].any()
    scene.after_step(1, 0.5, seeded())
    with pytest.warns(UserWarning, match=r"^nerf: a step has \d+ samples, and scene.capacity is 100: the last rows"):
        scene.after_step(SMALL.refresh, 0.5, seeded())


@pytest.mark.parametrize("kind", ["random", "white", "black", "learned"])
def test_every_background_is_a_color(kind):
    scene = NERF(Config(**{**vars(SMALL), "background": kind}), seeded())
    rgb = scene.render(ring(2, (8, 8)), 0.5, seeded()).rgb
    corner = rgb[:, 0, 0]
    assert (rgb >= 0).all() and (rgb <= 1 + 1e-6).all()
    assert {"white": (corner > 0.95).all(), "black": (corner < 0.05).all()}.get(kind, True)
    assert any(group["name"] == "background" for group in scene.param_groups()) is (kind == "learned")


def test_the_gradient_of_a_picture_is_its_finite_difference(nerf):
    camera = ring(1, (8, 8))
    with torch.no_grad():
        nerf.table.uniform_(-1, 1, generator=seeded())          # an untrained table's features are too small to see

    def loss():
        return (nerf.render(camera).premultiplied * weights).sum()

    weights = torch.rand(1, 8, 8, 3, generator=seeded())
    loss().backward()
    for parameter, index, h in ((nerf.b2, 0, 1e-2), (nerf.b2, 2, 1e-2), (nerf.w2, (1, 3), 1e-2)):
        slope = float(parameter.grad[index])
        with torch.no_grad():
            parameter[index] += h
            above = loss()
            parameter[index] -= 2 * h
            below = loss()
            parameter[index] += h
        assert slope == pytest.approx(float(above - below) / (2 * h), rel=2e-2)


def test_normals_point_out_of_the_ball(nerf):
    x = torch.nn.functional.normalize(torch.randn(50, 3, generator=seeded()), dim=-1)
    normals = nerf.normals(0.5 + 0.25 * x)
    assert ((normals * x).sum(-1) > 0.95).all()


def test_the_regularizers_are_those_it_lists_and_shaded_pictures_bring_orient():
    shaded = NERF(Config(**{**vars(SMALL), "shaded": 1.0, "shaded_from": 0.0}), seeded())
    plain = NERF(SMALL, seeded())
    camera = ring(1, (8, 8))
    assert set(shaded.regularizers(shaded.render(camera, 0.5, seeded()))) == set(REGULARIZERS)
    assert set(plain.regularizers(plain.render(camera, 0.5, seeded()))) == set(REGULARIZERS) - {"orient"}
    assert list(plain.cfg.lacks) == ["orient"] and not shaded.cfg.lacks and not Config(normals="all").lacks
    terms = shaded.regularizers(shaded.render(camera, 0.5, seeded())).values()
    assert all(torch.isfinite(value) and value >= 0 for value in terms)


def test_orient_is_small_for_a_ball_and_moves_the_field():
    scene = NERF(Config(**{**vars(SMALL), "shaded": 1.0, "shaded_from": 0.0}), seeded())
    orient = scene.regularizers(scene.render(ring(1, (8, 8)), 0.5, seeded()))["orient"]
    assert orient < 0.05
    orient.backward()
    assert scene.w2.grad.abs().sum() > 0


def test_the_occupancy_follows_the_density_and_does_not_change_the_picture():
    nerf, camera = NERF(Config(**{**vars(SMALL), "radius": 0.15}), seeded()), ring(2, (16, 16))
    before = nerf.render(camera)
    for step in range(0, 40, 4):
        nerf.after_step(step, 0.0, seeded(step))
    after = nerf.render(camera)
    assert len(after.samples.t) < 0.7 * len(before.samples.t)
    torch.testing.assert_close(after.opacity, before.opacity, atol=0.02, rtol=0)


def test_levels_come_in_one_after_the_other():
    scene = NERF(Config(**{**vars(SMALL), "first_levels": 2, "all_levels": 0.5}), seeded())
    assert [scene.active(progress) for progress in (0.0, 0.25, 0.5, 0.9)] == [2, 3, 4, 4]


@pytest.mark.parametrize(("field", "value"), [("levels", 0), ("finest", 8), ("textureless", 1.5), ("shaded", -0.1),
                                              ("radius", 0), ("log2_table", 30), ("levels", 65), ("base", 1),
                                              ("first_levels", -3), ("opaque", -1), ("blob", torch.nan), ("bias", -torch.inf)])
def test_a_config_out_of_range_names_its_field(field, value):
    with pytest.raises(ValueError, match=f"^{field}: need"):
        Config(**{**vars(SMALL), field: value})


def test_under_an_ideal_prior_it_becomes_what_the_prior_wants():
    """SDS with a Gaussian prior around one picture, from every side: opacity and color converge to that picture's."""
    size = 12
    v, u = torch.meshgrid(torch.arange(size) + 0.5 - size / 2, torch.arange(size) + 0.5 - size / 2, indexing="ij")
    disc = (u.square() + v.square() < 10).float()
    want = torch.stack([0.9 * disc, 0.2 * disc, 0.1 * disc, disc])             # premultiplied red, and opacity
    prior = IdealPrior({"a disc": 2 * want - 1}, std=0.05, size=size)
    query = Prompts(prior, "a disc", view_words=False)(torch.arange(4) * torch.pi / 2, torch.full((4,), 0.26))
    scene, method = NERF(SMALL, seeded()), SDS(prior, SDSConfig(guidance_scale=1.0, rescale=0.0))
    adam = torch.optim.Adam([{"params": g["params"], "lr": 0.02 * g["lr"]} for g in scene.param_groups()], betas=(0.9, 0.99))
    camera = ring(4, (size, size))
    for step in range(60):
        render = scene.render(camera, step / 60, seeded(step))
        loss = method.losses(render, query, step / 60, seeded(1000 + step))["distill"]
        adam.zero_grad()
        loss.backward()
        adam.step()
        scene.after_step(step, step / 60, seeded(step))
    final = scene.render(camera)
    got = torch.cat([final.premultiplied, final.opacity], -1).permute(0, 3, 1, 2)
    assert (got - want).abs().mean() < 0.06


def test_depth_is_the_expected_distance_and_not_less_where_little_is_seen(nerf):
    """A ball's half seen edge is farther than its middle; premultiplied, it was nearer than the camera's own lens."""
    seen = nerf.render(ring(1, (33, 33)))
    row, opacity = seen.depth[0, 16, :, 0], seen.opacity[0, 16, :, 0]
    edge = (opacity > 0.05) & (opacity < 0.5)
    assert edge.any() and (row[edge] > row[16]).all()


def test_depth_is_the_distance_to_the_surface():
    """A hard ball of radius 0.2, seen from 1.55 m: its front is at 1.35, and beside it there is nothing."""
    scene = NERF(Config(**{**vars(SMALL), "radius": 0.2, "blob": 400.0, "samples": 200, "bias": 0.0}), seeded())
    render = scene.render(ring(2, (17, 17), elevation_deg=0))
    assert render.opacity[:, 8, 8].min() > 0.99 and not render.depth[:, 0, 0].any()
    torch.testing.assert_close(render.depth[:, 8, 8, 0], torch.full((2,), 1.35), atol=0.01, rtol=0)


def test_the_variance_along_a_ray_is_its_definition():
    """Two rays hit something: sum w (t - mean)^2 / sum w each; what is too faint to be hit does not count."""
    w = torch.tensor([0.25, 0.5, 0.9, 0.1, 0.2], requires_grad=True)
    t = torch.tensor([1.0, 1.3, 2.0, 1.0, 5.0])
    samples = Samples(torch.zeros(5, 3), t, torch.tensor([0, 2, 3, 3, 5]), torch.tensor(5))
    render = NerfRender(*[torch.zeros(1, 2, 2, n) for n in (3, 1, 3)], samples=samples, weights=w)
    want = (0.25 / 0.75) * (0.5 / 0.75) * 0.3**2 / 2                        # p (1 - p) d^2, and 0 of a single sample
    assert float(z_variance(render).detach()) == pytest.approx(want, rel=1e-4)
    assert float(NERF(SMALL, seeded()).regularizers(render)["z_variance"].detach()) == pytest.approx(want, rel=1e-4)
    z_variance(render).backward()
    assert w.grad[0] > 0 > w.grad[1] and not w.grad[3:].any()               # the heavier one pulls


def test_opacity_and_entropy_are_their_definitions():
    opacity = torch.tensor([0.0, 0.25, 0.5, 1.0]).view(1, 2, 2, 1)
    samples = Samples(torch.zeros(0, 3), torch.zeros(0), torch.zeros(5, dtype=torch.long), torch.tensor(0))
    render = NerfRender(torch.zeros(1, 2, 2, 3), opacity, torch.zeros(1, 2, 2, 3), samples=samples, weights=torch.zeros(0))
    got = NERF(SMALL, seeded()).regularizers(render)
    assert float(got["opacity"]) == pytest.approx(sum((a * a + 0.01) ** 0.5 for a in (0, 0.25, 0.5, 1)) / 4, rel=1e-4)
    assert float(got["entropy"]) == pytest.approx((0.5623 + 0.6931 + 2 * 1.02e-3) / 4, abs=2e-4)
    assert float(got["z_variance"]) == 0


def test_orient_counts_what_looks_away_by_its_share_of_the_pixel():
    samples = Samples(torch.zeros(3, 3), torch.ones(3), torch.tensor([0, 1, 2, 3, 3]), torch.tensor(3))
    facing = torch.tensor([0.5, -0.8, 1.0])
    render = NerfRender(*[torch.zeros(1, 2, 2, n) for n in (3, 1, 3)], samples=samples,
                        weights=torch.tensor([0.4, 0.9, 0.1]), facing=facing)
    orient = NERF(SMALL, seeded()).regularizers(render)["orient"]
    assert float(orient) == pytest.approx((0.4 * 0.25 + 0.1 * 1.0) / 4)


PAPERS = [      # settings; the authors' sigma at r in their lengths, twice ours, and so half of ours
    (dict(density="softplus", blob=10, radius=0.25), lambda r: math.log1p(math.exp(10 * (1 - r / 0.5)))),        # threestudio
    (dict(density="exp", blob=5, blob_shape="gaussian", radius=0.1), lambda r: math.exp(5 * math.exp(-r * r / 0.08))),
    (dict(density="trunc_exp", blob=5, blob_shape="gaussian", radius=0.1), lambda r: math.exp(5 * math.exp(-r * r / 0.08))),
    (dict(density="softplus", blob=0, bias=-1), lambda r: 0.3133)]                                              # SJC


@pytest.mark.parametrize("settings, official", PAPERS, ids=["magic3d", "dreamfusion", "latent-nerf", "sjc"])
def test_a_papers_first_density_is_its_authors(settings, official):
    scene = NERF(Config(**{**vars(SMALL), "bias": 0, "per_metre": 2, **settings}), seeded())
    with torch.no_grad():
        scene.w2.zero_()                                # the network adds almost nothing at the start
    for r in (0.0, 0.1, 0.3, 0.6, 0.9):
        got = float(scene.density(torch.tensor([[r / 2, 0, 0]])))
        assert got == pytest.approx(2 * official(r), rel=2e-3)


@pytest.mark.parametrize("kind, slope", [("exp", math.exp), ("softplus", lambda z: 1 / (1 + math.exp(-z))),
                                         ("trunc_exp", lambda z: math.exp(min(z, 15)))])
def test_a_densitys_gradient_is_its_derivative_and_finite_everywhere(kind, slope):
    scene = NERF(Config(**{**vars(SMALL), "density": kind, "blob": 0, "bias": 0}), seeded())
    for z in (-60.0, -30.0, -3.0, 0.0, 9.0, 30.0, 200.0):
        with torch.no_grad():
            scene.w2.zero_()
            scene.b2[0] = z
        scene.zero_grad()
        sigma = scene.sigma(scene.evaluate(torch.full((1, 3), 0.4))[0])
        sigma.sum().backward()
        assert sigma.isfinite().all() and scene.b2.grad.isfinite().all()
        if kind != "exp" or z < 11:
            assert float(scene.b2.grad[0]) == pytest.approx(slope(z), rel=1e-4, abs=1e-30)


def test_noise_is_on_the_training_densities_alone_and_of_its_size():
    scene = NERF(Config(**{**vars(SMALL), "noise": 2.0}), seeded())
    camera, seen = ring(1, (8, 8)), []
    evaluate = scene.evaluate
    scene.evaluate = lambda x, noise=None: seen.append(noise) or evaluate(x, noise)
    scene.render(camera)
    scene.render(camera, 0.5, seeded())
    assert seen[0] is None and float(seen[1].std()) == pytest.approx(2, rel=0.05) and len(set(seen[1].tolist())) > 99
    z, shifted = evaluate(torch.full((1, 3), 0.4))[0], evaluate(torch.full((1, 3), 0.4), torch.ones(1))[0]
    torch.testing.assert_close(shifted, z + 1)


def test_views_have_their_noise_light_and_background_also_where_processes_share_them():
    """Each of two processes draws the one half of four views as one draws all; views have unlike numbers of samples."""
    scene = NERF(Config(**{**vars(SMALL), "noise": 2.0, "shaded": 1.0, "shaded_from": 0.0, "radius": 0.2}), seeded())
    scene.occupancy.refresh(lambda x: 100.0 * (x[:, 0] < 0.4), 0.5, seeded())
    camera = ring(4, (8, 8), start_deg=20)
    whole = scene.render(camera, 0.5, seeded(3))
    assert len(set(whole.samples.offsets[::64].diff().tolist())) > 1
    for rank in range(2):
        rows = slice(2 * rank, 2 * rank + 2)
        part = scene.render(camera[rows], 0.5, portion(seeded(3), rank, 2))
        torch.testing.assert_close(part.rgb, whole.rgb[rows])


def test_with_normals_of_all_pictures_orient_acts_in_every_step_and_shades_none():
    plain = NERF(SMALL, seeded())
    scene = NERF(Config(**{**vars(SMALL), "normals": "all"}), seeded())
    camera = ring(1, (8, 8))
    a, b = plain.render(camera, 0.5, seeded()), scene.render(camera, 0.5, seeded())
    assert set(scene.regularizers(b)) == set(REGULARIZERS) and torch.equal(a.rgb, b.rgb)
    assert scene.render(camera).facing is None                  # no training picture


def test_each_part_of_the_field_has_its_rate():
    scene = NERF(Config(**{**vars(SMALL), "background": "learned", "layers_rate": 0.5, "background_rate": 0.2}), seeded())
    assert {group["name"]: group["lr"] for group in scene.param_groups()} == {"table": 1, "layers": 0.5, "background": 0.2}
    plain = NERF(Config(**{**vars(SMALL), "background": "learned"}), seeded())
    assert {group["name"]: group["lr"] for group in plain.param_groups()} == {"table": 1, "layers": 0.3, "background": 0.1}
