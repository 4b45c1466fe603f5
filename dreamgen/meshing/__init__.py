"""From a field to a textured mesh: ``mesh_asset``; and a picture of one: ``draw``."""

from .asset import mesh_asset
from .report import MeshReport
from .shade import draw

__all__ = ["MeshReport", "draw", "mesh_asset"]
