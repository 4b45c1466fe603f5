"""Is the run still alive? Score distillation's loss does not say (it has no meaning), so watch the picture.

    coverage     mean opacity of the training pictures: 0 is empty space, 1 is fog that fills the frame
    contrast     standard deviation of the color where there is something: 0 is a flat silhouette
    saturation   mean HSV saturation there; rises towards 1 where guidance is too strong
"""

from dataclasses import dataclass
from math import isfinite

import torch
from torch import Tensor

from renderers.scene import Render

MEMORY = 0.8            # of the running means, a step
PATIENCE = 10           # steps before a verdict: the running means must have forgotten the start
LASTING = 150           # steps in a row that are flat: a saturated ball may be, at first, and still become something
EMPTY, FULL, FLAT = 0.004, 0.9, 0.004


class Dead(RuntimeError):
    """The run has collapsed; the message names how and what may help."""


@dataclass
class Health:
    """Running means over the steps of one attempt; plain numbers, part of the checkpoint's position."""

    steps: int = 0
    coverage: float = 0.0
    contrast: float = 0.0
    flat: int = 0           # steps since the contrast was last above FLAT
    saturation: float = 0.0                     # of the last pictures

    def look(self, render: Render, loss: Tensor, failure_hints: dict[str, str]) -> None:
        """Take a training render and its total loss; raises Dead for a way to fail that is in ``failure_hints``, the scene's."""
        loss, coverage, contrast, self.saturation = torch.cat([loss.float().view(1), measure(render)]).tolist()
        if not isfinite(loss):
            raise Dead("not a number: the loss is no longer finite; lower stages.*.optim.lr or raise the regularizers")
        keep = MEMORY if self.steps else 0.0
        self.coverage = keep * self.coverage + (1 - keep) * coverage
        self.contrast = keep * self.contrast + (1 - keep) * contrast
        self.flat = self.flat + 1 if self.contrast < FLAT else 0
        self.steps += 1
        if self.steps < PATIENCE:
            return
        checks = {"empty": (self.coverage < EMPTY, f"the pictures show nothing (coverage {self.coverage:.4f})"),
                  "full": (self.coverage > FULL, f"the object fills every picture (coverage {self.coverage:.2f})"),
                  "flat": (self.flat >= LASTING,
                           f"the object has one color (contrast {self.contrast:.4f})")}
        for way, hint in failure_hints.items():
            dead, sight = checks[way]
            if dead:
                raise Dead(f"{way}: {sight}; {hint}")


@torch.no_grad()
def measure(render: Render) -> Tensor:
    """[3] float32, coverage, contrast and saturation of a batch of pictures; on its device, which is not waited for.

    Colors are those of the pixels more opaque than not, without background; sums over all pixels with the others at
    weight 0 need no count of them.
    """
    inside = (render.opacity > 0.5).float()
    n = inside.sum()
    color = render.premultiplied.float() / render.opacity.clamp(min=0.5)
    mean = (inside * color).sum((0, 1, 2)) / n.clamp(min=1)
    variance = (inside * (color - mean).square()).sum((0, 1, 2)) / (n - 1).clamp(min=1)
    contrast = torch.where(n > 1, variance.sqrt().mean(), 1)            # too faint for a color: coverage judges that
    bright = color.clamp(1e-3, 1)
    hsv = 1 - bright.amin(-1, keepdim=True) / bright.amax(-1, keepdim=True)
    return torch.stack([render.opacity.float().mean(), contrast, (inside * hsv).sum() / n.clamp(min=1)])


def saturation(render: Render) -> float:
    """Mean HSV saturation where there is something, 0 to 1."""
    return float(measure(render)[2])
