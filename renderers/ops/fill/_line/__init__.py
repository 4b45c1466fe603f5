"""How much of a pixel a line covers, for the backends of ``fill``."""
