"""Texels on a mesh: read as the definition says, recovered from pictures, left alone where nobody looks."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from renderers.assets import Material, Mesh
from renderers.camera import ring
from renderers.scene import Pulled
from renderers.scenes.texture import Config, TexturedMesh, edges, fitted, turned
from renderers.shading import studio
from renderers.texels import Pyramids, Texels, Woven

RIGHT = np.float32([[1, 0, 0], [-1, 0, 0], [0, 0, -1], [0, 0, 1], [1, 0, 0], [1, 0, 0]])
UP = np.float32([[0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 0, -1], [0, 0, 1]])


def cube(scale: float = 2.0, offset: float = 5.0, materials: tuple[Material, ...] = (Material(),)) -> Mesh:
    """Six faces in a 3 x 2 atlas with a gutter, somewhere away from the origin."""
    normals = np.cross(RIGHT, UP).astype(np.float32)
    corners = np.float32([[-1, 1], [1, 1], [-1, -1], [1, -1]])
    vertices = normals[:, None] + corners[None, :, :1] * RIGHT[:, None] + corners[None, :, 1:] * UP[:, None]
    faces = (np.int32([[0, 2, 1], [1, 2, 3]])[None] + 4 * np.arange(6, dtype=np.int32)[:, None, None]).reshape(-1, 3)
    cell = np.stack([np.arange(6) % 3 / 3, np.arange(6) // 3 / 2], 1)[:, None]
    inner = np.float32([[0, 0], [1, 0], [0, 1], [1, 1]]) * np.float32([0.27, 0.44]) + np.float32([0.03, 0.03])
    part = None if len(materials) == 1 else np.repeat(np.arange(6) % len(materials), 2).astype(np.int32)
    return Mesh(vertices.reshape(-1, 3) * np.float32(scale / 2) + np.float32(offset), faces, normals.repeat(4, 0),
                (cell + inner).reshape(-1, 2).astype(np.float32), materials=materials, part=part)


def scene(mesh: Mesh | None = None, **settings) -> TexturedMesh:
    return TexturedMesh(Config(**{"texels": 32, **settings}), torch.Generator().manual_seed(0), mesh or cube())


def smooth(size: int, seed: int = 0) -> torch.Tensor:
    """[1, 3, size, size] in [0.1, 0.9]: a picture without detail finer than a few texels."""
    coarse = torch.rand(1, 3, 6, 6, generator=torch.Generator().manual_seed(seed))
    return 0.1 + 0.8 * F.interpolate(coarse, (size, size), mode="bilinear")


@pytest.mark.parametrize("wrap", ["clamp", "repeat", "mirror"])
def test_a_level_is_read_bilinearly_and_wrapped(wrap):
    """Beyond [0, 1] as torch reads the picture laid out 5 times along each edge, every second one mirrored or not."""
    g = torch.Generator().manual_seed(0)
    picture = torch.rand(1, 3, 16, 16, generator=g, dtype=torch.float64)
    uv = torch.rand(200, 2, generator=g, dtype=torch.float64) * 3 - 1
    got = Pyramids([16], [(wrap, wrap)]).at(Pyramids.table([picture]), torch.zeros(200, dtype=torch.int64), uv, torch.zeros(200))
    turns = {"repeat": [(), (), (), (), ()], "mirror": [(), (1,), (), (1,), ()]}.get(wrap)
    if wrap == "clamp":
        tiles, at = picture, uv.clamp(0, 1)
    else:
        tiles = torch.cat([torch.cat([picture.flip([2] * len(down) + [3] * len(along)) for along in turns], 3)
                           for down in turns], 2)
        at = (uv + 2) / 5
    want = F.grid_sample(tiles, at[None, None] * 2 - 1, padding_mode="border", align_corners=False)[0, :, 0].T
    assert torch.allclose(got, want, atol=1e-9)


def test_a_sample_that_spans_many_texels_reads_their_mean_and_spreads_its_gradient():
    maps = Texels([32], torch.Generator().manual_seed(0))
    with torch.no_grad():
        maps.theta[0].copy_(torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(1)))
    pyramids = Pyramids([32], [("clamp", "clamp")])
    whole = pyramids.at(pyramids.table(maps()), torch.zeros(1, dtype=torch.int64), torch.full((1, 2), 0.5), torch.ones(1))
    assert torch.allclose(whole[0], maps.theta[0].mean((0, 2, 3)), atol=1e-6)
    whole.sum().backward()
    assert torch.allclose(maps.theta[0].grad, torch.full((1, 3, 32, 32), 1 / 1024))


def test_the_gradient_is_that_of_finite_differences():
    g = torch.Generator().manual_seed(0)
    theta = torch.rand(2, 3, 8, 8, generator=g, dtype=torch.float64, requires_grad=True)
    pyramids = Pyramids([8, 8], [("repeat", "clamp"), ("mirror", "repeat")])
    k, span = torch.tensor([0, 1, 1, 0]), torch.tensor([0, 0.3, 0.1, 1])
    uv = 3 * torch.rand(4, 2, generator=g, dtype=torch.float64) - 1
    assert torch.autograd.gradcheck(lambda x: pyramids.at(Pyramids.table([x]), k, uv, span), theta)


def test_a_known_texture_is_recovered_from_its_pictures_to_35_db():
    """Under the light, at another size and scale; of the texels that a view shows, inside the charts."""
    truth, found = scene(samples=2), scene(samples=2)
    with torch.no_grad():
        truth.maps.theta[0].copy_(smooth(32))
    cameras = [ring(6, (32, 32), elevation) for elevation in (-40.0, 10.0, 55.0)]
    with torch.no_grad():
        wanted = [truth.render(camera).premultiplied for camera in cameras]
    optimizer = torch.optim.Adam(found.param_groups()[0]["params"], lr=0.05)
    rng = torch.Generator().manual_seed(0)
    for step in range(150):
        for group in optimizer.param_groups:
            group["lr"] = 0.05 * (1 - step / 150) + 0.002
        optimizer.zero_grad()
        F.mse_loss(found.render(cameras[step % 3], 0.0, rng).premultiplied, wanted[step % 3]).backward()
        optimizer.step()
        found.after_step(step, step / 150, rng)
    model, [shown] = found.model()
    error = (found.maps.theta[0] - truth.maps.theta[0]).detach()[0].permute(1, 2, 0).numpy()[inside(model)]
    psnr = -10 * np.log10((error**2).mean())
    assert shown[inside(model)].all() and psnr > 35, psnr


def inside(mesh: Mesh, size: int = 32) -> np.ndarray:
    """[size, size] bool: texels whose centre is on the cube."""
    y, x = (np.mgrid[:size, :size] + 0.5) / size
    cells = [(x > u0) & (x < u1) & (y > v0) & (y < v1) for (u0, v0), (u1, v1) in
             zip(mesh.uv.reshape(6, 4, 2).min(1), mesh.uv.reshape(6, 4, 2).max(1), strict=True)]
    return np.logical_or.reduce(cells)


def test_opacity_is_the_share_of_samples_and_has_no_gradient():
    made = scene(samples=4)
    seen = made.render(ring(1, (24, 24), 0.0), 0.0, torch.Generator().manual_seed(0))
    half = fitted(cube().vertices, cube().faces)[:, 1].max()                # the front face: a square of this half edge
    pixels = 2 * half / (1.55 - half) * 24 / (2 * np.tan(np.radians(20)))
    assert float(seen.opacity.sum()) == pytest.approx(pixels**2, rel=0.03)
    assert not seen.opacity.requires_grad and seen.premultiplied.requires_grad
    assert float(seen.depth[0, 12, 12]) == pytest.approx(1.55 - half, abs=2e-3)


def test_what_a_step_does_not_show_stays_as_it_is_and_in_range():
    made = scene()
    optimizer = torch.optim.Adam(made.param_groups()[0]["params"], lr=1.0)
    rng, front, back = torch.Generator().manual_seed(0), ring(2, (32, 32), 0.0)[:1], ring(2, (32, 32), 0.0)[1:]
    for view in (front, back):
        optimizer.zero_grad()
        before = made.maps.theta[0].detach().clone()
        (-made.render(view, 0.0, rng).rgb.mean()).backward()
        shown = (made.maps.theta[0].grad != 0).any(1, keepdim=True)
        optimizer.step()
        made.after_step(0, 0.0, rng)
    now = made.maps.theta[0].detach()
    assert torch.equal(torch.where(shown, 0, now), torch.where(shown, 0, before))       # though Adam's momentum moved them
    assert now.min() >= 0 and now.max() == 1 and 0 < made.shown(0).float().mean() < 1


@pytest.mark.parametrize("maps", ["texels", "woven"])
def test_a_regularizer_of_all_texels_shows_none(maps):
    plain, calm = (scene(maps=maps) for _ in range(2))
    for made, weight in ((plain, 0.0), (calm, 1.0)):
        if maps == "texels":
            made.maps.theta[0].data.copy_(smooth(32))
        render = made.render(ring(1, (32, 32), 0.0), 0.0, torch.Generator().manual_seed(0))
        (render.rgb.mean() + weight * made.regularizers(render)["variation"]).backward()
        assert isinstance(made, Pulled) and made.pull.grad is not None
        made.after_step(0, 0.0, torch.Generator())
    assert torch.equal(calm.shown(0), plain.shown(0)) and 0.05 < calm.shown(0).float().mean() < 0.5
    assert (calm.maps().pop() - plain.maps().pop()).abs().max() == 0 and calm.pull is None


def test_the_view_is_of_the_front_whichever_way_the_file_has_it():
    """A cube with one red face, on +x of its file: seen by a camera in front where the front is said to be there."""
    mesh = cube(materials=(Material(), Material(name="red")))
    mesh = Mesh(mesh.vertices, mesh.faces, mesh.normals, mesh.uv, materials=mesh.materials,
                part=np.int32((mesh.normals[mesh.faces[:, 0]] @ np.float32([1, 0, 0])) > 0.5))
    for up, front in (("y", 90.0), ("z", 90.0)):
        made = scene(mesh, up=up, front_deg=front, light=0.0)
        assert made.edges == [32, 16]                       # so the red one's is the first, by size
        with torch.no_grad():
            made.maps.theta[0][0] = torch.tensor([1.0, 0, 0])[:, None, None]
            seen = made.render(ring(4, (16, 16), 0.0)).rgb[:, 8, 8]
        assert seen[0].tolist() == pytest.approx([1, 0, 0], abs=1e-5) and seen[1:].std() < 1e-6
    assert np.allclose(turned("z", 0.0) @ [0, 0, 1], [0, 1, 0]) and np.allclose(turned("z", 0.0) @ [0, -1, 0], [0, 0, 1])
    assert all(np.isclose(np.linalg.det(turned(up, 30.0)), 1) for up in "xyz")


def test_the_model_comes_out_where_it_went_in():
    mesh = cube(0.001, -70.0)
    model, _ = scene(mesh, up="z", front_deg=40.0).model()
    for name in ("vertices", "faces", "normals", "uv"):
        assert np.array_equal(getattr(model, name), getattr(mesh, name))


def test_maps_are_as_large_as_what_they_are_on():
    mesh = cube(materials=(Material(), Material(name="b")))
    assert edges(mesh, 64) == [64, 64]
    small = mesh.vertices.copy()
    small[np.unique(mesh.faces[mesh.part == 1])] *= 0.01
    assert edges(Mesh(small, mesh.faces, mesh.normals, mesh.uv, materials=mesh.materials, part=mesh.part), 64) == [64, 16]


def test_no_extent_is_a_sentence():
    mesh = cube()
    with pytest.raises(ValueError, match="^scene.mesh: has no extent"):
        scene(Mesh(np.ones_like(mesh.vertices), mesh.faces, mesh.normals, mesh.uv, materials=mesh.materials))


def test_light_is_the_same_for_mirror_images_and_for_both_sides():
    n = F.normalize(torch.randn(50, 3, generator=torch.Generator().manual_seed(0)), dim=-1)
    v = F.normalize(torch.randn(50, 3, generator=torch.Generator().manual_seed(1)), dim=-1)
    flip = torch.tensor([-1.0, 1, 1])
    assert torch.allclose(studio(n, v), studio(n * flip, v * flip)) and torch.allclose(studio(n, v), studio(-n, v))
    up, down = torch.tensor([[0.0, 1, 0]]), torch.tensor([[0.0, -1, 0]])
    assert studio(up, up) > studio(down, down) > 0.4


def test_woven_maps_are_smoother_than_noise_and_come_back_from_a_checkpoint():
    """A step towards noise changes texels by noise, and woven maps by something smooth."""
    noise = torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(5))

    def roughness(kind: type) -> float:
        maps = kind([32], torch.Generator().manual_seed(0))
        before = maps()[0].detach().clone()
        optimizer = torch.optim.Adam(maps.parameters(), lr=0.01)
        (maps()[0] * noise).sum().backward()
        optimizer.step()
        change = maps()[0].detach() - before
        return float(change.diff(dim=-1).square().mean() / change.square().mean())

    assert roughness(Woven) < 0.5 * roughness(Texels)
    one, other = scene(maps="woven"), TexturedMesh(Config(texels=32, maps="woven"), torch.Generator().manual_seed(9), cube())
    other.load_state_dict(one.state_dict())
    view = ring(1, (16, 16))
    assert torch.equal(one.render(view).rgb, other.render(view).rgb)
