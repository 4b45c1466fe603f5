"""Numbers of a text, or a sentence that names the word that is none."""

from collections.abc import Iterable

import numpy as np


def number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        raise ValueError(f"{word!r} is no number") from None


def whole(word: str) -> int:
    try:
        return int(word)
    except ValueError:
        raise ValueError(f"{word!r} is no whole number") from None


def numbers(words: Iterable[str] | Iterable[bytes]) -> np.ndarray:
    """[N] float64."""
    words = list(words)
    try:
        return np.array(list(map(float, words)), np.float64)
    except ValueError:
        texts = (word.decode("latin-1") if isinstance(word, bytes) else word for word in words)
        return np.array([number(text) for text in texts])
