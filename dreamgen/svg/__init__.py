"""SVG files: read from strangers (``read``), cleaned (``clean``), seen as pixels (``picture``).

They are written by ``dreamgen.formats.svg``.
"""

from .clean import Cleaned, clean
from .picture import picture
from .read import Reading, read

__all__ = ["Cleaned", "Reading", "clean", "picture", "read"]
