"""What crawls, buzzes and swims; all look towards +z."""

SHAPES = {}                             # name: the colors that it comes in, and its designs
