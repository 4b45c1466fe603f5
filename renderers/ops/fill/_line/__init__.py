"""How much of a pixel a line covers, for the CPU's ``fill``."""
