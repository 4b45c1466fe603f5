"""What one eats and drinks; units are whatever each shape likes."""

from . import dishes, drinks, fruit, sweets, vegetables

SHAPES = {name: row for file in (fruit, vegetables, dishes, sweets, drinks) for name, row in file.SHAPES.items()}
