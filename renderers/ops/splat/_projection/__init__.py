"""Gaussians onto the picture plane, for the CPU's ``splat``."""
