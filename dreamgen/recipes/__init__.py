"""What a run is told: recipe.py says what may be written, load.py reads it, registry.py knows the kinds."""
