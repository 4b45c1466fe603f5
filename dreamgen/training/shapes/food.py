"""What one eats and drinks; units are whatever each shape likes."""

from . import dishes, drinks, fruit, meals, sweets, treats, vegetables

SHAPES = {name: row for file in (fruit, vegetables, dishes, meals, sweets, treats, drinks) for name, row in file.SHAPES.items()}
