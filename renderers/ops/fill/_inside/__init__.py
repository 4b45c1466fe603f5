"""How often a path winds around a pixel, for the backends of ``fill``."""
