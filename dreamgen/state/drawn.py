r"""Pictures of a thing from the prior, calm ones: the views that an icon shows, less noise than a sample has, and symmetry.

    x_T = q eps,   x_s = alpha_s x0^ + sigma_s eps^,    eps^ <- (eps^ + m(eps^)) / 2 where a picture is to be symmetric

    shown_k = area of k's silhouette / the largest of them

The side of an animal or a car shows more than its front, the front of a teapot or a guitar more than its side; icons show
them so. A corner has a large silhouette of everything, but falls into more and less simple shapes.

q < 1 begins nearer to the middle of the distribution, so what comes is plainer and smoother than a sample, and more alike
from seed to seed. Noise and eps^ that are their own mirror image m give a picture that is. DDIM: Song et al.,
arXiv:2010.02502, eq. 12; for a rectified flow it is Euler's method.
"""

from math import radians

import torch
from torch import Tensor

from guidance.conditions import Query
from guidance.guided import guided
from guidance.priors import Prior

from ..svg.tracing.mirror import alike

VIEWS = {"symmetric": (0.0, 8.0), "front": (0.0, 8.0), "corner": (40.0, 15.0), "side": (90.0, 5.0)}    # azimuth, elevation
SYMMETRY = 1.1              # see ``shown``
EVEN = 0.77                 # of ``alike``: a plain front view of a thing that is symmetric is at least so; others are not


def angles(views: list[str]) -> tuple[Tensor, Tensor]:
    """Azimuths and elevations [K], radians, of names in VIEWS."""
    degrees = torch.tensor([VIEWS[name] for name in views])
    return tuple(degrees.mul(radians(1.0)).unbind(1))


@torch.no_grad()
def draw(prior: Prior, words: str, views: list[str], steps: int, scale: float, calm: float,
         guided_from: float, rng: torch.Generator) -> Tensor:
    """[K, S, S, 4] premultiplied sRGB and opacity, on the CPU, of ``words`` seen in K ``views``.

    Args:
        calm: q, the standard deviation of the noise that they begin from.
        guided_from: fraction of the schedule; at the levels below the scale is 1, in half the time (guidance/guided.py).
    """
    K, device = len(views), prior.condition([words]).text.device
    query = Query(prior.condition([words] * K, *angles(views)), prior.condition([""]).expand(K))
    symmetric = torch.tensor([name == "symmetric" for name in views]).view(K, 1, 1, 1).to(device)
    x = calm * torch.randn((K, prior.channels, prior.size, prior.size), generator=rng, device=rng.device).to(device)
    x = torch.where(symmetric, (x + x.flip(-1)) / 2**0.5, x)

    def mirrored(x: Tensor, t: Tensor) -> Tensor:
        eps = guided(prior, x, t, query, scale, guided_from=guided_from)
        return torch.where(symmetric, (eps + eps.flip(-1)) / 2, eps)

    levels = torch.linspace(prior.schedule.index(1.0), -1, steps + 1).round().long().to(device)
    x = prior.schedule.along(x, mirrored, levels[:, None].expand(-1, K))
    return torch.cat(prior.decode(x), -1).float().cpu().clamp(0, 1)


def shown(pictures: Tensor, views: list[str]) -> Tensor:
    """[K] how much of the thing each of ``pictures`` [K, S, S, 4] shows, up to 1; 1 where nothing is in any.

    A symmetric one counts SYMMETRY times its area: where it shows nearly as much it is the calmer drawing. It counts
    nothing where the plain front view, if there is one, is not EVEN: a teapot or a lamp with an arm has no mirror image.
    """
    area = (pictures[..., 3] > 0.5).float().mean((1, 2))
    fronts = [alike(picture.numpy()) for picture, view in zip(pictures, views, strict=True) if view == "front"]
    bonus = SYMMETRY if not fronts or max(fronts) >= EVEN else 0.0
    area = area * torch.tensor([bonus if view == "symmetric" else 1.0 for view in views])
    return area / area.max() if area.any() else torch.ones_like(area)
