"""A run between two steps: state.py holds it, build.py makes its parts, the others begin, watch and record it."""
