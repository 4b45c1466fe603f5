"""SVG files: read from strangers (``read``), cleaned (``clean``), seen as pixels (``picture``), written shorter (``tidy``).

They are written by ``dreamgen.formats.svg``.
"""

from .clean import Cleaned, clean
from .picture import picture
from .read import Reading, read
from .tidy import tidy
from .viewports import sized

__all__ = ["Cleaned", "Reading", "clean", "picture", "read", "sized", "tidy"]
