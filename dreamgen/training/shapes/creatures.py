"""Creatures of tales and far lands; all look towards +z."""

SHAPES = {}                             # name: the colors that it comes in, and its designs
