"""What a finished scene hands to an exporter: plain numpy arrays, no torch, no files."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Mesh:
    """A triangle mesh, in the world's axes (+y up, front +z, metres), faces counter-clockwise seen from outside.

    Attributes:
        vertices: [V, 3] float32.
        faces: [F, 3] int32 into vertices.
        normals: [V, 3] float32, unit, outward.
        uv: [V, 2] float32 in [0, 1], origin at the texture's **top left** (glTF), or None without a texture.
        texture: [H, W, 3] uint8 sRGB, or None.
        colors: [V, 3] uint8 sRGB, for formats without textures, or None.
    """

    vertices: np.ndarray
    faces: np.ndarray
    normals: np.ndarray
    uv: np.ndarray | None = None
    texture: np.ndarray | None = None
    colors: np.ndarray | None = None


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
    """

    positions: np.ndarray
    log_scales: np.ndarray
    quaternions: np.ndarray
    opacity_logits: np.ndarray
    colors: np.ndarray
    pixel: float = 0.0


@dataclass(frozen=True)
class Raster:
    """A picture of pixels.

    Attributes:
        rgba: [H, W, 4] float32, straight sRGB and opacity in [0, 1], row 0 at the top.
    """

    rgba: np.ndarray
