"""The styles of drawings: what is in one, how many paths it has, what it learns. Torch-free; recipes are checked by it."""

HELD = {"flat": 24, "outline": 24, "sketch": 24}       # paths of the styles that can be held
BUDGET = {"iconography": 64, "flat": 64, "sketch": 16, "painting": 256, "pixel": 1024, "lowpoly": 512}      # free paths
MOST = 4096                 # paths; 100,000 take minutes a step
BLOBS, STROKES, TILES = ("iconography", "flat"), ("sketch", "painting"), ("pixel", "lowpoly")
LEARNT = {
    "iconography": ("points", "rgb", "opacity"),
    "flat": ("points", "rgb"),
    "sketch": ("points",),
    "painting": ("points", "rgb", "opacity", "widths"),
    "pixel": ("rgb", "opacity"),
    "lowpoly": ("points", "rgb", "opacity"),
}
