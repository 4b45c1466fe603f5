"""What one works, fights and explores with; fronts face +z."""

SHAPES: dict[str, tuple] = {            # name: the colors that it comes in, and its designs
}
