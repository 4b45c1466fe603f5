"""Text in, a textured 3D asset out. ``from dreamgen import generate``."""
