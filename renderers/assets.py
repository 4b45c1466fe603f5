"""What a finished scene hands to an exporter: plain numpy arrays, no torch, no files."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Alpha = Literal["OPAQUE", "MASK", "BLEND"]
Wrap = Literal["repeat", "clamp", "mirror"]


@dataclass(frozen=True)
class Material:
    r"""A metallic-roughness material, with the conventions of glTF 2.0 (sections 3.9 and B.2).

        base = color * texture                  texture decoded from sRGB to linear light
        metal = metallic * B,  rough = roughness * G            of metallic_roughness, linear
        n = normalize(((2 c - 1) * (normal_scale, normal_scale, 1)) @ (T, B, N))        c of normal, linear, +y up

    A factor stands alone where its picture is None. All pictures of a material lie at the mesh's one ``uv``.

    Attributes:
        color: linear RGBA in [0, 1].
        texture: [H, W, 3 or 4] uint8 sRGB, straight alpha; or None.
        metallic: in [0, 1]; 0 is a dielectric of index of refraction 1.5.
        roughness: in [0, 1]; the microfacets' alpha is its square.
        metallic_roughness: [H, W, 3] uint8 **linear**: G roughness, B metallic; R says nothing; or None.
        normal: [H, W, 3] uint8 linear, tangent space: +x along u, +y **up** (against v, as OpenGL has it), +z out; or None.
        normal_scale: of the normals' x and y.
        emissive: linear RGB in [0, 1], light that it gives off.
        emissive_texture: [H, W, 3] uint8 sRGB, multiplied with ``emissive``; or None.
        alpha: OPAQUE ignores opacity, MASK cuts where it is below ``cutoff``, BLEND lays over what is behind.
        cutoff: of MASK.
        double_sided: seen from behind as well.
        wrap: what the pictures are beyond [0, 1], along u and v. An atlas clamps, so that no chart bleeds over its border.
        name: as files call it; "" for none.
    """

    color: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    texture: np.ndarray | None = None
    metallic: float = 0.0
    roughness: float = 1.0
    metallic_roughness: np.ndarray | None = None
    normal: np.ndarray | None = None
    normal_scale: float = 1.0
    emissive: tuple[float, float, float] = (0.0, 0.0, 0.0)
    emissive_texture: np.ndarray | None = None
    alpha: Alpha = "OPAQUE"
    cutoff: float = 0.5
    double_sided: bool = False
    wrap: tuple[Wrap, Wrap] = ("clamp", "clamp")
    name: str = ""

    @property
    def pictures(self) -> dict[str, np.ndarray]:
        """Those that it has, by the name of the attribute."""
        named = {name: getattr(self, name) for name in PICTURES}
        return {name: picture for name, picture in named.items() if picture is not None}


PICTURES = ("texture", "metallic_roughness", "normal", "emissive_texture")


@dataclass(frozen=True)
class Mesh:
    """A triangle mesh, in the world's axes (+y up, front +z, metres), faces counter-clockwise seen from outside.

    Attributes:
        vertices: [V, 3] float32.
        faces: [F, 3] int32 into vertices.
        normals: [V, 3] float32, unit, outward.
        uv: [V, 2] float32, origin at the pictures' **top left** (glTF), in [0, 1] unless a material wraps; None without.
        texture: [H, W, 3] uint8 sRGB: the base color of a mesh that wears nothing else, short for
            materials=(Material(texture=texture),); None with ``materials``.
        colors: [V, 3] uint8 sRGB, for formats without textures, or None.
        materials: what the faces wear; () for a plain one with ``texture``.
        part: [F] int32 into ``materials``; None where all wear the first.
        title: what it is, in words, as programs list it; "" = not said.
    """

    vertices: np.ndarray
    faces: np.ndarray
    normals: np.ndarray
    uv: np.ndarray | None = None
    texture: np.ndarray | None = None
    colors: np.ndarray | None = None
    materials: tuple[Material, ...] = ()
    part: np.ndarray | None = None
    title: str = ""

    @property
    def worn(self) -> list[tuple[np.ndarray, Material]]:
        """(numbers of faces, material) of each material that a face wears, in the order of ``materials``."""
        if self.part is None:
            material = self.materials[0] if self.materials else Material(texture=self.texture)
            return [(np.arange(len(self.faces)), material)]
        by_part = ((np.flatnonzero(self.part == k), material) for k, material in enumerate(self.materials))
        return [(faces, material) for faces, material in by_part if len(faces)]


@dataclass(frozen=True)
class Model(Mesh):
    """A mesh of the user's, in the axes and units of the file that it came from."""


@dataclass(frozen=True)
class Splats:
    """N anisotropic 3D Gaussians (3D Gaussian Splatting, arXiv:2308.04079, eq. 4 to 6), in the world's axes (+y up, metres).

    A point x is covered as opacity * exp(-d^T Sigma^-1 d / 2) with d = x - position, Sigma = R diag(exp(log_scales))^2 R^T,
    R the rotation of the quaternion, opacity = 1 / (1 + exp(-opacity_logits)). What is stored is what the optimiser has,
    not what is seen: logarithms, logits, coefficients. All arrays are finite.

    Attributes:
        positions: [N, 3] float32, metres.
        log_scales: [N, 3] float32, natural logarithm of the standard deviations along the Gaussian's own axes, metres.
        quaternions: [N, 4] float32, w x y z, unit length; they turn the Gaussian's own axes into the world's.
        opacity_logits: [N] float32.
        colors: [N, 3] float32, coefficients of spherical harmonics of degree 0 (``f_dc`` of a 3DGS PLY). The sRGB that is
            seen, from every side, is clip(0.5 + 0.28209479177387814 * colors, 0, 1): encoded sRGB, not linear light.
        pixel: metres that a pixel of the pictures from which they were optimised covers at the world's origin (distance /
            focal length in pixels); 0 where unknown. A file for viewers of higher resolution widens the Gaussians by a
            share of it (Mip-Splatting's 3D filter, arXiv:2311.16493, eq. 9).
        surface: the same object as a mesh, which a GLB holds beside the Gaussians; or None.
    """

    positions: np.ndarray
    log_scales: np.ndarray
    quaternions: np.ndarray
    opacity_logits: np.ndarray
    colors: np.ndarray
    pixel: float = 0.0
    surface: Mesh | None = None


@dataclass(frozen=True)
class Raster:
    """A picture of pixels.

    Attributes:
        rgba: [H, W, 4] float32, straight sRGB and opacity in [0, 1], row 0 at the top.
    """

    rgba: np.ndarray
