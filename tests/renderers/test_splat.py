"""``splat`` beside closed forms, beside gsplat's torch code, and at two resolutions."""

import math

import pytest
import torch

from renderers.camera import Camera, project, ring
from renderers.ops.splat import BLUR, seen_from, splat
from renderers.ops.splat.reference import rotation
from tests.cases.splat import cloud

BACKENDS = ("reference", "numba")


def one(position=(0.0, 0.0, 0.0), scale=(0.1, 0.1, 0.1), turn=(1.0, 0.0, 0.0, 0.0), opacity=0.8, color=(1.0, 0.5, 0.25)):
    return [torch.tensor([part], dtype=torch.float32) for part in (position, scale, turn, opacity, color)]


def both(*gaussians):
    return [torch.cat(parts) for parts in zip(*gaussians, strict=True)]


def level(size=(32, 32)):
    """A camera on +z that looks at the origin, which projects onto the middle of the picture."""
    return ring(1, size, elevation_deg=0)


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_middle_of_a_gaussian_has_its_opacity_and_distance(backend):
    camera = level((33, 33))                                    # the middle is a pixel's centre
    for antialiased in (True, False):
        out = splat(*one(), camera, antialiased=antialiased, backend=backend)
        variance = (0.1 * camera.focal[0] / 1.55) ** 2          # pixels^2
        rho = variance / (variance + BLUR) if antialiased else 1.0
        assert out.opacity[0, 16, 16, 0] == pytest.approx(0.8 * float(rho), rel=1e-4)
        assert torch.allclose(out.rgb[0, 16, 16] / out.opacity[0, 16, 16], torch.tensor([1.0, 0.5, 0.25]), atol=1e-5)
        assert out.depth[0, 16, 16, 0] / out.opacity[0, 16, 16, 0] == pytest.approx(1.55, rel=1e-4)


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_nearer_of_two_hides_the_other_by_its_opacity(backend):
    red, blue = one((0, 0, 0.2), opacity=0.6, color=(1, 0, 0)), one((0, 0, -0.2), opacity=0.7, color=(0, 0, 1))
    camera = level((33, 33))
    for order in ((red, blue), (blue, red)):
        out = splat(*both(*order), camera, antialiased=False, backend=backend)
        assert torch.allclose(out.rgb[0, 16, 16], torch.tensor([0.6, 0.0, 0.4 * 0.7]), atol=1e-4)
        assert out.opacity[0, 16, 16, 0] == pytest.approx(1 - 0.4 * 0.3, abs=1e-4)
    back = splat(*both(red, blue), Camera(*(lambda c: (c.c2w[1:], c.fov_y[1:], c.size))(ring(2, (33, 33), 0))),
                 antialiased=False, backend=backend)
    assert torch.allclose(back.rgb[0, 16, 16], torch.tensor([0.3 * 0.6, 0.0, 0.7]), atol=1e-4)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_quarter_turn_swaps_the_axes(backend):
    half = math.sqrt(0.5)
    long = splat(*one(scale=(0.2, 0.05, 0.05)), level(), backend=backend)
    turned = splat(*one(scale=(0.2, 0.05, 0.05), turn=(half, 0, 0, half)), level(), backend=backend)       # about z
    swapped = splat(*one(scale=(0.05, 0.2, 0.05)), level(), backend=backend)
    assert torch.allclose(turned.opacity, swapped.opacity, atol=1e-5)
    assert (turned.opacity - long.opacity).abs().max() > 0.1
    assert long.opacity[0, 16, 4, 0] > 10 * long.opacity[0, 4, 16, 0]         # along x is along the row


def test_quaternions_turn_as_ours_do():
    turn = torch.tensor([[math.cos(math.pi / 6), 0, math.sin(math.pi / 6), 0]])             # 60 degrees about +y
    want = torch.tensor([math.sin(math.pi / 3), 0.0, math.cos(math.pi / 3)])
    assert torch.allclose(rotation(turn)[0] @ torch.tensor([0.0, 0.0, 1.0]), want, atol=1e-6)
    assert torch.equal(rotation(turn * 4), rotation(turn))


@pytest.mark.parametrize("backend", BACKENDS)
def test_it_lies_where_points_do(backend):
    """The opacity's middle is where ``camera.project`` puts the centre."""
    camera = ring(3, (64, 48), elevation_deg=30)
    at = torch.tensor([[0.17, 0.11, -0.08]])
    out = splat(*one(tuple(at[0].tolist()), scale=(0.02,) * 3), camera, backend=backend).opacity[..., 0]
    v, u = torch.meshgrid(torch.arange(64) + 0.5, torch.arange(48) + 0.5, indexing="ij")
    total = out.sum((1, 2))
    middle = torch.stack([(out * u).sum((1, 2)) / total, (out * v).sum((1, 2)) / total], 1)
    assert torch.allclose(middle, project(camera, at)[0][:, 0], atol=0.03)


@pytest.mark.parametrize("backend", BACKENDS)
def test_opacity_and_colors_stay_in_range(backend):
    positions, scales, quaternions, opacities, colors, camera, _ = cloud(torch.float32, 300, (40, 40), 2)
    out = splat(positions, 5 * scales, quaternions, torch.ones_like(opacities), colors, camera, backend=backend)
    assert out.opacity.min() >= 0 and out.opacity.max() <= 1
    assert (out.rgb <= out.opacity + 1e-5).all() and out.rgb.min() >= 0


@pytest.mark.parametrize("backend", BACKENDS)
def test_small_and_large_pictures_agree_with_compensation_and_not_without(backend):
    """|box filter of 512^2 - 64^2| <= 2 / 255 (GAUSSIANS: the resolution trap); Gaussians of a third of a pixel."""
    positions, scales, quaternions, opacities, colors, camera, _ = cloud(torch.float32, 150, (64, 64), scale=0.006)
    error = {}
    for antialiased in (True, False):
        small, large = (splat(positions, scales, quaternions, opacities, colors, camera.resized((edge, edge)),
                              antialiased=antialiased, backend=backend).rgb.detach() for edge in (64, 256))
        error[antialiased] = float((large.unflatten(1, (64, 4)).unflatten(3, (64, 4)).mean((2, 4)) - small).abs().mean())
    assert error[True] < 2 / 255 and error[False] > 3 * error[True]


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_shift_has_the_screen_space_gradient(backend):
    """Along a picture the shift moves a Gaussian as a position does: f / z pixels a metre."""
    positions, scales, quaternions, opacities, colors, camera, _ = cloud(torch.float32, 1)
    camera = level((20, 24))
    positions = torch.zeros(1, 3, requires_grad=True)
    shift = torch.zeros(1, 1, 2, requires_grad=True)
    out = splat(positions, torch.full((1, 3), 0.1), quaternions, opacities, colors, camera, shift, backend=backend)
    slope = torch.linspace(0, 1, 24).view(1, 1, 24, 1)
    (out.opacity * slope).sum().backward()
    scale = float(camera.focal[0]) / 1.55
    assert shift.grad[0, 0, 0] > 0.01
    assert positions.grad[0, 0] == pytest.approx(float(shift.grad[0, 0, 0]) * scale, rel=2e-3)


def test_shapes_are_checked():
    positions, scales, quaternions, opacities, colors, camera, shift = cloud(torch.float32, 3)
    with pytest.raises(ValueError, match=r"splat: quaternions is \[3, 3\], want \[N=3, 4\]"):
        splat(positions, scales, quaternions[:, :3], opacities, colors, camera)


@pytest.mark.parametrize("antialiased", (True, False))
def test_it_agrees_with_gsplats_torch_code(antialiased):
    """Projection by gsplat (Apache-2.0, `pip install gsplat`), dense compositing as its documentation has it.

    Gaussians are kept above its and our threshold of alpha by counting only where both are far from it: ours fades.
    """
    gsplat = pytest.importorskip("gsplat.cuda._torch_impl", reason="an oracle: pip install gsplat")
    positions, scales, quaternions, opacities, colors, camera, _ = cloud(torch.float32, 60, (48, 64), 2)
    H, W = camera.size
    view, focal = seen_from(camera)
    views = torch.cat([view, torch.tensor([0.0, 0, 0, 1]).expand(2, 1, 4)], 1)
    K = torch.zeros(2, 3, 3)
    K[:, 0, 0], K[:, 1, 1], K[:, 0, 2], K[:, 1, 2], K[:, 2, 2] = focal, focal, W / 2, H / 2, 1
    covariance, _ = gsplat._quat_scale_to_covar_preci(quaternions, scales, compute_preci=False)
    _, means, depths, conics, compensation = gsplat._fully_fused_projection(positions, covariance, views, K, W, H, BLUR,
                                                                           calc_compensations=True)
    v, u = torch.meshgrid(torch.arange(H) + 0.5, torch.arange(W) + 0.5, indexing="ij")
    pictures = []
    for b in range(2):
        order = depths[b].argsort(stable=True)
        dx, dy = u - means[b, order, 0, None, None], v - means[b, order, 1, None, None]
        A, B, C = conics[b, order].unbind(-1)
        power = 0.5 * (A[:, None, None] * dx * dx + C[:, None, None] * dy * dy) + B[:, None, None] * dx * dy
        o = opacities[order] * (compensation[b, order] if antialiased else 1)
        alpha = (o[:, None, None] * torch.exp(-power)).clamp(max=0.99)
        alpha = torch.where(alpha >= 1.5 / 255, alpha, 0)       # half way along our fade
        T = torch.cat([torch.ones(1, H, W), (1 - alpha).cumprod(0)])
        pictures.append(torch.einsum("khw,kc->hwc", T[:-1] * alpha, colors[order]))
    want = torch.stack(pictures)
    leaves = (positions, scales, quaternions, opacities, colors)
    want_gradients = torch.autograd.grad((want * torch.linspace(0, 1, W)[:, None]).sum(), leaves)
    for backend in BACKENDS:
        out = splat(*leaves, camera, antialiased=antialiased, backend=backend).rgb
        assert (out - want).abs().mean() < 1e-3 and (out - want).abs().max() < 2 / 255
        gradients = torch.autograd.grad((out * torch.linspace(0, 1, W)[:, None]).sum(), leaves)
        for ours, theirs in zip(gradients, want_gradients, strict=True):
            assert torch.nn.functional.cosine_similarity(ours.flatten(), theirs.flatten(), dim=0) > 0.999
