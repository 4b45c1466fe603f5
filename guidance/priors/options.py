"""What a recipe may ask of a prior besides its name: plain data, read without torch."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from ..errors import PriorError

PRECISIONS = ("auto", "float32", "bfloat16", "float16")
ALWAYS = ("memory", "offline", "base", "compile")        # base is of single files, whatever is in them
MEMORY = (0, 8, 12, 16, 24, 48)         # GB, 0 = as much as there is


@dataclass
class Lora:
    path: str                           # a safetensors file, a folder of one, or a hub id
    weight: float = 1.0                 # of the change, 1 = as it was trained


@dataclass
class Word:
    """Textual inversion: a new word that the text encoders learnt."""

    path: str                           # a safetensors file, a folder of one, or a hub id
    token: str                          # how prompts say it, as "<my-cat>"


@dataclass
class ControlNet:
    path: str                           # a diffusers folder or a hub id
    sees: Literal["depth", "normal", "canny"] = "depth"     # what it is shown of the scene's picture
    weight: float = 1.0


@dataclass
class ImagePrompt:
    """IP-Adapter: a picture beside the words; off while ``picture`` is empty."""

    picture: str = ""                   # a picture's file
    path: str = ""                      # a folder or a hub id that has the adapter and its image encoder
    file: str = "ip-adapter_sd15.safetensors"       # the adapter's weights, in ``folder``
    folder: str = "models"              # under ``path``; its image encoder is beside, in image_encoder/
    weight: float = 0.6


@dataclass
class Options:
    memory: int = 0                     # GB of the device to live within: 8, 12, 16, 24 or 48; 0 = all there is
    pixels: int = 0                     # side of the pictures that it is shown, 0 = those that it was made for
    base: str = ""                      # of a single file: the name or folder of a prior of the same architecture
    guidance: float = 0.0               # guidance that is an input of the network (LCM, Flux dev), 0 = its usual one
    offline: bool = False               # open no socket; HF_HUB_OFFLINE=1 does the same
    compile: bool = False               # its network by torch.compile, which takes minutes the first time
    lora: list[Lora] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    controlnet: list[ControlNet] = field(default_factory=list)
    image: ImagePrompt = field(default_factory=ImagePrompt)

    def __post_init__(self):
        if self.memory not in MEMORY:
            raise ValueError(f"memory: need one of {', '.join(map(str, MEMORY))} GB, got {self.memory}")
        if self.pixels < 0 or self.pixels % 8:
            raise ValueError(f"pixels: need a multiple of 8, or 0 for the prior's own, got {self.pixels}")
        if self.guidance < 0:
            raise ValueError(f"guidance: need >= 0, got {self.guidance}")
        if bool(self.image.picture) != bool(self.image.path):
            raise ValueError("image: need both picture and path, or neither, got "
                             + ("picture" if self.image.picture else "path"))


def nothing_added(name: str, options: Options, but: Collection[str] = ()) -> None:
    """Raise PriorError for an option that the prior ``name`` does not have; ALWAYS suit all."""
    plain = Options()
    for key, value in vars(options).items():
        if key not in (*ALWAYS, *but) and value != getattr(plain, key):
            raise PriorError(f"prior '{name}': has no option '{key}'" + (f", has {', '.join(but)}" if but else ""))
