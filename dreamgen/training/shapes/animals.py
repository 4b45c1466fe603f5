"""Animals, by where they live; all look towards +z."""

from . import bears, birds, farm, pets, pond, wild

SHAPES = {name: row for file in (bears, pets, farm, birds, pond, wild) for name, row in file.SHAPES.items()}
