"""How many threads the operations use: numba's and torch's, which share an OpenMP library and disturb each other.

Numba starts its threads with the first kernel that runs, and torch then has as many: from there on its sums are added up
in another order. A run that is resumed starts them at another step, so its bits would differ; ``settle`` starts them
before anything is computed.
"""

import numba
import torch


def set_threads(count: int) -> None:
    """Use ``count`` threads from here on, or one per core if there are fewer; raises ValueError below 1."""
    if count < 1:
        raise ValueError(f"threads: need at least 1, got {count}")
    count = min(count, numba.config.NUMBA_NUM_THREADS)
    numba.set_num_threads(count)
    torch.set_num_threads(count)    # second: numba's pool resets torch's count when it starts


def settle() -> None:
    """Keep torch's count (``OMP_NUM_THREADS``, or one per core) from here on, numba's kernels included."""
    set_threads(torch.get_num_threads())
