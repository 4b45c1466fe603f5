"""What one eats and drinks; units are whatever each shape likes."""

from . import bakery, citrus, dishes, drinks, fruit, snacks, sweets, treats, vegetables

SHAPES = {name: row for file in (fruit, citrus, vegetables, dishes, bakery, snacks, sweets, treats, drinks)
          for name, row in file.SHAPES.items()}
