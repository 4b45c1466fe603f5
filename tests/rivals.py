"""Stand-ins for the libraries that only a GPU runs: their functions' names and arguments, their checks, and our definitions.

Read from tiny-cuda-nn 6ee3546 (bindings/torch), nerfacc 57ccfa1, gsplat v1.5.3 and nvdiffrast 253ac4f. They tell whether an
adapter hands over what the library takes and reads what it gives. Whether the library computes what its page says, only
tests/gpu tells, where it is installed.
"""

from types import ModuleType

import torch

from renderers.ops.antialias import edges_of
from renderers.ops.antialias.reference import antialias as our_antialias
from renderers.ops.hashgrid import Layout
from renderers.ops.hashgrid.reference import hashgrid
from renderers.ops.rasterize.reference import rasterize as our_rasterize
from renderers.ops.splat.reference import TILE, Projection, compose, project

GRANULARITY = 256       # tiny-cuda-nn's points of a batch


def module(name: str, **contents) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(contents)
    return made


class Encoding(torch.nn.Module):
    """tinycudann.modules.Encoding of a hash grid."""

    def __init__(self, n_input_dims, encoding_config, seed=1337, dtype=None):
        super().__init__()
        keys = {"otype", "type", "n_levels", "n_features_per_level", "log2_hashmap_size", "base_resolution",
                "per_level_scale", "interpolation"}
        assert n_input_dims == 3 and set(encoding_config) == keys and dtype == torch.float32
        assert (encoding_config["otype"], encoding_config["type"]) == ("Grid", "Hash")
        assert encoding_config["interpolation"] == "Linear" and encoding_config["n_features_per_level"] == 2
        levels, base = encoding_config["n_levels"], encoding_config["base_resolution"]
        finest = base * encoding_config["per_level_scale"] ** max(levels - 1, 1)
        self.layout = Layout(levels, base, finest, encoding_config["log2_hashmap_size"])
        self.n_output_dims = 2 * levels
        self.params = torch.nn.Parameter(torch.zeros(2 * self.layout.rows))

    def forward(self, x):
        padded = torch.nn.functional.pad(x, [0, 0, 0, -len(x) % GRANULARITY])
        assert padded.dtype == torch.float32 and len(padded) and ((padded >= 0) & (padded <= 1)).all()
        assert self.params.shape == (2 * self.layout.rows,) and self.params.dtype == torch.float32
        return hashgrid(padded, self.params.view(-1, 2), self.layout)[:len(x)]


def render_weight_from_density(t_starts, t_ends, sigmas, packed_info=None, ray_indices=None, n_rays=None, prefix_trans=None):
    assert ray_indices is None and prefix_trans is None and packed_info.dtype == torch.int64
    assert sigmas.ndim == 1 and t_starts.shape == t_ends.shape == sigmas.shape and packed_info.shape[1:] == (2,)
    tau = sigmas * (t_ends - t_starts)
    ends = packed_info.sum(1).tolist()
    parts = [tau[a:b] for a, b in zip(packed_info[:, 0].tolist(), ends, strict=True)]
    T = torch.cat([torch.exp(-(torch.nn.functional.pad(part, (1, 0))[:-1].cumsum(0))) for part in parts])
    alphas = -torch.expm1(-tau)         # theirs is 1 - exp: the test is of the adapter
    return T * alphas, T, alphas


def accumulate_along_rays(weights, values=None, ray_indices=None, n_rays=None):
    assert weights.ndim == 1 and ray_indices.shape == weights.shape and isinstance(n_rays, int)
    if values is not None:
        assert values.ndim == 2 and weights.shape == values.shape[:-1]
    source = weights[..., None] * (1 if values is None else values)
    return torch.zeros(n_rays, source.shape[-1], dtype=source.dtype).index_add(0, ray_indices, source)


def fully_fused_projection(means, covars, quats, scales, viewmats, Ks, width, height, eps2d=0.3, near_plane=0.01,
                           far_plane=1e10, radius_clip=0.0, packed=False, sparse_grad=False, calc_compensations=False,
                           camera_model="pinhole", opacities=None):
    N, C = len(means), len(viewmats)
    assert covars is None and not packed and camera_model == "pinhole" and (eps2d, near_plane) == (0.3, 0.01)
    assert means.shape == scales.shape == (N, 3) and quats.shape == (N, 4) and opacities.shape == (N,)
    assert viewmats.shape == (C, 4, 4) and Ks.shape == (C, 3, 3)
    assert (viewmats[:, 3] == viewmats.new_tensor([0, 0, 0, 1])).all() and (Ks[:, 2] == Ks.new_tensor([0, 0, 1])).all()
    assert (Ks[:, :2, 2] == Ks.new_tensor([width / 2, height / 2])).all() and (Ks[:, 0, 0] == Ks[:, 1, 1]).all()
    parts = []
    for view, K in zip(viewmats, Ks, strict=True):
        depth = means @ view[2, :3] + view[2, 3]
        every = torch.cat([means, scales, quats, torch.ones(N, 1), torch.zeros(N, 5)], 1)
        p = project(every, view[:3], K[0, 0], (height, width), calc_compensations)
        reach = project(torch.cat([every[:, :10], opacities[:, None], every[:, 11:]], 1), view[:3], K[0, 0],
                        (height, width), calc_compensations).reach
        there = depth > near_plane
        radii = torch.where(there[:, None], reach.nan_to_num(0).ceil().int(), 0)
        parts.append((radii, p.center, depth, p.conic, torch.where(there, p.opacity, torch.nan)))
    radii, means2d, depths, conics, compensations = (torch.stack(part) for part in zip(*parts, strict=True))
    return radii, means2d, depths, conics, compensations if calc_compensations else None


def isect_tiles(means2d, radii, depths, tile_size, tile_width, tile_height, sort=True, segmented=False, packed=False,
                n_images=None, image_ids=None, gaussian_ids=None):
    """An intersection a Gaussian that is seen instead of one a tile; what follows needs the order only."""
    B, N = depths.shape
    assert means2d.shape == (B, N, 2) and radii.shape == (B, N, 2) and radii.dtype == torch.int32 and tile_size == TILE
    order = torch.cat([b * N + (row := depths[b].argsort(stable=True))[(radii[b, row] > 0).all(1)] for b in range(B)])
    return (radii > 0).all(2).int(), order * 0, order.int()


def isect_offset_encode(isect_ids, n_images, tile_width, tile_height):
    assert isect_ids.dtype == torch.int64
    return torch.zeros(n_images, tile_height, tile_width, dtype=torch.int32)


def rasterize_to_pixels(means2d, conics, colors, opacities, image_width, image_height, tile_size, isect_offsets, flatten_ids,
                        backgrounds=None, masks=None, packed=False, absgrad=False):
    B, N = opacities.shape
    assert means2d.shape == (B, N, 2) and conics.shape == (B, N, 3) and colors.shape == (B, N, 4)
    assert isect_offsets.shape == (B, -(-image_height // tile_size), -(-image_width // tile_size))
    pictures = []
    for b in range(B):
        ids = flatten_ids[(flatten_ids >= b * N) & (flatten_ids < b * N + N)].long() - b * N
        everywhere = torch.full((len(ids), 2), 1e6)
        pictures.append(compose(Projection(means2d[b, ids], conics[b, ids], everywhere, opacities[b, ids], colors[b, ids]),
                                (image_height, image_width)))
    out = torch.stack(pictures)
    return torch.cat([out[..., :3], out[..., 4:]], -1), out[..., 3:4]


class RasterizeCudaContext:
    def __init__(self, device=None):
        self.device = device


def rasterize(glctx, pos, tri, resolution, ranges=None, grad_db=True):
    """In range mode: (u, v, z/w, number + 1)."""
    assert isinstance(glctx, RasterizeCudaContext) and grad_db is False and pos.ndim == 2 and pos.shape[1] == 4
    assert tri.dtype == ranges.dtype == torch.int32 and ranges.device.type == "cpu" and pos.dtype == torch.float32
    assert pos.is_contiguous() and tri.is_contiguous() and len(tri) and ranges.shape[1:] == (2,)
    used = pos[tri.long().unique()]
    assert (used[:, 2].abs() <= used[:, 3]).all()                                   # nothing is clipped
    pixels = (pos[:, :2] / pos[:, 3:] + 1) / 2 * pos.new_tensor([resolution[1], resolution[0]])
    z = pos[:, 2:3].T
    seen = []
    for first, count in ranges.tolist():
        face, bary, depth = our_rasterize(pixels[None], pos[None, :, 3], tri[first:first + count], resolution, 0.0,
                                          pos.new_zeros(1, *resolution))
        hit = face[0] >= 0
        corners = z[0][tri.long()[(face[0] + first).clamp(0, len(tri) - 1)]]
        zw = torch.where(hit, (bary[0] * corners).sum(-1) / depth[0], 0)
        seen.append(torch.stack([bary[0, ..., 0], bary[0, ..., 1], zw, torch.where(hit, face[0] + first + 1, 0)], -1))
    return torch.stack(seen), torch.zeros(len(ranges), *resolution, 4)


def antialias(color, rast, pos, tri, topology_hash=None, pos_gradient_boost=1.0):
    for tensor in (color, rast, pos):
        assert tensor.is_contiguous() and tensor.dtype == torch.float32
    B, H, W, _ = color.shape
    assert rast.shape == (B, H, W, 4) and pos.shape[::2] == (B, 4) and tri.dtype == torch.int32 and tri.is_contiguous()
    pixels = (pos[..., :2] / pos[..., 3:] + 1) / 2 * pos.new_tensor([W, H])
    nearest = (pos[0, 0, 3] - pos[0, 0, 2]) / 2
    face = rast[..., 3].int() - 1
    depth = torch.where(face >= 0, 2 * nearest / (1 - rast[..., 2]), 0)
    return our_antialias(color, face, depth, pixels, pos[..., 3], tri, edges_of(tri))


def torch_of_nvdiffrast() -> ModuleType:
    return module("nvdiffrast.torch", RasterizeCudaContext=RasterizeCudaContext, rasterize=rasterize, antialias=antialias)


RIVALS: dict[str, dict[str, ModuleType]] = {            # backend: the modules that its adapter imports
    "tinycudann": {"tinycudann": module("tinycudann", Encoding=Encoding)},
    "nerfacc": {"nerfacc": module("nerfacc", render_weight_from_density=render_weight_from_density,
                                  accumulate_along_rays=accumulate_along_rays)},
    "gsplat": {"gsplat": module("gsplat", fully_fused_projection=fully_fused_projection, isect_tiles=isect_tiles,
                                isect_offset_encode=isect_offset_encode, rasterize_to_pixels=rasterize_to_pixels)},
    "nvdiffrast": {"nvdiffrast": module("nvdiffrast", torch=(made := torch_of_nvdiffrast())), "nvdiffrast.torch": made},
}
