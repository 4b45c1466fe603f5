r"""The reference: one picture of the object that conditions all views, drawn by the prior or given by the user.

    x_ref ~ p(x | words, c_ref)                          or a user's picture, cut out and framed as the prior's are
    eps^(x_t; words, c, x_ref, c_ref)                    the condition of every view

Without it each view is pulled towards the mean of all designs that the words allow. The pulls on different sides then
disagree: the results are blobs, second faces, and seeds that look alike. A prior with a reference input (``Prior.sees``)
pulls all views to one design. The negative side of guidance gets no reference, so the guidance scale strengthens both
the words and the picture. Zero-1-to-3 (Liu et al., arXiv:2303.11328) under SDS, as in Magic123 (Qian et al.,
arXiv:2306.17843), works this way; here one network draws the reference and the other views.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from .conditions import Condition, Picture
from .errors import PriorError


@dataclass(frozen=True, eq=False)
class Reference:
    """A view of the thing; equal to itself alone.

    Attributes:
        x0: [1, C, S, S] as the prior encodes pictures.
        azimuth, elevation: [1] radians, of the camera that saw it.
    """

    x0: Tensor
    azimuth: Tensor
    elevation: Tensor

    def shown(self, prior, condition: Condition) -> Condition:
        """``condition`` of B pictures, this shown with each."""
        B, like = len(condition), condition.text
        pose = prior.pose(self.azimuth, self.elevation).to(like).expand(B, -1)
        return condition.showing(self.x0.to(like).expand(B, -1, -1, -1), pose, self)

    def hidden(self, condition: Condition) -> Condition:
        """``condition`` in the same form, nothing shown."""
        x0 = self.x0.new_zeros(()).to(condition.text).expand(len(condition), *self.x0.shape[1:])
        return condition.showing(x0, torch.zeros_like(condition.pose), self)


@torch.no_grad()
def drawn(prior, prompt: str, azimuth: float, elevation: float, rng: torch.Generator, steps: int = 20,
          scale: float = 4.0, count: int = 1) -> list[Reference]:
    """What the words look like to ``prior`` from ``azimuth`` and ``elevation`` (radians), from noise of ``rng``: ``count``
    pictures, drawn in one batch.

    Raises:
        PriorError: a prior that cannot be shown a reference.
    """
    check(prior)
    angles = torch.tensor([azimuth]), torch.tensor([elevation])
    x0 = prior.sample(prior.condition([prompt], *angles).expand(count), steps, scale, rng)
    return [Reference(one, *angles) for one in x0.split(1)]


@torch.no_grad()
def given(prior, picture: Picture, azimuth: float, elevation: float) -> Reference:
    """A user's one picture [1, H, W], cut out over transparency, as seen from ``azimuth`` and ``elevation`` (radians).

    Raises:
        PriorError: a prior that cannot be shown a reference.
        ValueError: a picture that is opaque everywhere, or shows nothing.
    """
    check(prior)
    if len(picture.opacity) != 1:
        raise ValueError(f"reference: need one picture, got {len(picture.opacity)}")
    cut_out(picture.opacity)
    return Reference(prior.encode(picture), torch.tensor([azimuth]), torch.tensor([elevation]))


def cut_out(opacity: Tensor) -> None:
    """Raises ValueError where a picture's opacities, in [0, 1], say that nothing or everything is the thing."""
    if not bool((opacity > 0.5).any()):
        raise ValueError("reference: shows nothing, every pixel is transparent")
    if bool((opacity > 0.5).all()):
        raise ValueError("reference: opaque everywhere; need the thing cut out, over transparency")


def check(prior) -> None:
    if not prior.sees:
        raise PriorError(f"prior '{prior.name}': cannot be shown a picture; train one that can with "
                         "`dreamgen prior train`")
