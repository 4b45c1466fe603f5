"""Everyday things as colored meshes, each seed another one: exact colors, and true from every side.

    make("armchair", rng) -> Shape("armchair", "red", parts)

A maker in furniture.py, food.py, ... takes a generator and the main color and returns parts. Each of these files ends
in its table SHAPES: a name, the colors that it comes in, and its makers, one a design. What has one natural look has no
color of its own to say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import Generator

from renderers.assets import Mesh

from .. import render
from . import (
    aircraft,
    animals,
    arms,
    assembled,
    beasts,
    books,
    bridges,
    buildings,
    camp,
    castles,
    characters,
    churches,
    costumes,
    crafts,
    crawlers,
    creatures,
    curios,
    cycles,
    engines,
    farmland,
    flowers,
    food,
    fountains,
    furniture,
    gadgets,
    games,
    garden_trees,
    ghosts,
    hats,
    houses,
    instruments,
    jewelry,
    keepsakes,
    landmarks,
    luggage,
    magic,
    outposts,
    parts,
    plants,
    sealife,
    skyscrapers,
    street,
    things,
    tools,
    toys,
    treasures,
    trees,
    trucks,
    vans,
    vehicles,
    vessels,
    wear,
    wizards,
)
from .palette import ANY, PALETTE

SPREAD = 0.05                           # by which each channel of a color may differ, so that no one value is learnt

Maker = Callable[[Generator, tuple[float, float, float]], list[parts.Part]]
FILES = (furniture, food, plants, flowers, trees, garden_trees, vehicles, vans, trucks, engines, cycles, aircraft, crafts,
         vessels, street, gadgets, keepsakes, books, luggage, animals, castles, buildings, houses, churches, camp, farmland,
         bridges, outposts, skyscrapers, landmarks, fountains, toys, things, characters, ghosts, costumes, wizards, creatures,
         crawlers, sealife, beasts, instruments, tools, treasures, wear, curios, hats, jewelry, arms, games,
         magic)                         # in the order of NAMES, on which recorded data sets depend
SHAPES: dict[str, tuple] = {name: row for file in FILES for name, row in file.SHAPES.items()}
NATURAL = {                             # the main colors of what needs no word for it
    "orange": ("orange",), "lemon": ("yellow",), "tomato": ("red",), "banana": ("yellow",), "strawberry": ("red",),
    "carrot": ("orange",), "pumpkin": ("orange",), "eggplant": ("purple",), "frog": ("green",)}
NAMES = tuple(SHAPES)


@dataclass(frozen=True)
class Shape:
    """One thing.

    Attributes:
        name: one of NAMES.
        color: its main one, a word of PALETTE, or None where it goes without saying.
        pieces: what it is made of, in units of its own.
    """

    name: str
    color: str | None
    pieces: list[parts.Part]

    @cached_property
    def mesh(self) -> Mesh:
        """In the box of CONVENTIONS.md, with vertex colors; its corners are not shared."""
        return assembled.mesh(self.pieces)

    @property
    def parts(self) -> list[render.Part]:
        """As ``render.draw`` takes it: one part for each finish."""
        kinds: dict[parts.Finish, list[parts.Part]] = {}
        for piece in self.pieces:
            kinds.setdefault(piece.finish, []).append(piece)
        made = []
        for finish, pieces in kinds.items():
            vertices, faces, normals, colors, grain = assembled.corners(pieces)
            made.append(render.Part(vertices, faces, (1.0, 1.0, 1.0), normals, colors, finish=finish, grain=grain))
        return made


def designs(name: str) -> tuple[Maker, ...]:
    """The makers of ``name``; KeyError where it is not in NAMES."""
    return SHAPES[name][1:]


def make(name: str, rng: Generator, design: int | None = None) -> Shape:
    """Another ``name`` at each call, the same for the same state of ``rng``; KeyError where it is not in NAMES.

    ``design``: which of ``designs(name)``, counted on from the first again beyond the last; None draws one.
    """
    colors, *makers = SHAPES[name]
    word = str(rng.choice(colors or NATURAL.get(name, ANY)))
    hue = np.array(PALETTE[word])
    grey = np.ptp(hue) <= 0.1               # and stays grey
    spread = rng.uniform(-SPREAD, SPREAD, None if grey else 3)
    hue = tuple((hue + spread).clip(0.03, 0.98).tolist())
    chosen = int(rng.integers(len(makers))) if design is None else design % len(makers)
    return Shape(name, word if colors else None, makers[chosen](rng, hue))


def shapes(variants: int, seed: int = 0, names: tuple[str, ...] = NAMES) -> Iterator[Shape]:
    """``variants`` of each name, its designs in turn; any depends only on its name, its number and ``seed``."""
    for name in names:
        for k in range(variants):
            yield make(name, np.random.default_rng([seed, k, *name.encode()]), k)
