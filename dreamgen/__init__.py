"""Words in, a textured 3D asset or a vector drawing out. ``from dreamgen import generate`` is light: torch is imported when it is called."""

__version__ = "0.1.0"

from .api import Asset, Vector, generate, generate_svg
from .errors import DreamgenError

__all__ = ["Asset", "DreamgenError", "Vector", "generate", "generate_svg"]
