"""Which Gaussians a tile sees, for the CPU's ``splat``."""
