"""Words in, a textured 3D asset or a vector drawing out. ``from dreamgen import generate`` is light: it imports no torch."""

__version__ = "0.1.0"

from .api import Asset, Vector, generate, generate_many, generate_svg, texture_mesh
from .errors import (
                     BackendError,
                     CheckpointError,
                     ConfigError,
                     DreamgenError,
                     EmptyMesh,
                     FileError,
                     MethodError,
                     PriorError,
                     RunError,
)

__all__ = ["Asset", "BackendError", "CheckpointError", "ConfigError", "DreamgenError", "EmptyMesh", "FileError",
           "MethodError", "PriorError", "RunError", "Vector", "generate", "generate_many", "generate_svg",
           "texture_mesh"]
