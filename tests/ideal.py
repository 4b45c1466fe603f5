r"""Priors whose answer is known in closed form, so that guidance is tested exactly: no weights, no sampling error.

    x0 ~ N(m_y, std^2 I)            eps*(x_t, y) = sigma (x_t - alpha m_y) / var,       var = alpha^2 std^2 + sigma^2
    x0 ~ equal mixture of such      eps* = sum_k gamma_k eps*_k,          gamma = softmax_k( -|x_t - alpha m_k|^2 / 2 var )

Both are float64; text states carry the mean m_y itself. ``mean_over_eps`` takes expectations by quadrature.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from guidance.conditions import Condition
from guidance.schedule import Schedule

ABAR = (1 - torch.linspace(0.00085**0.5, 0.012**0.5, 1000, dtype=torch.float64) ** 2).cumprod(0)


class IdealPrior:
    """Pictures of y are ``means[y]`` (a number, or a picture [C, S, S]; 0 for other words) with noise of ``std``."""

    name, id, precision = "ideal", "0", "float64"
    pixels = opacity = True
    sees = False

    def __init__(self, means=None, std=0.5, size=4, channels=4, schedule=None, prediction="epsilon"):
        self.means, self.std, self.size, self.channels = means or {}, std, size, channels
        self.schedule = schedule or Schedule.from_alphas_cumprod(ABAR)
        self.prediction = prediction                        # what its "network" predicts
        self.asked, self.encoded = [], []                   # rows of each call of eps, texts of each call of condition

    def encode(self, picture):
        return torch.cat([picture.premultiplied, picture.opacity], -1).permute(0, 3, 1, 2).double() * 2 - 1

    def decode(self, x0):
        x = x0.permute(0, 2, 3, 1) / 2 + 0.5
        return x[..., :3], x[..., 3:]

    def condition(self, prompts, azimuth=None, elevation=None):
        self.encoded.append(list(prompts))
        shape = (self.channels, self.size, self.size)
        means = [torch.as_tensor(self.means.get(p, 0.0), dtype=torch.float64).expand(shape) for p in prompts]
        pose = torch.zeros(len(prompts), 2) if azimuth is None else self.pose(azimuth, elevation)
        mask = torch.ones(len(prompts), 1, dtype=torch.bool)
        return Condition(torch.stack(means).flatten(1)[:, None], mask, pose.double())

    def pose(self, azimuth, elevation):
        return torch.stack([azimuth.cos(), elevation.sin()], -1)

    def control(self, picture, query, rng):
        return None

    def unknown_words(self, prompt):
        return [word for word in prompt.split() if word == "xyzzy"]

    def nearest_words(self, prompt):
        return [("cat", 0.9), ("dog", 0.4), ("horse", 0.3), ("cart", 0.1)]

    def eps(self, x_t, t, condition):
        self.asked.append(len(x_t))
        eps = self.closed_form(x_t, t, condition.text.reshape(-1, self.channels, self.size, self.size))
        if self.prediction == "epsilon":
            return eps
        value = self.schedule.target(self.prediction, self.schedule.x0_from(eps, x_t, t), eps, t)
        return self.schedule.eps_from(self.prediction, value, x_t, t)

    def closed_form(self, x_t, t, mean):
        alpha, sigma = self.schedule.at(t, x_t)
        return sigma * (x_t - alpha * mean) / (alpha**2 * self.std**2 + sigma**2)


class IdealFolded(IdealPrior):
    """The same prior, computed on folded pixels."""

    def closed_form(self, x_t, t, mean):
        fold, shuffle = torch.nn.functional.pixel_unshuffle, torch.nn.functional.pixel_shuffle
        return shuffle(super().closed_form(fold(x_t, 2), t, fold(mean, 2)), 2)


class IdealMixture(IdealPrior):
    """Pictures of any text are one of ``modes`` (numbers), at equal odds."""

    def __init__(self, modes, std=0.1, **shape):
        super().__init__(std=std, **shape)
        self.modes = modes

    def eps(self, x_t, t, condition):
        alpha, sigma = self.schedule.at(t, x_t)
        variance = alpha**2 * self.std**2 + sigma**2
        distances = [((x_t - alpha * m) ** 2).sum((1, 2, 3), keepdim=True) for m in self.modes]
        odds = (-torch.stack(distances) / (2 * variance)).softmax(0)
        return sum(gamma * self.closed_form(x_t, t, m) for gamma, m in zip(odds, self.modes, strict=True))


def mean_over_eps(function: Callable[[Tensor], Tensor], nodes: int = 80) -> Tensor:
    """E[ function(eps) ] for pictures of one number, eps ~ N(0, 1): Gauss-Hermite quadrature, all nodes in one batch.

    ``function`` takes eps [nodes, 1, 1, 1] and returns as many values; exact for polynomials of degree < 2 nodes.
    """
    x, w = np.polynomial.hermite_e.hermegauss(nodes)
    values = function(torch.from_numpy(x).view(-1, 1, 1, 1))
    return (torch.from_numpy(w / w.sum()).view(-1, 1, 1, 1) * values).sum(0)
