r"""Classifier-free guidance, stated once for the whole project (Ho and Salimans, arXiv:2207.12598), and what tames it.

    d    = eps_y - eps_u,      d_i = eps_i - eps_u
    eps^ = eps_u + s [ d - sum_i w_i (d_i - <d_i, d> / |d|^2 d) ]       Perp-Neg: Armandpour et al., arXiv:2304.04968
    x0^  = (x_t - sigma eps^) / alpha
    x0^ <- phi std(x0_y) / std(x0^) x0^ + (1 - phi) x0^                 rescale: Shi et al., MVDream, arXiv:2308.16512
    x0^ <- clip(x0^, -q, q) / q,    q = max(1, quantile_p |x0^|)        dynamic threshold: Imagen, arXiv:2205.11487
    s   <- 1 where t is below ``guided_from``                           limited interval: Kynkäänniemi et al., arXiv:2404.07724

y is the positive condition, u the negative one, i the repelled ones with weights w_i >= 0; s = 0 is unconditional and
s = 1 conditional, as in diffusers. Products and standard deviations are over each whole picture.
Clamp and threshold are for priors over pixels; latents have no range, and are left as they are.
"""

import torch
from torch import Tensor

from .conditions import Condition, Query


def guided(prior, x_t: Tensor, t: Tensor, query: Query, scale: float, *, guided_from: float = 0.0, rescale: float = 0.0,
           clamp: bool = False, threshold: float = 0.0, together: int = 1, known: Tensor | None = None) -> Tensor:
    """The guided noise of ``x_t``, from one call of the network with (2 + K) B rows. Where s = 1 and K = 0 nothing is left
    of the negative condition, so a picture has one row instead of two.

    Args:
        prior: anything with ``eps(x_t, t, condition)`` and ``schedule``.
        x_t: [B, C, H, W] noised pictures.
        t: [B] levels.
        query: B questions, with K repelled conditions each.
        scale: s.
        guided_from: fraction of the schedule, 0 = everywhere; pictures at the levels below have s = 1.
        rescale: phi in [0, 1], 0 = off; takes the over-saturation of large s back.
        clamp: keep the clean picture within [-1, 1].
        threshold: p in (0, 1), 0 = off; scales a clean picture that exceeds [-1, 1] back into it.
        together: pictures that share a standard deviation in ``rescale``, views of one object; B is a multiple.
        known: the levels ``t`` once more, on the CPU: with them a GPU need not be waited for where ``guided_from`` > 0.

    Returns:
        eps^ [B, C, H, W], differentiable as far as ``prior.eps`` is.
    """
    least = guided_from * len(prior.schedule)
    if query.repel_weight is not None:
        eps_y, eps_u, *eps_i = predictions(prior, x_t, t, [query.positive, query.negative, *query.repel])
        d = eps_y - eps_u
        repelled = sum(w.view(-1, 1, 1, 1) * perpendicular(e - eps_u, d)
                       for w, e in zip(query.repel_weight, eps_i, strict=True))
        eps = eps_u + torch.where(t < least, 1.0, scale).view(-1, 1, 1, 1) * (d - repelled)
    else:
        rows = decided(scale, t, least, known)
        asked = Condition.cat([query.positive, query.negative[rows]])
        eps_y, eps_u = prior.eps(torch.cat([x_t, x_t[rows]]), torch.cat([t, t[rows]]), asked).split([len(t), len(rows)])
        eps = eps_y.index_copy(0, rows, eps_u + scale * (eps_y[rows] - eps_u))
    clamp, threshold = clamp and prior.pixels, threshold * prior.pixels
    if not rescale and not clamp and not threshold:
        return eps

    alpha, sigma = prior.schedule.at(t, x_t)
    x0 = prior.schedule.x0_from(eps, x_t, t)
    if rescale:
        x0 = rescaled(x0, prior.schedule.x0_from(eps_y, x_t, t), rescale, together)
    if threshold:
        x0 = thresholded(x0, threshold)
    if clamp:
        x0 = x0.clamp(-1, 1)
    return (x_t - alpha * x0) / sigma


def decided(scale: float, t: Tensor, least: float, known: Tensor | None = None) -> Tensor:
    """Indices [N] of the pictures whose s is not 1, of levels ``t`` [B]: those from ``least`` on. Where ``least`` > 0 a GPU is
    waited for, unless the levels are ``known`` on the CPU and all pictures have them on one side of ``least``."""
    count = 0 if scale == 1 else len(t)
    if least > 0 and scale != 1:
        rows = ((t if known is None else known) >= least).nonzero().squeeze(1)
        if 0 < len(rows) < len(t):
            return rows.to(t.device)
        count = len(rows)
    return torch.arange(count, device=t.device)


def predictions(prior, x_t: Tensor, t: Tensor, conditions: list[Condition]) -> tuple[Tensor, ...]:
    """The prior's eps [B, C, H, W] under each of n conditions, from one call of the network with n B rows."""
    n = len(conditions)
    return prior.eps(x_t.repeat(n, 1, 1, 1), t.repeat(n), Condition.cat(conditions)).chunk(n)


def perpendicular(d_i: Tensor, d: Tensor) -> Tensor:
    """The part of ``d_i`` [B, C, H, W] at right angles to ``d``, picture by picture; all of it where d = 0."""
    dot, square = ((a * d).sum((1, 2, 3), keepdim=True) for a in (d_i, d))
    return d_i - dot / square.clamp(min=torch.finfo(d.dtype).tiny) * d


def rescaled(x0: Tensor, x0_y: Tensor, phi: float, together: int = 1) -> Tensor:
    """``x0`` [B, C, H, W] moved by ``phi`` towards the standard deviation of ``x0_y``, some pictures ``together``."""
    std_y, std = (x.unflatten(0, (-1, together)).std((1, 2, 3, 4)).repeat_interleave(together).view(-1, 1, 1, 1)
                  for x in (x0_y, x0))
    return (phi * std_y / std.clamp(min=torch.finfo(x0.dtype).tiny) + 1 - phi) * x0


def thresholded(x0: Tensor, p: float) -> Tensor:
    """``x0`` [B, C, H, W] clipped at the quantile ``p`` of |x0|, picture by picture, and scaled into [-1, 1]."""
    q = x0.abs().flatten(1).quantile(p, dim=1).clamp(min=1).view(-1, 1, 1, 1)
    return x0.clamp(-q, q) / q
