"""What one makes music with; fronts face +z."""

SHAPES: dict[str, tuple] = {            # name: the colors that it comes in, and its designs
}
