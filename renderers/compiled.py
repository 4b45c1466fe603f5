"""Whether the kernels are compiled that a run needs: its first steps do that, for half a minute or more, and numba keeps them."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent


def compiled() -> bool:
    """Whether kernels of each operation that is loaded are kept where numba keeps them: beside their source, or in folders that
    begin with its folder's name. True where that cannot be told, as numba looks elsewhere."""
    place = Path(os.environ.get("NUMBA_CACHE_DIR") or HERE)
    loaded = {name.split(".")[2] for name in sys.modules if name.startswith("renderers.ops.")}
    needed = {name for name in loaded if (HERE / "ops" / name / "numba_cpu.py").is_file()}
    kept = {name for path in place.rglob("*.nbi") for name in (path.parent.parent.name, path.parent.name.rpartition("_")[0])}
    return not os.access(place, os.W_OK) or needed <= kept
