"""Everyday things as coloured meshes, each seed another one: exact colours, and true from every side.

    make("armchair", rng) -> Shape("armchair", "red", mesh)

A maker in furniture.py, food.py, ... takes a generator and the main colour and returns parts; here stand their names
and the colours that each comes in. What has one natural look has no colour of its own to say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from renderers.assets import Mesh

from ..captions import COLOURS
from ..render import Part
from . import animals, buildings, food, furniture, plants, things, toys, vehicles
from .parts import WOOD, Colour, mesh

WOODEN = "wooden"
PALETTE: dict[str, Colour] = {**COLOURS, "grey": (0.55, 0.55, 0.56), WOODEN: WOOD}
ANY = tuple(name for name in PALETTE if name != WOODEN)
TIMBER = (*ANY, *(WOODEN,) * 4)         # what is made of wood more often than not
FUR = ("brown", "brown", "black", "white", "grey", "orange")
SPREAD = 0.05                           # by which each channel of a colour may differ, so that no one value is learnt

MAKERS: dict[str, tuple[Callable[[Generator, Colour], list], tuple[str, ...]]] = {
    "armchair": (furniture.armchair, ANY), "sofa": (furniture.sofa, ANY), "chair": (furniture.chair, TIMBER),
    "stool": (furniture.stool, TIMBER), "bench": (furniture.bench, TIMBER), "table": (furniture.table, TIMBER),
    "round table": (furniture.round_table, TIMBER), "desk": (furniture.desk, TIMBER), "bed": (furniture.bed, ANY),
    "bookshelf": (furniture.bookshelf, TIMBER), "wardrobe": (furniture.wardrobe, TIMBER),
    "refrigerator": (furniture.refrigerator, ANY),
    "washing machine": (furniture.washing_machine, ("white", "white", "grey")), "lamp": (furniture.lamp, ANY),
    "floor lamp": (furniture.floor_lamp, ANY), "desk lamp": (furniture.desk_lamp, ANY),
    "tv": (furniture.television, ()), "bathtub": (furniture.bathtub, ANY), "fireplace": (furniture.fireplace, ()),
    "grand piano": (furniture.grand_piano, ("black", "black", "brown", "white")),
    "apple": (food.apple, ("red", "red", "green", "yellow")), "pear": (food.pear, ("green", "yellow")),
    "orange": (food.orange, ()), "lemon": (food.lemon, ()), "tomato": (food.tomato, ()), "banana": (food.banana, ()),
    "strawberry": (food.strawberry, ()), "carrot": (food.carrot, ()), "eggplant": (food.eggplant, ()),
    "pumpkin": (food.pumpkin, ()), "watermelon": (food.watermelon, ()), "pineapple": (food.pineapple, ()),
    "hamburger": (food.hamburger, ()), "hot dog": (food.hot_dog, ()), "birthday cake": (food.cake, ANY),
    "cupcake": (food.cupcake, ANY), "ice cream": (food.ice_cream, ("pink", "white", "brown", "yellow", "green")),
    "doughnut": (food.doughnut, ANY), "egg": (food.egg, ()), "cheese": (food.cheese, ()),
    "coffee mug": (food.coffee_mug, ANY), "teapot": (food.teapot, ANY), "wine glass": (food.wine_glass, ()),
    "bottle": (food.bottle, ANY),
    "mushroom": (plants.mushroom, ("red", "red", "brown", "green", "blue", "orange", "purple")),
    "cactus": (plants.cactus, ()), "tree": (plants.tree, ()), "pine tree": (plants.pine_tree, ()),
    "palm tree": (plants.palm_tree, ()), "potted plant": (plants.potted_plant, ()),
    "tulip": (plants.tulip, ("red", "yellow", "pink", "purple", "orange", "white")),
    "sunflower": (plants.sunflower, ()), "car": (vehicles.car, ANY), "bus": (vehicles.bus, ANY),
    "truck": (vehicles.truck, ANY), "train": (vehicles.train, ANY), "tractor": (vehicles.tractor, ANY),
    "airplane": (vehicles.airplane, ANY), "helicopter": (vehicles.helicopter, ANY),
    "sailboat": (vehicles.sailboat, ANY), "hot air balloon": (vehicles.hot_air_balloon, ANY),
    "rocket": (vehicles.rocket, ANY), "ufo": (vehicles.ufo, ANY), "motorbike": (vehicles.motorbike, ANY),
    "bike": (vehicles.bike, ANY), "teddy bear": (animals.teddy_bear, ("brown", "brown", "brown", *ANY)),
    "horse": (animals.horse, FUR[:5]), "dog": (animals.dog, FUR), "cat": (animals.cat, FUR),
    "rabbit": (animals.rabbit, FUR), "penguin": (animals.penguin, ()),
    "duck": (animals.duck, ("yellow", "yellow", *ANY)), "fish": (animals.fish, ANY), "elephant": (animals.elephant, ()),
    "giraffe": (animals.giraffe, ()), "pig": (animals.pig, ()), "sheep": (animals.sheep, ()),
    "turtle": (animals.turtle, ()), "frog": (animals.frog, ()), "owl": (animals.owl, FUR),
    "snowman": (animals.snowman, ()), "robot": (animals.robot, ANY), "house": (buildings.house, ANY),
    "church": (buildings.church, ()), "castle": (buildings.castle, ()),
    "lighthouse": (buildings.lighthouse, ("red", "red", "blue", "black", "green")),
    "windmill": (buildings.windmill, ()), "tent": (buildings.tent, ANY), "well": (buildings.well, ()),
    "ball": (toys.plain_ball, ANY), "beach ball": (toys.beach_ball, ANY), "soccer ball": (toys.soccer_ball, ()),
    "basketball": (toys.basketball, ()), "balloon": (toys.balloon, ANY), "vase": (things.vase, ANY),
    "bucket": (things.bucket, ANY), "barrel": (things.barrel, ()), "crate": (things.crate, ()),
    "gift box": (toys.gift_box, ANY), "dice": (toys.dice, ANY), "chess pawn": (toys.pawn, TIMBER),
    "candle": (things.candle, ANY), "clock": (things.clock, ANY), "laptop": (things.laptop, ("grey", "black", "white")),
    "hammer": (things.hammer, ()), "umbrella": (things.umbrella, ANY), "guitar": (toys.guitar, TIMBER),
    "drum": (toys.drum, ANY), "crown": (toys.crown, ()), "top hat": (toys.top_hat, ()),
    "traffic cone": (things.traffic_cone, ()), "mailbox": (things.mailbox, ANY),
    "fire hydrant": (things.fire_hydrant, ("red", "red", "yellow", "blue", "green")),
    "street lamp": (things.street_lamp, ()), "trophy": (toys.trophy, ()), "bell": (things.bell, ()),
    "globe": (toys.globe, ()), "suitcase": (things.suitcase, ANY), "backpack": (things.backpack, ANY),
    "camera": (things.camera, ("black", "brown", "red", "grey")), "sword": (toys.sword, ()), "key": (things.key, ()),
    "treasure chest": (toys.chest, ()), "gem stone": (things.gem_stone, ANY),
}
NATURAL = {                             # the main colours of what needs no word for it
    "orange": ("orange",), "lemon": ("yellow",), "tomato": ("red",), "banana": ("yellow",), "strawberry": ("red",),
    "carrot": ("orange",), "pumpkin": ("orange",), "eggplant": ("purple",), "frog": ("green",)}
NAMES = tuple(MAKERS)


@dataclass(frozen=True)
class Shape:
    """One thing.

    Attributes:
        name: one of NAMES.
        colour: its main one, a word of PALETTE, or None where it goes without saying.
        mesh: in the box of CONVENTIONS.md, with vertex colours; its corners are not shared.
    """

    name: str
    colour: str | None
    mesh: Mesh

    @property
    def parts(self) -> list[Part]:
        """As ``render.draw`` takes it."""
        return [Part(self.mesh.vertices, self.mesh.faces, (1.0, 1.0, 1.0), self.mesh.normals, self.mesh.colors)]


def make(name: str, rng: Generator) -> Shape:
    """Another ``name`` at each call, the same for the same state of ``rng``; KeyError where it is not in NAMES."""
    maker, colours = MAKERS[name]
    word = str(rng.choice(colours or NATURAL.get(name, ANY)))
    hue = np.array(PALETTE[word])
    grey = np.ptp(hue) <= 0.1               # and stays grey
    spread = rng.uniform(-SPREAD, SPREAD, None if grey else 3)
    hue = tuple((hue + spread).clip(0.03, 0.98).tolist())
    return Shape(name, word if colours else None, mesh(maker(rng, hue)))


def shapes(variants: int, seed: int = 0, names: tuple[str, ...] = NAMES) -> Iterator[Shape]:
    """``variants`` of each name; any of them depends only on its name, its number and ``seed``."""
    for name in names:
        for k in range(variants):
            yield make(name, np.random.default_rng([seed, k, *name.encode()]))
