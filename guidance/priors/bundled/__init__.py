"""The network of the prior in the box, of which training makes new ones; families/bundled.py has its ``Prior``."""

from . import mean, network, text

__all__ = ["mean", "network", "text"]
