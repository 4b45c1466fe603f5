"""How often a path winds around a pixel, for the CPU's ``fill``."""
