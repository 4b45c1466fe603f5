r"""3D Gaussians as they are seen: what files and viewers ask of the record ``Splats``, in numpy.

    s = exp(log_scales),    o = 1 / (1 + exp(-opacity_logits)),    rgb = clip(1/2 + Y0 colors, 0, 1),    Y0 = 1 / (2 sqrt(pi))
    Sigma = R diag(s)^2 R^T,    R the rotation of the quaternion w x y z

Also their rotation as a whole, and the 3D filter that a file for viewers of any resolution needs:

    s'^2 = s^2 + FILTER p^2,    o' = o A(s) / A(s'),    A(s) = s_1 s_2 of s_1 >= s_2 >= s_3

p is what a pixel of the pictures covers from which they were optimised (``Splats.pixel``): gaps between Gaussians that are
thinner than a pixel were never seen there, and a finer picture would show them. A is the area of the widest shadow, since
Gaussians that make a surface lie in it and are seen from the front. The filter is Mip-Splatting's (arXiv:2311.16493, eq. 9)
with two changes. It weighs by the volume, to which the optimiser then adapts; here the optimisation is over, and the volume
of a disk is 0. Its variance is 0.2 pixels squared; 0.1 closes the gaps as well and blurs half as much
(tests/dreamgen/test_splat_pictures.py).
"""

from dataclasses import replace

import numpy as np

from .assets import Splats

Y0 = 0.28209479177387814            # spherical harmonic of degree 0
FILTER = 0.1                        # of a pixel's square: variance of the 3D filter


def scales(splats: Splats) -> np.ndarray:
    """[N, 3] float32 standard deviations along the Gaussians' own axes, metres."""
    return np.exp(splats.log_scales)


def opacities(splats: Splats) -> np.ndarray:
    """[N] float32 in [0, 1]."""
    return (0.5 + 0.5 * np.tanh(0.5 * splats.opacity_logits)).astype(np.float32)      # a sigmoid that never overflows


def rgb(splats: Splats) -> np.ndarray:
    """[N, 3] float32 encoded sRGB in [0, 1]."""
    return np.clip(0.5 + Y0 * splats.colors, 0, 1)


def logits(opacity: np.ndarray) -> np.ndarray:
    """[N] float32 of opacities in [0, 1]; those of 0 and 1, which have none, become finite (about -16 and 16)."""
    o = np.clip(opacity.astype(np.float64), 1e-7, 1 - 1e-7)
    return np.log(o / (1 - o)).astype(np.float32)


def rotations(quaternions: np.ndarray) -> np.ndarray:
    """[N, 3, 3] of unit quaternions [N, 4], w x y z."""
    w, x, y, z = quaternions.T
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
                     [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
                     [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]]).transpose(2, 0, 1)


def covariances(splats: Splats) -> np.ndarray:
    """[N, 3, 3] float32, metres squared, in the world's axes."""
    axes = rotations(splats.quaternions) * scales(splats)[:, None]
    return axes @ axes.transpose(0, 2, 1)


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """[N, 4]: the quaternions of b followed by those of a, both [N, 4] or [4], w x y z."""
    (aw, ax, ay, az), (bw, bx, by, bz) = np.moveaxis(a, -1, 0), np.moveaxis(b, -1, 0)
    return np.stack([aw * bw - ax * bx - ay * by - az * bz, aw * bx + ax * bw + ay * bz - az * by,
                     aw * by - ax * bz + ay * bw + az * bx, aw * bz + ax * by - ay * bx + az * bw], -1)


def turned(splats: Splats, quaternion: tuple[float, float, float, float]) -> Splats:
    """The whole object rotated about the origin by a unit ``quaternion``, w x y z."""
    q = np.array(quaternion, np.float32)
    return replace(splats, positions=splats.positions @ rotations(q[None])[0].T.astype(np.float32),
                   quaternions=product(q, splats.quaternions))


def rdf(splats: Splats) -> Splats:
    """In the axes of .ply and .splat, +x right, +y down, +z away from the viewer who sees the front; or back from them."""
    return turned(splats, (0.0, 1.0, 0.0, 0.0))                 # half a turn about x


def shadow(s: np.ndarray) -> np.ndarray:
    """[N] area, but for a factor, of the largest ellipse that ellipsoids of half axes s [N, 3] cast on a plane."""
    ordered = np.sort(s, axis=1)
    return ordered[:, 1] * ordered[:, 2]


def filtered(splats: Splats) -> Splats:
    """With the 3D filter in them, so that no viewer shows holes between them; as they are where ``pixel`` is 0."""
    if not splats.pixel:
        return splats
    s = np.exp(splats.log_scales.astype(np.float64))
    wider = np.sqrt(s ** 2 + FILTER * splats.pixel ** 2)
    return replace(splats, log_scales=np.log(wider).astype(np.float32), pixel=0.0,
                   opacity_logits=logits(opacities(splats) * shadow(s) / shadow(wider)))
