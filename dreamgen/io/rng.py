"""Randomness by address: a generator is a function of (seed, name, step), so a resumed run draws what it would have drawn.

Each consumer has its own name, so adding a draw to one does not move another's.
"""

from hashlib import blake2b

import torch


def stream(seed: int, name: str, step: int = 0) -> torch.Generator:
    """A fresh CPU generator; the same for the same arguments, on every platform."""
    digest = blake2b(f"{seed}/{name}/{step}".encode(), digest_size=7).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest, "big"))
