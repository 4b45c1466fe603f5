"""Solid textures: every kind of them is a color everywhere, the same at every call, and stays on its part."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from solids import box, sphere

from dreamgen.training.finishes import KINDS, PLAIN, Finish, colored, fractal, lattice, noise
from dreamgen.training.render import Part, draw

N = 4000


def points(seed: int = 0) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """base [N, 3], p [N, 3] on both sides of the origin, normals [N, 3]; axes and zero among these."""
    rng = torch.Generator().manual_seed(seed)
    normal = torch.randn(N, 3, generator=rng)
    normal[:3], normal[3] = torch.eye(3), 0
    return torch.rand(N, 3, generator=rng), 2 * torch.rand(N, 3, generator=rng) - 1, normal


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_color_everywhere_and_the_same_at_every_call(kind):
    base, p, normal = points()
    p[:4] = torch.tensor([[0.0, 0, 0], [0.1, -0.1, 0.2], [1e4, -1e4, 3.0], [-0.05, 0.05, 0]])      # joints, far away
    finish, before = Finish(kind, second=(0.1, 0.9, 0.4)), base.clone()
    got = colored(finish, base, p, normal)
    assert got.shape == (N, 3) and got.isfinite().all() and got.min() >= 0 and got.max() <= 1
    assert torch.equal(got, colored(finish, base, p, normal)) and torch.equal(base, before)
    pattern, light = KINDS[kind](p / finish.size, normal)
    assert pattern.shape == light.shape == (N,) and pattern.min() >= -1e-6 and pattern.max() <= 1 + 1e-6
    assert light.abs().max() < 1 and light.mean().abs() < 0.25          # neither black nor of another lightness
    assert (pattern.std() + light.std() > 0.01) == (kind != "plain")


@pytest.mark.parametrize("kind", KINDS)
def test_a_point_has_its_color_whatever_else_is_asked(kind):
    base, p, normal = points()
    some = torch.arange(0, N, 7)
    together = colored(Finish(kind), base, p, normal)[some]
    torch.testing.assert_close(colored(Finish(kind), base[some], p[some], normal[some]), together, atol=1e-6, rtol=0)


@pytest.mark.parametrize("kind", KINDS)
def test_size_scales_the_pattern_and_amount_its_light_and_dark(kind):
    base, p, normal = points()
    base = 0.3 + 0.2 * base                             # far from black and white, where it would be cut off
    one, half = Finish(kind, 0.125), Finish(kind, 0.0625)
    assert torch.equal(colored(half, base, p / 2, normal), colored(one, base, p, normal))
    none = colored(replace(one, second=(0.4, 0.4, 0.4), amount=0.0), base, p, normal)
    assert torch.equal(none, base) or (none - 0.4).abs().max() <= (base - 0.4).abs().max() + 1e-6
    light = KINDS[kind](p / one.size, normal)[1]
    plain = replace(one, second=(0.4, 0.4, 0.4))
    torch.testing.assert_close(colored(plain, base, p, normal), (none * (1 + light)[:, None]).clamp(0, 1))


def test_patterns_are_where_they_are_said_to_be():
    base, front = torch.full((1, 3), 0.3), torch.tensor([[0.0, 0, 1]])

    def at(kind, x, y):
        return colored(Finish(kind, 1.0, (0.9, 0.9, 0.9), amount=0.0), base, torch.tensor([[x, y, 0.0]]), front)[0, 0]

    assert at("brick", 1.1, 0.5) == pytest.approx(0.3) and at("brick", 1.1, 1.0) == pytest.approx(0.9)
    assert at("brick", 0.0, 0.5) == pytest.approx(0.9) and at("brick", 0.0, 1.5) == pytest.approx(0.3)      # shifted
    board = [[float(at("checks", x + 0.5, y + 0.5)) for x in range(2)] for y in range(2)]
    assert board == [[pytest.approx(0.3), pytest.approx(0.9)], [pytest.approx(0.9), pytest.approx(0.3)]]
    assert [at("stripes", 0.5, y) for y in (0.5, 1.5, 2.5)] == [pytest.approx(v) for v in (0.9, 0.3, 0.9)]
    assert [at("stripes_x", x, 0.5) for x in (0.5, 1.5)] == [pytest.approx(v) for v in (0.9, 0.3)]
    assert [at("dots", x, 0.5) for x in (0.5, 1.0)] == [pytest.approx(v) for v in (0.9, 0.3)]
    assert at("tiles", 0.5, 0.5) == pytest.approx(0.3) and at("tiles", 1.0, 0.5) == pytest.approx(0.9)


def test_noise_is_smooth_of_both_signs_and_no_two_octaves_are_alike():
    p = 20 * torch.rand(20_000, 3, generator=torch.Generator().manual_seed(1)) - 10
    for field in (noise, fractal):
        values = field(p)
        assert values.abs().max() <= 1.2 and values.mean().abs() < 0.05 and values.std() > 0.15
        assert (field(p + 1e-3) - values).abs().max() < 0.05
    assert abs(float(torch.corrcoef(torch.stack([noise(p), noise(p * 2 + 17)]))[0, 1])) < 0.05
    corners = p.round()
    torch.testing.assert_close(noise(corners), 2 * lattice(corners.long()) - 1, atol=1e-5, rtol=0)


def test_the_lattice_is_uniform_and_neighbours_do_not_know_each_other():
    i = torch.cartesian_prod(*[torch.arange(-15, 15)] * 3)
    values = lattice(i)
    assert 0 <= values.min() and values.max() < 1
    assert torch.histc(values, 10, 0, 1).div(len(i) / 10).sub(1).abs().max() < 0.1
    for step in torch.eye(3, dtype=torch.long):
        assert abs(float(torch.corrcoef(torch.stack([values, lattice(i + step)]))[0, 1])) < 0.03


def test_an_unknown_kind_is_named():
    with pytest.raises(ValueError, match="kind: 'wod', have plain, wood, wood_x"):
        Finish("wod")


def test_a_finish_moves_with_its_part():
    """Asked in the part's own coordinates: a moved and turned box is striped as it was."""
    mesh = box((1, 1, 1))
    turned = mesh.vertices[:, [1, 0, 2]] * (1, -1, 1)                   # a quarter turn about z
    second = Finish("stripes", 0.25, (1.0, 0.0, 0.0))
    upright = draw([Part(mesh.vertices, mesh.faces, (0.0, 0.0, 1.0), finish=second)], [0.0], [0.0], 32)[0]
    lying = draw([Part(turned, mesh.faces, (0.0, 0.0, 1.0), finish=second, grain=mesh.vertices)], [0.0], [0.0], 32)[0]
    red = [np.where(image[..., 3] > 0, image[..., 0].astype(int) - image[..., 2], 0) for image in (upright, lying)]
    bands = [(np.diff(np.sign(line[8:24])) != 0).sum() for line in (red[0][:, 16], red[1][16])]
    assert bands[0] == bands[1] >= 2
    assert np.ptp(np.sign(red[0][16, 11:21])) == 0 == np.ptp(np.sign(red[1][11:21, 16]))     # along a band, one color


def test_plain_is_the_color_itself():
    base, p, normal = points()
    assert torch.equal(colored(PLAIN, base, p, normal), base)


@pytest.mark.parametrize("gloss", [0.3, 0.7, 1.0])
def test_gloss_shines_and_stays_a_color(gloss):
    mesh = sphere(24)

    def seen(finish):
        part = Part(mesh.vertices, mesh.faces, (0.5, 0.1, 0.1), normals=mesh.normals, finish=finish)
        return draw([part], [0.3], [0.5], 32)[0].astype(int)

    matte, shiny = seen(PLAIN), seen(Finish(gloss=gloss))
    assert (matte[..., 3] == shiny[..., 3]).all() and np.abs(matte - shiny).max() > 8
