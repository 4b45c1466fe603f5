r"""3D Gaussians to what a picture needs of them, and the gradient back, summed over the pictures.

Forward: t = W x, A = J W R diag(s) with rows a and b, Sigma' = A A^T + blur I, M = Sigma'^-1, as in ``reference``.

Backward, from the moments of g = alpha dL/dalpha over the pixels, S0 = sum g, S1 = sum g d, S2 = sum g d d^T:

    dL/dcenter = M S1,    dL/dSigma' = (M S2 M - [compensated] S0 M) / 2,    dL/do' = S0 / o'
    dL/da = 2 (dL/dSigma' A)_a + [compensated] S0 b x n / n^2,  dL/db likewise with n x a,      n = a x b

The last term is that of det(A A^T) = n^2, a sum of squares that does not cancel where a Gaussian is seen edge on.
"""

import numpy as np
from numba import njit, prange

from .. import BLUR, LEAST, MARGIN, NEAR, THRESHOLD

FIELDS = 12             # of a projected Gaussian: center, conic, opacity, color, distance, reach
MOMENTS = 10            # of its gradient: S0, S1, S2, color, distance
f32 = np.float32


@njit(error_model="numpy", cache=True)
def _axes(quaternion, scale, view, fx, fy, jx, jy):
    """Rows a, b of A, without and with the scales; J = [[fx, 0, jx], [0, fy, jy]]; the turned axes; 1 / |quaternion|."""
    w, x, y, z = quaternion[0], quaternion[1], quaternion[2], quaternion[3]
    inverse = f32(1) / np.sqrt(w * w + x * x + y * y + z * z)
    w, x, y, z = w * inverse, x * inverse, y * inverse, z * inverse
    one, two = f32(1), f32(2)
    r = ((one - two * (y * y + z * z), two * (x * y - w * z), two * (x * z + w * y)),
         (two * (x * y + w * z), one - two * (x * x + z * z), two * (y * z - w * x)),
         (two * (x * z - w * y), two * (y * z + w * x), one - two * (x * x + y * y)))
    g0 = _row(view[0, 0], view[0, 1], view[0, 2], r)
    g1 = _row(view[1, 0], view[1, 1], view[1, 2], r)
    g2 = _row(view[2, 0], view[2, 1], view[2, 2], r)
    a = (fx * g0[0] + jx * g2[0], fx * g0[1] + jx * g2[1], fx * g0[2] + jx * g2[2])
    b = (fy * g1[0] + jy * g2[0], fy * g1[1] + jy * g2[1], fy * g1[2] + jy * g2[2])
    return a, b, (a[0] * scale[0], a[1] * scale[1], a[2] * scale[2]), \
        (b[0] * scale[0], b[1] * scale[1], b[2] * scale[2]), g0, g1, g2, (w, x, y, z), inverse


@njit(error_model="numpy", cache=True)
def _row(p, q, r, m):
    """A row vector times a matrix."""
    return (p * m[0][0] + q * m[1][0] + r * m[2][0], p * m[0][1] + q * m[1][1] + r * m[2][1],
            p * m[0][2] + q * m[1][2] + r * m[2][2])


@njit(error_model="numpy", cache=True)
def _column(view, x, y, z):
    """The transpose of a view's rotation times a column vector."""
    return (view[0, 0] * x + view[1, 0] * y + view[2, 0] * z, view[0, 1] * x + view[1, 1] * y + view[2, 1] * z,
            view[0, 2] * x + view[1, 2] * y + view[2, 2] * z)


@njit(error_model="numpy", cache=True)
def _in_camera(view, p):
    return (view[0, 0] * p[0] + view[0, 1] * p[1] + view[0, 2] * p[2] + view[0, 3],
            view[1, 0] * p[0] + view[1, 1] * p[1] + view[1, 2] * p[2] + view[1, 3],
            view[2, 0] * p[0] + view[2, 1] * p[1] + view[2, 2] * p[2] + view[2, 3])


@njit(error_model="numpy", cache=True)
def _cross(p, q):
    return p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]


@njit(error_model="numpy", cache=True)
def _cut(x, limit):
    return min(max(x, -limit), limit)


@njit(error_model="numpy", cache=True)
def _finite(position, scale, quaternion, opacity, color, shift):
    total = opacity
    for k in range(3):
        total += abs(position[k]) + abs(scale[k]) + abs(color[k]) + abs(quaternion[k])
    return np.isfinite(total + abs(quaternion[3]) + abs(shift[0]) + abs(shift[1]))


@njit(parallel=True, error_model="numpy", cache=True)
def project(positions, scales, quaternions, opacities, colors, views, focals, shift, H, W, compensate, out, depths):
    """Fills ``out`` [B, N, FIELDS] and ``depths`` [B, N]; a Gaussian that is not drawn has the depth infinity."""
    B, N = depths.shape
    for n in prange(N):
        for b in range(B):
            depths[b, n] = _project(positions[n], scales[n], quaternions[n], opacities[n], colors[n], views[b], focals[b],
                                    shift[b, n], H, W, compensate, out[b, n])


@njit(error_model="numpy", cache=True)
def _project(position, scale, quaternion, opacity, color, view, focal, shift, H, W, compensate, out):
    """Fills ``out`` [FIELDS]; returns the depth."""
    tx, ty, tz = _in_camera(view, position)
    if not (tz > f32(NEAR) and _finite(position, scale, quaternion, opacity, color, shift)):
        return f32(np.inf)
    limit = f32(MARGIN) / (f32(2) * focal)
    fz = focal / tz
    ux, uy = tx / tz, ty / tz
    _, _, p, q, _, _, _, _, _ = _axes(quaternion, scale, view, fz, fz, -fz * _cut(ux, limit * f32(W)),
                                      -fz * _cut(uy, limit * f32(H)))
    xx = p[0] * p[0] + p[1] * p[1] + p[2] * p[2]
    xy = p[0] * q[0] + p[1] * q[1] + p[2] * q[2]
    yy = q[0] * q[0] + q[1] * q[1] + q[2] * q[2]
    m = _cross(p, q)
    sharp = m[0] * m[0] + m[1] * m[1] + m[2] * m[2]
    det = sharp + f32(BLUR) * (xx + yy) + f32(BLUR * BLUR)
    xx, yy = xx + f32(BLUR), yy + f32(BLUR)
    o = opacity
    if compensate:
        o *= np.sqrt(max(sharp / det, f32(LEAST * LEAST)))
    if not (o > f32(THRESHOLD) and np.isfinite(det)):
        return f32(np.inf)
    squared = f32(2) * np.log(o / f32(THRESHOLD))
    out[0], out[1] = f32(W) / f32(2) + focal * ux + shift[0], f32(H) / f32(2) + focal * uy + shift[1]
    out[2], out[3], out[4] = yy / det, -xy / det, xx / det
    out[5] = o
    out[6], out[7], out[8] = color[0], color[1], color[2]
    out[9] = np.sqrt(tx * tx + ty * ty + tz * tz)
    out[10], out[11] = np.sqrt(squared * xx), np.sqrt(squared * yy)
    return tz


@njit(parallel=True, error_model="numpy", cache=True)
def project_backward(positions, scales, quaternions, opacities, views, focals, H, W, compensate, projected, starts,
                     moments, g_positions, g_scales, g_quaternions, g_opacities, g_colors, g_shift):
    """From ``moments`` [E, MOMENTS] of the entries ``starts`` [B N + 1] of each Gaussian to all gradients."""
    for n in prange(len(positions)):
        _project_backward(np.int64(n), positions, scales, quaternions, opacities, views, focals, H, W, compensate,
                          projected, starts, moments, g_positions, g_scales, g_quaternions, g_opacities, g_colors, g_shift)


@njit(error_model="numpy", cache=True)
def _project_backward(n, positions, scales, quaternions, opacities, views, focals, H, W, compensate, projected, starts,
                      moments, g_positions, g_scales, g_quaternions, g_opacities, g_colors, g_shift):
    B, N = len(views), len(positions)
    gp0 = gp1 = gp2 = gs0 = gs1 = gs2 = go = gc0 = gc1 = gc2 = f32(0)
    qw = qx = qy = qz = f32(0)
    for b in range(B):
        first, last = starts[b * N + n], starts[b * N + n + 1]
        s0 = sx = sy = sxx = sxy = syy = c0 = c1 = c2 = cd = f32(0)
        for e in range(first, last):
            s0, sx, sy = s0 + moments[e, 0], sx + moments[e, 1], sy + moments[e, 2]
            sxx, sxy, syy = sxx + moments[e, 3], sxy + moments[e, 4], syy + moments[e, 5]
            c0, c1, c2, cd = c0 + moments[e, 6], c1 + moments[e, 7], c2 + moments[e, 8], cd + moments[e, 9]
        if first == last:
            continue
        g = projected[b, n]
        A, Bc, C = g[2], g[3], g[4]
        gu, gv = A * sx + Bc * sy, Bc * sx + C * sy
        g_shift[b, n, 0], g_shift[b, n, 1] = gu, gv
        gc0, gc1, gc2 = gc0 + c0, gc1 + c1, gc2 + c2
        go += s0 / opacities[n]

        # dL/dSigma', a symmetric matrix
        left0, left1, left2, left3 = A * sxx + Bc * sxy, A * sxy + Bc * syy, Bc * sxx + C * sxy, Bc * sxy + C * syy
        gxx, gxy, gyy = left0 * A + left1 * Bc, left0 * Bc + left1 * C, left2 * Bc + left3 * C
        tx, ty, tz = _in_camera(views[b], positions[n])
        f = focals[b]
        limit = f32(MARGIN) / (f32(2) * f)
        fz, ux, uy = f / tz, tx / tz, ty / tz
        cx, cy = _cut(ux, limit * f32(W)), _cut(uy, limit * f32(H))
        jx, jy = -fz * cx, -fz * cy
        p, q, ps, qs, r0, r1, r2, unit, inverse = _axes(quaternions[n], scales[n], views[b], fz, fz, jx, jy)
        m = _cross(ps, qs)
        sharp = m[0] * m[0] + m[1] * m[1] + m[2] * m[2]
        det = f32(1) / (A * C - Bc * Bc)
        free = f32(0)
        if compensate and sharp > f32(LEAST * LEAST) * det:
            gxx, gxy, gyy = gxx - s0 * A, gxy - s0 * Bc, gyy - s0 * C
            free = s0 / sharp
        along, across = _cross(qs, m), _cross(m, ps)
        ga0, ga1, ga2 = (gxx * ps[0] + gxy * qs[0] + free * along[0], gxx * ps[1] + gxy * qs[1] + free * along[1],
                         gxx * ps[2] + gxy * qs[2] + free * along[2])
        gb0, gb1, gb2 = (gxy * ps[0] + gyy * qs[0] + free * across[0], gxy * ps[1] + gyy * qs[1] + free * across[1],
                         gxy * ps[2] + gyy * qs[2] + free * across[2])
        gs0, gs1, gs2 = gs0 + ga0 * p[0] + gb0 * q[0], gs1 + ga1 * p[1] + gb1 * q[1], gs2 + ga2 * p[2] + gb2 * q[2]
        ga0, ga1, ga2 = ga0 * scales[n, 0], ga1 * scales[n, 1], ga2 * scales[n, 2]
        gb0, gb1, gb2 = gb0 * scales[n, 0], gb1 * scales[n, 1], gb2 * scales[n, 2]

        # J, and through it and the centre the position
        g_fz = ga0 * r0[0] + ga1 * r0[1] + ga2 * r0[2] + gb0 * r1[0] + gb1 * r1[1] + gb2 * r1[2]
        g_jx, g_jy = ga0 * r2[0] + ga1 * r2[1] + ga2 * r2[2], gb0 * r2[0] + gb1 * r2[1] + gb2 * r2[2]
        g_fz -= g_jx * cx + g_jy * cy
        gux, guy = f * gu, f * gv
        if cx == ux:
            gux -= fz * g_jx
        if cy == uy:
            guy -= fz * g_jy
        away = cd / g[9]
        gtx, gty = gux / tz + away * tx, guy / tz + away * ty
        gtz = away * tz - (g_fz * fz + gux * ux + guy * uy) / tz
        gp = _column(views[b], gtx, gty, gtz)
        gp0, gp1, gp2 = gp0 + gp[0], gp1 + gp[1], gp2 + gp[2]

        # the rotation, column by column, and its quaternion
        h0 = _column(views[b], fz * ga0, fz * gb0, jx * ga0 + jy * gb0)
        h1 = _column(views[b], fz * ga1, fz * gb1, jx * ga1 + jy * gb1)
        h2 = _column(views[b], fz * ga2, fz * gb2, jx * ga2 + jy * gb2)
        w, x, y, z = unit
        two = f32(2)
        dw = two * (x * (h1[2] - h2[1]) + y * (h2[0] - h0[2]) + z * (h0[1] - h1[0]))
        dx = two * (-two * x * (h1[1] + h2[2]) + y * (h1[0] + h0[1]) + z * (h2[0] + h0[2]) + w * (h1[2] - h2[1]))
        dy = two * (-two * y * (h0[0] + h2[2]) + x * (h1[0] + h0[1]) + z * (h2[1] + h1[2]) + w * (h2[0] - h0[2]))
        dz = two * (-two * z * (h0[0] + h1[1]) + x * (h2[0] + h0[2]) + y * (h2[1] + h1[2]) + w * (h0[1] - h1[0]))
        on = dw * w + dx * x + dy * y + dz * z
        qw, qx = qw + inverse * (dw - on * w), qx + inverse * (dx - on * x)
        qy, qz = qy + inverse * (dy - on * y), qz + inverse * (dz - on * z)
    g_positions[n, 0], g_positions[n, 1], g_positions[n, 2] = gp0, gp1, gp2
    g_scales[n, 0], g_scales[n, 1], g_scales[n, 2] = gs0, gs1, gs2
    g_quaternions[n, 0], g_quaternions[n, 1], g_quaternions[n, 2], g_quaternions[n, 3] = qw, qx, qy, qz
    g_opacities[n] = go
    g_colors[n, 0], g_colors[n, 1], g_colors[n, 2] = gc0, gc1, gc2
