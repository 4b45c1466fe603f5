"""Words in, a textured 3D asset out. ``from dreamgen import generate`` is light: torch is imported when it is called."""

__version__ = "0.1.0"

from .api import Asset, generate

__all__ = ["Asset", "generate"]
