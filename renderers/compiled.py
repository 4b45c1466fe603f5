"""Whether the kernels have been compiled on this machine: the first run does it, for a minute or more, and numba keeps them."""

import os
from pathlib import Path

HERE = Path(__file__).parent


def compiled() -> bool:
    """Whether any kernel is kept where numba keeps them; True where that cannot be told, as numba looks elsewhere."""
    place = Path(os.environ.get("NUMBA_CACHE_DIR") or HERE)
    return not os.access(place, os.W_OK) or next(place.rglob("*.nbi"), None) is not None
