"""Frozen priors: what guidance needs of one (``Prior``), and how it is found and loaded.

    families/   one file, one architecture: the folder is the registry
    loading/    names, the hub, folders, single files; text encoders; how all of it fits into memory
    adding/     LoRA, new words, ControlNets, a picture beside the prompt
    bundled/    the network of the prior in the box, from which training makes new ones
    product.py  several priors as one

This file is free of torch, so that a mistyped name is answered at once.
"""

from __future__ import annotations

import difflib
import importlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..errors import BrokenFile, PriorError
from .loading import registry
from .loading.registry import Entry
from .options import PRECISIONS, Options

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

    from ..conditions import Condition, Picture, Query
    from ..schedule import Schedule

SIGHT = "sight"                                                         # the part by which a prior is shown a reference
NETWORKS, SCHEDULER = ("unet/config.json", "transformer/config.json"), "scheduler/scheduler_config.json"
WEIGHTS = Path(__file__).parents[1] / "weights"                         # the priors in the box
SINGLE = ".safetensors"
AGAIN = "copy it again from where it came"
INSTEAD = f"give a folder that `dreamgen prior train` wrote, one in diffusers' layout, a {SINGLE} file, or prior=bundled"
FAMILIES = tuple(sorted(p.stem for p in Path(__file__).parent.glob("families/[a-z]*.py")))


class Prior(Protocol):
    """What guidance needs of a frozen model; B pictures, C channels, S x S of them."""

    name: str                   # what it was loaded as
    id: str                     # hexadecimal digest of its weights, levels and additions: two with one id answer alike
    card: dict                  # what its author says of it; empty for most
    size: int                   # S
    resolution: int             # pixels along a side of the pictures that encode brings others to
    channels: int               # C
    pixels: bool                # x0 are pixels, each in [-1, 1]; else the latents of some encoder
    opacity: bool               # x0 has the picture's opacity; else its colors are over the scene's background
    sees: bool                  # a condition may show it a reference, another view of the same thing
    network: nn.Module          # all that eps calls; a shallow copy with another one in its place is another prior
    precision: str              # of the network's arithmetic, one of PRECISIONS; everything it returns is float32
    schedule: Schedule
    prediction: str             # what the network answers with: epsilon, v_prediction, sample or flow

    def encode(self, picture: Picture) -> Tensor:
        """x0 [B, C, S, S]; differentiable in the picture, whose size may be another."""

    def decode(self, x0: Tensor) -> tuple[Tensor, Tensor]:
        """Premultiplied color [B, R, R, 3] and opacity [B, R, R, 1], both in [0, 1]; R is the resolution."""

    def control(self, picture: Picture, query: Query, rng: torch.Generator) -> Tensor | None:
        """What the network is shown of the picture besides x_t, [B, K, H, W] without gradient, for
        ``Query.seeing``: a ControlNet's depth, the low resolution that an upscaler starts from. Mostly nothing."""

    def eps(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        """The noise [B, C, S, S] that it sees in x_t at the levels t [B]."""

    def condition(self, prompts: list[str], azimuth: Tensor | None = None,
                  elevation: Tensor | None = None) -> Condition:
        """N texts as conditions, with camera angles [N] in radians where they are known."""

    def pose(self, azimuth: Tensor, elevation: Tensor) -> Tensor:
        """The camera features [B, P] of angles [B] in radians."""

    def unknown_words(self, prompt: str) -> list[str]:
        """The words of a prompt that it was not trained with, as far as it can tell."""

    def nearest_words(self, prompt: str) -> list[tuple[str, float]]:
        """The names that it was trained with, each with its likeness to the prompt in [-1, 1], the likest first."""

    def sample(self, condition: Condition, steps: int, scale: float, rng: torch.Generator, sampler: str = "") -> Tensor:
        """x0 [B, C, S, S] drawn from noise, by the prior's usual sampler or the named one; raises PriorError for a name
        that it does not have."""


@dataclass(frozen=True)
class Location:
    """Where a prior is: in a folder, in a file, or on a hub under one of several ids."""

    name: str
    folder: Path | None = None
    file: Path | None = None
    ids: tuple[str, ...] = ()
    entry: Entry | None = None


def names() -> list[str]:
    """The priors that are known by name, those in the box first."""
    return [*boxed(), *registry.ENTRIES]


def boxed() -> list[str]:
    """The priors in the box."""
    return sorted(path.parents[1].name for path in WEIGHTS.glob("*/unet/config.json"))


def load(name_or_folder: str | Path, device: str | torch.device = "cpu", precision: str = "auto",
         options: Options | None = None) -> Prior:
    """A prior by name, by a hub's id, from a folder in diffusers' layout, or from a single safetensors file.

    Or the product of several, written as the sum that their scores make: ``0.7 * bundled + 0.3 * ./mine``.

    Nothing but a name or an id of a hub opens a socket, and those only for files that are not here yet.

    Args:
        precision: of the network's arithmetic: "float32", "bfloat16", "float16", or "auto": what the device is good
            at. A run that must repeat another one bit for bit asks for that one's ``Prior.precision``.
        options: memory, add-ons and the like; see ``options.py``.

    Raises:
        PriorError: unknown name, missing or broken files, weights that are not those of the card, unknown
            architecture, an option that the family does not have, a hub that refuses, lacks or does not answer.
    """
    if precision not in PRECISIONS:
        raise PriorError(f"precision: '{precision}', have {', '.join(PRECISIONS)}")
    options = options or Options()
    if len(several := factors(name_or_folder)) > 1:
        from .product import Product
        shares, (one, *others) = zip(*several, strict=True)
        first = load(one, device, precision, options)
        return Product([first, *(load(name, device, first.precision, options) for name in others)], list(shares))
    source = find(name_or_folder)
    if options.compile:
        from .loading.compiling import have_compiled, lacking
        if problem := lacking(device):
            raise PriorError(f"prior '{source.name}': compile: {problem}")
    folder = source.folder
    if options.base and not source.file:
        raise PriorError(f"prior '{source.name}': has no option 'base', which is of single files")
    from .loading.quiet import quiet
    if source.file:
        with quiet():
            from .loading.single import unpacked
        folder = unpacked(source.file, options)
    elif source.ids:
        from .loading.hub import fetched
        folder = fetched(source.name, source.ids, source.entry, options.offline)
    if other := shown(folder):
        raise PriorError(f"prior '{source.name}': {other}")
    for family in FAMILIES:
        with quiet():
            module = importlib.import_module(f"{__name__}.families.{family}")
        if module.recognises(folder):
            try:
                prior = module.load(folder, device, precision, options)
            except BrokenFile as error:
                again = f"fetch it again: `{downloaded(source)} --force-download`" if source.ids else AGAIN
                raise PriorError(f"{error}; {again}") from None
            prior.name = source.name
            if options.compile:
                have_compiled(prior)
            return prior
    raise PriorError(f"prior '{source.name}': no family knows its architecture, have {', '.join(FAMILIES)}")


def downloaded(source: Location) -> str:
    """The command that fetches a prior of a hub."""
    from .loading.hub import download, revision_of
    return download(source.ids[0], revision_of(source.ids[0], source.entry))


def shown(folder: Path) -> str:
    """What the network of a folder is, where it is shown more than the latents (inpainting and the like)."""
    from .loading.contents import shown_more
    from .loading.files import read_json
    config = folder / "unet/config.json"
    latent = config.is_file() and (folder / "vae").is_dir()
    return shown_more(read_json(config).get("in_channels", 0)) if latent else ""


def factors(name_or_folder: str | Path) -> list[tuple[float, str]]:
    """(weight, name) of each prior in ``0.7 * one + 0.3 * two``; of a single one, 1. Each + stands between spaces.

    Raises:
        PriorError: a weight that is no positive number, or stands behind its prior.
    """
    given = str(name_or_folder)
    terms = [[part.strip() for part in term.split("*")] for term in re.split(r"\s\+\s", given)]
    if len(terms) == 1 and len(terms[0]) == 1:
        return [(1.0, given)]
    shares = [(1.0 if len(term) == 1 else number(term[0]), term[-1]) for term in terms]
    if any(len(term) > 2 or not name or not share > 0 for term, (share, name) in zip(terms, shares, strict=True)):
        raise PriorError(f"prior '{given}': need positive weights before their priors, as in 0.7 * bundled + 0.3 * ./mine")
    return shares


def number(word: str) -> float:
    """0 for a word that is none."""
    try:
        return float(word)
    except ValueError:
        return 0.0


def find(name_or_folder: str | Path) -> Location:
    """Where a prior is, as far as can be said without torch and without a network.

    Raises:
        PriorError: no name, folder, file or hub id; a folder that is no prior's; a file that is no safetensors.
    """
    given, path = str(name_or_folder), Path(name_or_folder).expanduser()
    if given in boxed():
        return Location(given, folder=WEIGHTS / given)
    if given and path.is_dir():
        return Location(path.resolve().name, folder=checked(given, path))
    if path.is_file() and path.suffix == ".json":
        raise PriorError(f"prior '{given}': is a file of a prior's folder; give the folder, '{path.parent}'")
    if path.is_file():
        if path.suffix != SINGLE:
            raise PriorError(f"prior '{given}': need a {SINGLE} file, because a pickled one can run code; convert it "
                             "where you trust it, with safetensors.torch.save_file(torch.load('x.ckpt', "
                             "weights_only=True)['state_dict'], 'x.safetensors')")
        return Location(path.stem, file=begun(given, path))
    if known := registry.named(given):
        name, entry = known
        return Location(name, ids=entry.ids, entry=entry)
    if re.fullmatch(r"[\w-][\w.-]*/[\w.-]+", given) and not path.parent.is_dir():
        return Location(given, ids=(given,))
    if given.startswith((".", "/", "~")):
        raise PriorError(f"prior '{given}': no such folder or file; {INSTEAD}")
    guess = difflib.get_close_matches(given, names(), 1)
    raise PriorError(f"prior '{given}': no name, folder, {SINGLE} file or hub id; have {', '.join(names())}"
                     + (f"; did you mean '{guess[0]}'?" if guess else ""))


def sees(name_or_folder: str | Path) -> bool:
    """``Prior.sees`` of a prior, told from its files, without torch; False of one on a hub, and of one that is not found."""
    try:
        places = [find(name).folder for _, name in factors(name_or_folder)]
    except PriorError:
        return False
    return all(place is not None and (place / SIGHT).is_dir() for place in places)


def begun(given: str, file: Path) -> Path:
    """``file``, if it begins as a safetensors file does: the length of a JSON header, which it holds, and that header."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        header, bracket = int.from_bytes(opened.read(8), "little"), opened.read(1)
    if bracket != b"{" or 8 + header > size:
        raise PriorError(f"prior '{given}': is truncated or no safetensors file ({size:,} bytes); {AGAIN}")
    return file


def checked(given: str, folder: Path) -> Path:
    """``folder``, if it holds a diffusers pipeline, or a network and a scheduler."""
    if (folder / "model_index.json").is_file():
        return folder
    network = next((name for name in NETWORKS if (folder / name).is_file()), NETWORKS[0])
    if missing := [name for name in (network, SCHEDULER) if not (folder / name).is_file()]:
        from .loading.contents import folder_other_than_a_prior  # waits for torch, to say more of what is wrong
        if other := folder_other_than_a_prior(folder):
            raise PriorError(f"prior '{given}': {other}")
        found = sorted(p.name + "/" * p.is_dir() for p in folder.iterdir())
        raise PriorError(f"prior '{given}': has no {missing[0]}, found {', '.join(found) or 'nothing'}; {INSTEAD}")
    return folder
