"""From a field to a textured mesh: ``mesh_asset``; and a picture of one: ``draw``."""

from .asset import mesh_asset
from .report import Report
from .shade import draw

__all__ = ["Report", "draw", "mesh_asset"]
