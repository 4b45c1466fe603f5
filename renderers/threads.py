"""How many threads the operations use: numba's and torch's, which share an OpenMP library and disturb each other."""

import numba
import torch


def set_threads(count: int) -> None:
    """Use ``count`` threads from here on; raises ValueError beyond what numba's pool was made for (one per core)."""
    most = numba.config.NUMBA_NUM_THREADS
    if not 1 <= count <= most:
        raise ValueError(f"threads: need 1 to {most}, got {count}")
    numba.set_num_threads(count)
    torch.set_num_threads(count)    # second: numba's pool resets torch's count when it starts
