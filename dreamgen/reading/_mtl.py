"""Materials of OBJ files: .mtl libraries, with the keys for physically based rendering that Clara.io added.

    roughness = Pr, map_Pr;  metallic = Pm, map_Pm;  a picture takes the place of its number
    normal map = norm,  else map_Bump or bump, as Blender writes it, where it is not the grey picture of heights
    opacity = d,  else 1 - Tr;  a Tr of 1 is opaque, for no one writes a material that cannot be seen, and MeshLab did
"""

import re
from dataclasses import dataclass, field

import numpy as np

from renderers import assets

from ._beside import Beside
from ._colors import linear
from ._words import number
from .piece import BLACK, CLAMP, GREY, REPEAT, Refused

ARGUMENTS = {"-blendu": 1, "-blendv": 1, "-cc": 1, "-clamp": 1, "-bm": 1, "-boost": 1, "-texres": 1, "-imfchan": 1,
             "-type": 1, "-mm": 2}                  # options of a picture that have so many words
UP_TO_THREE = ("-s", "-o", "-t")
NORMALS = ("norm", "map_bump", "bump")
NOT_READ = ("disp", "decal", "refl", "map_ks", "map_ns")        # pictures
GREYISH = 32                # levels between the channels of a texel, in the mean; a normal map's flat ones have 127
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


@dataclass
class Map:
    """A picture of a material: uv' = scale * uv + offset, before v is turned over."""

    name: str
    scale: tuple[float, float] = (1.0, 1.0)
    offset: tuple[float, float] = (0.0, 0.0)
    wrap: str = REPEAT
    strength: float = 1.0           # of bumps


@dataclass
class Material:
    """Words by key, the last of each, the keys in lower case."""

    words: dict[str, str] = field(default_factory=dict)

    def color(self, key: str) -> tuple[float, ...] | None:
        """sRGB in [0, 1]; None where it is not said."""
        words = self.words.get(key, "").split()
        if not words:
            return None
        if words[0].lower() in ("spectral", "xyz"):
            raise Refused(f"a material's {key} is {words[0]}, which is not read")
        r, *more = (min(max(number(word), 0.0), 1.0) for word in words[:3])
        return (r, *more) if len(more) == 2 else (r, r, r)

    @property
    def opacity(self) -> float:
        def last(key: str) -> float | None:
            words = self.words.get(key, "").split()
            return float(words[-1]) if words and NUMBER.fullmatch(words[-1]) else None

        dissolve, transparency = last("d"), last("tr")
        value = dissolve if dissolve is not None else \
            1.0 if transparency is None or transparency >= 1 else 1 - transparency
        return min(max(value, 0.0), 1.0)

    def map(self, key: str) -> Map | None:
        return picture_of(self.words[key]) if self.words.get(key) else None

    @property
    def base(self) -> tuple[float, float, float, float]:
        return (*(self.color("kd") or GREY[:3]), self.opacity)

    @property
    def glow(self) -> tuple[float, float, float]:
        return self.color("ke") or BLACK


def library(data: bytes) -> dict[str, Material]:
    """The materials of an .mtl file, by name."""
    found: dict[str, Material] = {}
    material = Material()                   # before the first newmtl: of nobody
    for line in lines(data):
        key, _, rest = line.replace("\t", " ").strip().partition(" ")
        rest = rest.strip()
        if key.lower() == "newmtl":
            material = found[" ".join(rest.split())] = Material()
        elif key:
            material.words[key.lower()] = rest
    return found


def lines(data: bytes) -> list[str]:
    """Of a text of any encoding and any line ends, joined at a backslash; without comments."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = re.sub(r"\\[ \t]*(\r\n|\n|\r)", " ", text)
    return [line if "#" not in line else re.split(r"(?:^|\s)#", line, maxsplit=1)[0]
            for line in re.split(r"\r\n|\n|\r", text)]


def picture_of(text: str) -> Map:
    """Of ``-s 2 2 1 -clamp on my wood.png``."""
    words, found = text.split(), Map("")
    at, spans = 0, [match.start() for match in re.finditer(r"\S+", text)]
    while at < len(words) - 1 and words[at].lower() in (*ARGUMENTS, *UP_TO_THREE):
        option = words[at].lower()
        count = ARGUMENTS.get(option, 0)
        while option in UP_TO_THREE and count < 3 and at + 1 + count < len(words) - 1 \
                and NUMBER.fullmatch(words[at + 1 + count]):
            count += 1
        values = words[at + 1:at + 1 + count]
        if option in UP_TO_THREE:
            rest = 1.0 if option == "-s" else 0.0
            u, v = (*map(float, values), rest, rest)[:2]
            if option == "-s":
                found.scale = u, v
            elif option == "-o":
                found.offset = u, v
            elif any(float(value) for value in values):
                raise Refused("a texture has turbulence (-t), which is not read")
        elif option == "-mm" and [float(value) for value in values] != [0.0, 1.0]:
            raise Refused("a texture's range is changed (-mm), which is not read")
        elif option == "-bm":
            found.strength = float(values[0])
        elif option == "-clamp" and values[0].lower() == "on":
            found.wrap = CLAMP
        at += 1 + count
    found.name = text[spans[at]:].strip() if words else ""
    return found


def pictures(material: Material, beside: Beside):
    """(color's picture, glow's picture, where they lie) or (None, None, None); each [H, W, 4], where there is one."""
    maps = [material.map(key) for key in ("map_kd", "map_ke", "map_d")]
    read = [beside.picture(one.name) if one else None for one in maps]
    there = [one for one, picture in zip(maps, read, strict=True) if picture is not None]
    if not there:
        return None, None, None
    if any((one.scale, one.offset, one.wrap) != (there[0].scale, there[0].offset, there[0].wrap) for one in there):
        raise Refused("the textures of a material lie in different places (-s, -o)")
    color, glow, dissolve = read
    if dissolve is not None:
        same = color is not None and maps[0].name == maps[2].name
        color = color if same else cut(color, dissolve)
    return color, glow, there[0]


def all_of(material: Material, base: tuple[float, ...], color: np.ndarray | None, glow: np.ndarray | None, where: Map | None,
           beside: Beside, name: str) -> tuple[assets.Material, tuple[str, ...]]:
    """All of a material, and phrases of what is left out of it.

    Args:
        base: sRGB and opacity that ``color`` [H, W, 4] is multiplied with; glow [H, W, 4]; where both lie, or None.
    """
    read, left_out = {}, [f"its {key} is not read and is left out" for key in NOT_READ if material.words.get(key)]
    bumps = next((key for key in NORMALS if material.words.get(key)), "norm")
    for key in ("map_pr", "map_pm", bumps):
        try:
            one = material.map(key)
        except Refused as lack:
            left_out.append(f"its {key} is left out: {lack}")
            continue
        if one is None:
            continue
        picture = beside.picture(one.name)
        there = where or Map("")
        if picture is None or (one.scale, one.offset, one.wrap) != (there.scale, there.offset, there.wrap):
            left_out.append(f"its {key} {'cannot be read' if picture is None else 'lies elsewhere'} and is left out")
        elif key in NORMALS[1:] and np.ptp(picture[..., :3], axis=-1).mean() < GREYISH:
            left_out.append(f"its {key} is of heights, not of normals, and is left out")
        else:
            read[key] = picture
    rough, metal = read.get("map_pr"), read.get("map_pm")
    both = None
    if rough is not None or metal is not None:
        size = max((picture.shape[:2] for picture in (rough, metal) if picture is not None), key=np.prod)
        both = np.zeros((*size, 3), np.uint8)
        for channel, picture, key in ((1, rough, "pr"), (2, metal, "pm")):
            both[..., channel] = round(255 * factor(material, key)) if picture is None else spread(picture[..., 0], size)
    opacity, wrap = base[3], "repeat" if where is None else where.wrap
    holes = color is not None and bool((color[..., 3] < 255).any())
    emissive = material.glow if glow is None or any(material.glow) else (1.0, 1.0, 1.0)
    return assets.Material(
        (*linear(np.asarray(base[:3], np.float64)).tolist(), opacity),
        None if color is None else np.ascontiguousarray(color if holes else color[..., :3]),
        factor(material, "pm") if both is None else 1.0, factor(material, "pr") if both is None else 1.0, both,
        np.ascontiguousarray(read[bumps][..., :3]) if bumps in read else None,
        material.map(bumps).strength if bumps in read else 1.0,
        tuple(linear(np.asarray(emissive, np.float64)).tolist()),
        None if glow is None else np.ascontiguousarray(glow[..., :3]),
        "BLEND" if opacity < 1 else "MASK" if holes else "OPAQUE", wrap=(wrap, wrap), name=name), tuple(left_out)


def factor(material: Material, key: str) -> float:
    """Pr or Pm; without them a rough dielectric."""
    words = material.words.get(key, "").split()
    return min(max(number(words[0]), 0.0), 1.0) if words else float(key == "pr")


def spread(plane: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """[H, W] of another size, by the nearest."""
    rows, columns = (np.arange(n) * m // n for n, m in zip(size, plane.shape, strict=True))
    return plane[rows[:, None], columns]


def cut(color: np.ndarray | None, dissolve: np.ndarray) -> np.ndarray:
    """``color``, or white, with the opacity of ``dissolve``: its alpha, or its brightness where it has none."""
    alpha = dissolve[..., 3] if (dissolve[..., 3] < 255).any() else dissolve[..., :3].mean(-1).round().astype(np.uint8)
    if color is None:
        color = np.full((*alpha.shape, 4), 255, np.uint8)
    rows, columns = (np.arange(n) * m // n for n, m in zip(color.shape[:2], alpha.shape, strict=True))
    return np.dstack([color[..., :3], alpha[rows[:, None], columns]])
