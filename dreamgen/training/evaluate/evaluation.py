"""The evaluation of one prior: a list of measures, and pictures of its words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from guidance.conditions import Condition
from guidance.prompts import VIEWS, seen_from

from ...errors import ConfigError
from ...io import images
from ...io.rng import stream
from ..augment import tinted
from ..captions import COLORS, described, tints_for
from ..data import NEUTRAL, Row, spread
from ..split import ELEVATION, MIDDLES
from . import classify, colors, frechet, sides
from .exam import Exam, picked
from .table import Measure

AZIMUTH = 0.5               # radians, of the words on the sheets: a little from the side tells more than the front
AT_ONCE = 25                # samples drawn together, which bounds the memory
OBJECTS = 6                 # of one name, at most, that a sample's sides are compared with


@dataclass(frozen=True)
class Config:
    """How much is asked; a count of 0 leaves that part out."""

    names: int = 100        # to tell apart
    pictures: int = 100     # to be classified
    sides: int = 20         # names drawn from front, side and back
    colours: int = 8        # names drawn in every color
    samples: int = 150      # for the Frechet distance
    shown: int = 100        # words on the sheets
    steps: int = 14         # of the sampler
    scale: float = 4.0      # of guidance
    seed: int = 0


class Evaluation:
    """One prior, one set of pictures. ``run`` asks everything; ``drawn`` has the sheets' pictures after that.

    Args:
        prior: with pixels and opacity.
        source: folder or .zip of pictures, as ``prior train`` reads them.
        spoken: {name in the data: how it is said}.

    Raises:
        ConfigError: another kind of prior, or names that it does not know or the pictures do not show.
    """

    def __init__(self, prior, source: Path, spoken: dict[str, str], cfg: Config, say: Callable[[str], None]):
        if not (prior.pixels and prior.opacity):
            raise ConfigError(f"prior '{prior.name}': eval needs one that draws opacity, as `prior train` makes")
        words = prior.card.get("words", [])
        self.unknown = [name for name, word in spoken.items() if word not in words]
        known = {name: word for name, word in spoken.items() if word in words}
        if not known:
            raise ConfigError(f"prior '{prior.name}': its card lists none of the {len(spoken)} names to judge by")
        self.prior, self.cfg, self.say = prior, cfg, say
        self.words = picked(set(known.values()), cfg.shown)
        self.source = Exam(source, known, prior.size, cfg.names)
        self.spoken = self.source.spoken
        self.names = list(self.spoken)
        self.device = prior.network.device
        self.rows = 0                       # of the network so far
        self.drawn: dict[str, np.ndarray] = {}
        phrases = [described(word, None) for word in {*self.spoken.values(), *self.words}]
        prior.condition(["", *phrases, *(seen_from(p, v) for p in phrases for v in VIEWS)])     # read all at once

    def run(self) -> list[Measure]:
        def count(network, given, out) -> None:
            self.rows += len(given[0])

        hook = self.prior.network.register_forward_hook(count)
        try:
            measures = []
            for part in (self.classified, self.sided, self.colored, self.compared, self.shown):
                measures += part()
            return measures
        finally:
            hook.remove()

    def classified(self) -> list[Measure]:
        """Which name a held-out picture shows."""
        rows = self.source.questions(self.cfg.pictures)
        if not rows or len(self.names) < 2:
            return []
        self.say(f"classifying {len(rows)} pictures among {len(self.names)} names, "
                 f"{len(rows) * classify.rows(len(self.names)):,} rows of the network")
        x0 = self.pictures(rows) * 2 - 1
        names = self.prior.condition([self.phrase(name) for name in self.names])
        places = []
        for k, row in enumerate(rows):
            order = classify.ranking(self.prior, x0[k:k + 1], names, self.at([row]).pose, self.rng("classify", k))
            places.append(order.index(self.names.index(row.name)))
        N, kinds = len(self.names), {"views": [], "icons": []}
        for row, place in zip(rows, places, strict=True):
            kinds["icons" if row.azimuth is None else "views"].append(place)
        out = [Measure(f"top{k}", f"the right one of {N} names first" if k == 1 else f"among the first {k}",
                       share([p < k for p in places]), len(places), chance=k / N) for k in (1, 5)]
        return out + [Measure(f"top1_{kind}", f"  first, {kind}", share([p < 1 for p in got]), len(got), chance=1 / N)
                      for kind, got in kinds.items() if got]

    def sided(self) -> list[Measure]:
        """Front, side and back, asked for and looked at."""
        chosen = self.models()
        if not chosen:
            return []
        self.say(f"front, side and back of {len(chosen)} names")
        drawn, real, right = [], [], []
        asked = [sides.asked(self.prior, self.phrase(name)) for name in chosen]
        # One noise for the three sides of a name: they differ by what was asked.
        samples = torch.stack([self.sample(Condition.cat(list(side)), "sides") for side in zip(*asked, strict=True)], 1)
        for k, (name, x) in enumerate(chosen.items()):
            drawn += hits(sides.shown(samples[k], x))
            for j in range(len(x) if len(x) > 1 else 0):
                real += hits(sides.shown(x[j], torch.cat([x[:j], x[j + 1:]])))
            right += hits(sides.side_of(self.prior, x[0] * 2 - 1, self.phrase(name), self.rng("told", k)))
        each = [Measure(f"sides_drawn_{side}", f"  asked for the {side}", share(drawn[k::3]), len(drawn) // 3)
                for k, side in enumerate(MIDDLES)]
        return [Measure("sides_told", "side of a held-out view told by the prior", share(right), len(right),
                        chance=1 / 3),
                Measure("sides_drawn", "sample shows the side that was asked for", share(drawn), len(drawn),
                        real=share(real) if real else None, chance=1 / 3), *each]

    def models(self) -> dict[str, Tensor]:
        """{name: held-out views [K, 3, 4, S, S]} of objects whose sides differ."""
        out: dict[str, list[Tensor]] = {}
        for model in self.source.models():
            if len(out.get(model.name, [])) == OBJECTS or (model.name not in out and len(out) == self.cfg.sides):
                continue
            held, trained = (self.sides_of(rows) for rows in (model.held, model.trained))
            if sides.differ(trained, held):
                out.setdefault(model.name, []).append(held)
        return {name: torch.stack(models) for name, models in out.items()}

    def sides_of(self, rows: tuple[Row, Row, Row]) -> Tensor:
        """[3, 4, S, S], the side from the right."""
        return torch.stack([sides.to_the_right(x, row.azimuth) for x, row in zip(self.pictures([*rows]), rows, strict=True)])

    def colored(self) -> list[Measure]:
        """Neutral names in every color."""
        names, real = [], []
        for row in sorted(self.source.held, key=lambda row: row.name):
            if len(names) == self.cfg.colours:
                break
            if row.name in names or not tints_for(self.spoken[row.name]):
                continue
            x = self.pictures([row])
            if spread(x[0].cpu()) < NEUTRAL:
                names.append(row.name)
                real += [colors.dominant(tinted(x, x.new_tensor([rgb]))[0]) == color
                         for color, rgb in COLORS.items()]
        if not names:
            return []
        self.say(f"{len(names)} names in {len(COLORS)} colors")
        pairs = [(described(self.spoken[name], color), color) for name in names for color in COLORS]
        angles = torch.full((len(pairs),), AZIMUTH), torch.full((len(pairs),), ELEVATION)
        x = self.sample(self.prior.condition([phrase for phrase, _ in pairs], *angles), "colours")
        right = [colors.dominant(picture) == color for picture, (_, color) in zip(x, pairs, strict=True)]
        return [Measure("colours", f"sample has the color asked for, of {len(COLORS)}", share(right), len(right),
                        real=share(real), chance=1 / len(COLORS))]

    def compared(self) -> list[Measure]:
        """Samples beside pictures under the same words and cameras."""
        more = self.source.questions(2 * self.cfg.samples)
        rows, more = more[:self.cfg.samples], more[self.cfg.samples:]
        net = frechet.network(self.device) if len(rows) > 1 else None
        if net is None:
            if rows:
                self.say(f"no Frechet distance: its features come with `pip install {frechet.PACKAGES}`")
            return []
        self.say(f"Frechet distance of {len(rows)} samples")
        x = self.sample(self.at(rows), "compared")
        held, drawn = (frechet.features(net, part) for part in (self.pictures(rows), x))
        real = frechet.features(net, self.pictures(more)) if len(more) == len(rows) else None
        return [Measure("frechet", "Frechet distance in EfficientNet-Lite0", frechet.distance(held, drawn), len(rows),
                        real=None if real is None else frechet.distance(held, real), unit="distance")]

    def shown(self) -> list[Measure]:
        """Draws ``drawn``; gives no number, since only a reader can."""
        if self.words:
            self.say(f"drawing {len(self.words)} words")
            angles = torch.full((len(self.words),), AZIMUTH), torch.full((len(self.words),), ELEVATION)
            x = self.sample(self.prior.condition([described(word, None) for word in self.words], *angles), "shown")
            white = images.over_white(x[:, :3].cpu().numpy(), x[:, 3:].cpu().numpy()).transpose(0, 2, 3, 1)
            self.drawn = dict(zip(self.words, white, strict=True))
        return []

    def phrase(self, name: str) -> str:
        return described(self.spoken[name], None)

    def rng(self, name: str, step: int = 0) -> torch.Generator:
        return stream(self.cfg.seed, f"evaluate {name}", step)

    def pictures(self, rows: list[Row]) -> Tensor:
        return self.source.pictures(rows).to(self.device)

    def at(self, rows: list[Row]) -> Condition:
        """The words and the camera, where it is known, of each row."""
        c = self.prior.condition([self.phrase(row.name) for row in rows])
        pose = [self.prior.pose(*torch.tensor([[row.azimuth], [row.elevation]])) if row.azimuth is not None
                else c.pose[:1].cpu() * 0 for row in rows]
        return Condition(c.text, c.mask, torch.cat(pose).to(c.pose))

    def sample(self, condition: Condition, name: str) -> Tensor:
        """[N, 4, S, S] in [0, 1]."""
        out = []
        for k in range(0, len(condition), AT_ONCE):
            part = condition[slice(k, k + AT_ONCE)]
            x0 = self.prior.sample(part, self.cfg.steps, self.cfg.scale, self.rng(name, k))
            out.append((x0 / 2 + 0.5).clamp(0, 1))
        return torch.cat(out)


def hits(order: list[int]) -> list[bool]:
    """Of the sides that were found for a front, a side and a back, which are right."""
    return [found == k for k, found in enumerate(order)]


def share(right: list[bool]) -> float:
    return sum(right) / len(right)
