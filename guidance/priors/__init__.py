"""Frozen priors: one file here is one family, and the folder is the registry.

A family's file has two functions: ``recognises(folder) -> bool``, from the folder's configuration files alone, and
``load(folder, device, precision) -> Prior``. This file is free of torch, so that a mistyped name is answered at once.
"""

from __future__ import annotations

import difflib
import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from ..conditions import Condition, Picture
    from ..schedule import Schedule

PRECISIONS = ("auto", "float32", "bfloat16")
NEEDED = ("unet/config.json", "scheduler/scheduler_config.json")
FAMILIES = tuple(sorted(p.stem for p in Path(__file__).parent.glob("[a-z]*.py")))


class PriorError(ValueError):
    """A prior that cannot be found, read or trusted; one sentence."""


class Prior(Protocol):
    """What guidance needs of a frozen model; B pictures, C channels, S x S of them."""

    name: str                   # what it was loaded as
    id: str                     # hexadecimal digest of its weights: two priors with one id answer alike
    size: int                   # S
    channels: int               # C
    pixels: bool                # x0 are pixels, each in [-1, 1]; else the latents of some encoder
    opacity: bool               # x0 has the picture's opacity; else its colours are over the scene's background
    network: nn.Module          # all that eps calls; a shallow copy with another one in its place is another prior
    precision: str              # of the network's arithmetic: float32 or bfloat16; everything it returns is float32
    schedule: Schedule

    def encode(self, picture: Picture) -> Tensor:
        """x0 [B, C, S, S]; differentiable in the picture, whose size may be another."""

    def decode(self, x0: Tensor) -> tuple[Tensor, Tensor]:
        """Premultiplied colour [B, S, S, 3] and opacity [B, S, S, 1], both in [0, 1]."""

    def eps(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        """The noise [B, C, S, S] that it sees in x_t at the levels t [B]."""

    def condition(self, prompts: list[str], azimuth: Tensor | None = None,
                  elevation: Tensor | None = None) -> Condition:
        """N texts as conditions, with camera angles [N] in radians where they are known."""

    def pose(self, azimuth: Tensor, elevation: Tensor) -> Tensor:
        """The camera features [B, P] of angles [B] in radians."""

    def unknown_words(self, prompt: str) -> list[str]:
        """The words of a prompt that it was not trained with, as far as it can tell."""

    def nearest_words(self, prompt: str) -> list[tuple[str, float]]:
        """The names that it was trained with, each with its likeness to the prompt in [-1, 1], the likest first."""

    def sample(self, condition: Condition, steps: int, scale: float, rng: torch.Generator) -> Tensor:
        """x0 [B, C, S, S] drawn from noise."""


def load(name_or_folder: str | Path, device: str | torch.device = "cpu", precision: str = "auto") -> Prior:
    """A prior by its family's name, or from a folder in diffusers' layout.

    Args:
        precision: "float32", "bfloat16", or "auto", which takes bfloat16 where a short probe shows that it is faster. A
            run that must repeat another one bit for bit asks for that one's ``Prior.precision``.

    Raises:
        PriorError: unknown name, missing or broken files, weights that are not those of the card, unknown architecture.
    """
    if precision not in PRECISIONS:
        raise PriorError(f"precision: '{precision}', have {', '.join(PRECISIONS)}")
    folder = locate(name_or_folder)
    for family in FAMILIES:
        module = importlib.import_module(f"{__name__}.{family}")
        if module.recognises(folder):
            return module.load(folder, device, precision)
    raise PriorError(f"prior '{folder}': no family knows its architecture, have {', '.join(FAMILIES)}")


def locate(name_or_folder: str | Path) -> Path:
    """The folder of a prior, seen to hold a network and a scheduler; needs no torch.

    Raises:
        PriorError: neither a name nor a folder, or a folder without ``unet/config.json`` or ``scheduler/``.
    """
    given, folder = str(name_or_folder), Path(name_or_folder).expanduser()
    if given in FAMILIES:
        folder = Path(__file__).parents[1] / "weights" / given
    elif not folder.is_dir():
        guess = difflib.get_close_matches(given, FAMILIES, 1)
        raise PriorError(f"prior '{given}': neither a folder nor a name, have {', '.join(FAMILIES)}"
                         + (f"; did you mean '{guess[0]}'?" if guess else ""))
    if missing := [name for name in NEEDED if not (folder / name).is_file()]:
        found = sorted(p.name + "/" * p.is_dir() for p in folder.iterdir()) if folder.is_dir() else []
        raise PriorError(f"prior '{given}': {folder} has no {missing[0]}, found {', '.join(found) or 'nothing'}")
    return folder
