r"""Solid textures: what a surface shows besides its color, as a function of the point on it (Perlin 1985).

    color(p) = mix(base, second, m(p)) * (1 + amount * b(p)),      p in the part's own coordinates over ``size``

m in [0, 1] is where the second color shows (mortar, stripes, spots), b is light and dark about 0 (grain, fibres). p is
the place on the part as it was made, before it was moved: every leg of a table has its own grain, and a texture needs
no unwrapping. A flat pattern (bricks, tiles) is laid on the axis plane that the surface faces.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

Color = tuple[float, float, float]


@dataclass(frozen=True)
class Finish:
    """How a part's surface looks.

    Attributes:
        kind: a name of KINDS.
        size: of one element (a brick's height, the distance of two stripes), in the shape's own units.
        second: sRGB, the color of mortar, stripes, spots; unused where the kind has none.
        amount: how strong light and dark are; 1 as the kind was made.
        gloss: 0 matte, 0.3 lacquer or skin of fruit, 0.6 glazed or plastic, 1 polished metal.
    """

    kind: str = "plain"
    size: float = 0.1
    second: Color = (0.9, 0.9, 0.88)
    amount: float = 1.0
    gloss: float = 0.0

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"kind: '{self.kind}', have {', '.join(KINDS)}")


def colored(finish: Finish, base: Tensor, p: Tensor, normal: Tensor) -> Tensor:
    """[N, 3] sRGB of ``base`` [N, 3] at the points ``p`` [N, 3], which look along ``normal`` [N, 3]; p's own axes."""
    pattern, light = KINDS[finish.kind](p / finish.size, normal)
    second = base.new_tensor(finish.second)
    mixed = base + (second - base) * pattern.clamp(0, 1)[:, None]
    return (mixed * (1 + finish.amount * light)[:, None]).clamp(0, 1)


def lattice(i: Tensor) -> Tensor:
    """[N] uniform in [0, 1) by the integer point [N, 3] int64: the same on every device."""
    h = i[:, 0] * 73856093 ^ i[:, 1] * 19349663 ^ i[:, 2] * 83492791
    h = (h ^ (h >> 13)) * 1274126177 & 0x7FFFFFFF
    return ((h ^ (h >> 16)) & 0xFFFF).to(torch.float32) / 65536


def noise(p: Tensor) -> Tensor:
    """[N] in [-1, 1]: value noise, smooth, one bump a unit."""
    cell = p.floor()
    f = p - cell
    f = f * f * (3 - 2 * f)
    i, total = cell.long(), 0.0
    for corner in range(8):
        d = torch.tensor([corner & 1, corner >> 1 & 1, corner >> 2], device=p.device)
        weight = torch.where(d.bool(), f, 1 - f).prod(-1)
        total = total + weight * lattice(i + d)
    return 2 * total - 1


def fractal(p: Tensor, octaves: int = 3) -> Tensor:
    return sum(noise(p * 2**k + 17 * k) / 2**k for k in range(octaves)) / 1.5


def smooth(edge0: float, edge1: float, x: Tensor) -> Tensor:
    t = ((x - edge0) / (edge1 - edge0)).clamp(0, 1)
    return t * t * (3 - 2 * t)


def laid(p: Tensor, normal: Tensor) -> tuple[Tensor, Tensor]:
    """(u, v) [N]: along the surface and up it, in the axis plane that it faces; v is y on walls."""
    axis = normal.abs().argmax(-1)
    u = torch.where(axis == 0, p[:, 2], p[:, 0])
    v = torch.where(axis == 1, p[:, 2], p[:, 1])
    return u, v


def joints(u: Tensor, v: Tensor, wide: float, gap: float) -> tuple[Tensor, Tensor]:
    """Rows of height 1 and elements ``wide``, every other row shifted: where the joints are, and each one's shade."""
    row = v.floor()
    along = u / wide + 0.5 * (row % 2)
    edge = torch.minimum(0.5 - (v - row - 0.5).abs(), wide * (0.5 - (along - along.floor() - 0.5).abs()))
    which = torch.stack([along.floor(), row, torch.zeros_like(row)], -1).long()
    return 1 - smooth(gap * 0.6, gap * 1.4, edge), lattice(which) - 0.5


def none(p: Tensor) -> Tensor:
    return torch.zeros_like(p[:, 0])


def plain(p, normal):
    return none(p), none(p)


def wood(p, normal):
    """Grain along the longest way of a board: y of its own coordinates; bent by noise."""
    bent = p * p.new_tensor([1, 0.12, 1]) + 0.8 * noise(p * 0.3)[:, None]
    rings = torch.sin(6.3 * (bent.square()[:, [0, 2]].sum(-1) + 1e-6).sqrt())
    return none(p), 0.10 * rings + 0.12 * fractal(p * p.new_tensor([2.5, 0.25, 2.5]))


def wood_x(p, normal):
    """``wood``, grain along x."""
    return wood(p[:, [1, 0, 2]], normal)


def wood_z(p, normal):
    """``wood``, grain along z."""
    return wood(p[:, [0, 2, 1]], normal)


def planks(p, normal):
    """Boards lying one above the other, with dark joints; ``second`` is not used."""
    u, v = laid(p, normal)
    joint, each = joints(u, v, 5.0, 0.05)
    grain = fractal(torch.stack([u * 0.5, v * 5, each * 50], -1))
    return none(p), 0.25 * each + 0.12 * grain - 0.45 * joint


def staves(p, normal):
    """Upright boards; ``planks`` turned."""
    u, v = laid(p, normal)
    joint, each = joints(v, u, 5.0, 0.05)
    grain = fractal(torch.stack([u * 5, v * 0.5, each * 50], -1))
    return none(p), 0.25 * each + 0.12 * grain - 0.45 * joint


def fabric(p, normal):
    """A weave."""
    weave = torch.sin(6.3 * p[:, 0]) * torch.sin(6.3 * p[:, 1] + 1.6) * torch.sin(6.3 * p[:, 2] + 0.8)
    return none(p), 0.10 * weave + 0.07 * fractal(p * 0.3)


def knit(p, normal):
    """Rows of loops."""
    u, v = laid(p, normal)
    return none(p), 0.16 * torch.sin(6.3 * v) * torch.sin(6.3 * (u + 0.3 * (v % 1))) + 0.05 * noise(p * 0.3)


def leather(p, normal):
    return none(p), 0.10 * fractal(p * 0.4) + 0.08 * noise(p * 2)


def fur(p, normal):
    """Tufts that hang down."""
    return none(p), 0.22 * fractal(p * p.new_tensor([1.0, 0.35, 1.0]))


def mottled(p, normal):
    """Soft clouds of light and dark."""
    return none(p), 0.15 * fractal(p * 0.7)


def clouded(p, normal):
    """Soft clouds of the second color: a blush on an apple, moss."""
    return smooth(0.05, 0.55, fractal(p * 0.7)), 0.06 * noise(p * 2)


def speckled(p, normal):
    """Small spots of the second color."""
    cell = lattice(p.floor().long())
    centre = (p - p.floor() - 0.5).square().sum(-1).sqrt()
    return (1 - smooth(0.2, 0.34, centre)) * (cell > 0.55), 0.05 * fractal(p * 0.2)


def stone(p, normal):
    return none(p), 0.14 * fractal(p * 0.6) + 0.10 * noise(p * 3)


def marble(p, normal):
    vein = (p[:, 0] + p[:, 1] * 0.6 + 2.5 * fractal(p * 0.5)).sin().abs()
    return 0.7 * (1 - smooth(0.0, 0.25, vein)), 0.05 * noise(p)


def brick(p, normal):
    """Bricks; ``second`` is the mortar."""
    joint, each = joints(*laid(p, normal), 2.2, 0.07)
    return joint, 0.32 * each + 0.06 * noise(p * 3)


def blocks(p, normal):
    """Hewn stones; ``second`` is the joint."""
    joint, each = joints(*laid(p, normal), 1.6, 0.06)
    return 0.8 * joint, 0.22 * each + 0.10 * fractal(p * 1.5)


def shingles(p, normal):
    """Rows of tiles on a roof, each darker under the one above."""
    u, v = laid(p, normal)
    joint, each = joints(u, v, 0.9, 0.04)
    return none(p), 0.22 * each - 0.30 * joint - 0.22 * smooth(0.55, 1.0, v - v.floor())


def tiles(p, normal):
    """A square grid; ``second`` is the joint."""
    u, v = laid(p, normal)
    edge = torch.minimum(0.5 - (u - u.floor() - 0.5).abs(), 0.5 - (v - v.floor() - 0.5).abs())
    return 1 - smooth(0.03, 0.07, edge), none(p)


def waffle(p, normal):
    """A diagonal grid of dark lines around an upright axis."""
    around = torch.atan2(p[:, 0], p[:, 2]) * 2.5
    a, b = (around + p[:, 1]) % 1, (around - p[:, 1]) % 1
    edge = torch.minimum((a - 0.5).abs(), (b - 0.5).abs())
    return none(p), -0.3 * (1 - smooth(0.06, 0.16, edge))


def checks(p, normal):
    """A chessboard."""
    u, v = laid(p, normal)
    return ((u.floor() + v.floor()) % 2).to(p), none(p)


def plaid(p, normal):
    u, v = laid(p, normal)
    return 0.5 * (u % 2 < 0.7).to(p) + 0.5 * (v % 2 < 0.7).to(p), none(p)


def stripes(p, normal):
    """Bands one above the other."""
    return (p[:, 1] % 2 < 1).to(p), none(p)


def stripes_x(p, normal):
    """Upright bands, side by side along x."""
    return (p[:, 0] % 2 < 1).to(p), none(p)


def stripes_z(p, normal):
    return (p[:, 2] % 2 < 1).to(p), none(p)


def dots(p, normal):
    """Round spots in rows."""
    u, v = laid(p, normal)
    u = u + 0.5 * (v.floor() % 2)
    away = ((u - u.floor() - 0.5).square() + (v - v.floor() - 0.5).square()).sqrt()
    return 1 - smooth(0.24, 0.32, away), none(p)


def foliage(p, normal):
    """Leaves: lit ones and gaps between them."""
    leaf = (p + 0.6 * noise(p * 0.7)[:, None]).floor().long()
    return none(p), 0.42 * (lattice(leaf) - 0.5) + 0.18 * fractal(p * 0.5)


def bark(p, normal):
    return none(p), 0.30 * fractal(p * p.new_tensor([1.6, 0.35, 1.6]))


def scales(p, normal):
    u, v = laid(p, normal)
    row = v.floor()
    u = u + 0.5 * (row % 2)
    away = ((u - u.floor() - 0.5).square() * 1.2 + (v - row - 0.9).square()).sqrt()
    return none(p), -0.26 * smooth(0.35, 0.75, away) + 0.06


def hide(p, normal):
    """Patches of the second color, as on a cow or a giraffe."""
    return smooth(0.0, 0.08, fractal(p * 0.8, 2) - 0.08), none(p)


def zebra(p, normal):
    """Wavering bands along z."""
    return smooth(-0.2, 0.2, torch.sin(3.14 * (p[:, 2] + 0.5 * p[:, 1] + 0.9 * noise(p * 0.4)))), none(p)


def metal(p, normal):
    """Brushed; its shine is ``gloss``."""
    return none(p), 0.06 * noise(p * p.new_tensor([0.3, 6.0, 0.3])) + 0.04 * noise(p * 0.5)


def rust(p, normal):
    return smooth(0.1, 0.5, fractal(p * 0.6)), 0.08 * noise(p * 3)


KINDS: dict[str, Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]] = {f.__name__: f for f in (
    plain, wood, wood_x, wood_z, planks, staves, fabric, knit, leather, fur, mottled, clouded, speckled, stone, marble,
    brick, blocks, shingles, tiles, waffle, checks, plaid, stripes, stripes_x, stripes_z, dots, foliage, bark, scales,
    hide, zebra, metal, rust)}
PLAIN = Finish()
