"""Samples of all words: a sheet with captions, and one without, shuffled, to be recognised by a person."""

from pathlib import Path

import numpy as np
import torch

from ...io import atomic, images
from ...io.rng import stream

COLUMNS = 10
SMALL = images.SheetLayout(cell=92, gap=2, text=12)     # one picture with its caption
GAP = 2                                             # between these
CAPTIONED, BLIND, KEY = "words.png", "blind.png", "blind-key.txt"


def write(drawn: dict[str, np.ndarray], folder: Path, seed: int) -> list[Path]:
    """Three files of ``{word: [S, S, 3] over white}``: the sheet, the shuffled one with numbers, and its key."""
    order = torch.randperm(len(drawn), generator=stream(seed, "blind")).tolist()
    words = list(drawn)
    key = "".join(f"{number} {words[i]}\n" for number, i in enumerate(order, 1))
    blind = {str(number): drawn[words[i]] for number, i in enumerate(order, 1)}
    sheets = {CAPTIONED: sheet(drawn), BLIND: sheet(blind)}
    return atomic.save({**{name: images.png(picture) for name, picture in sheets.items()}, KEY: key.encode()}, folder)


def sheet(drawn: dict[str, np.ndarray]) -> np.ndarray:
    """[H, W, 3] uint8, each picture under its own caption."""
    cells = [images.contact_sheet([[picture]], [caption], layout=SMALL) for caption, picture in drawn.items()]
    rows = [cells[i:i + COLUMNS] for i in range(0, len(cells), COLUMNS)]
    return images.contact_sheet(rows, layout=images.SheetLayout(cell=max(cells[0].shape[:2]), gap=GAP))
