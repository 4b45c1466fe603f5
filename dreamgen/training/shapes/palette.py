"""The colors that shapes come in, by the words that captions say."""

from ..captions import COLORS

Color = tuple[float, float, float]     # sRGB in [0, 1]

WOODEN = "wooden"
WOOD = (0.66, 0.44, 0.24)
PALETTE: dict[str, Color] = {**COLORS, "grey": (0.55, 0.55, 0.56), WOODEN: WOOD}
ANY = tuple(name for name in PALETTE if name != WOODEN)
TIMBER = (*ANY, *(WOODEN,) * 6)         # what is made of wood more often than not
FUR = ("brown", "brown", "black", "white", "grey", "orange")
NONE: tuple[str, ...] = ()              # what has one natural look, and no color to say
