"""Make a training's folder a prior's: weights, scheduler, samples, and a card with the words and the data's authors."""

from collections import defaultdict
from pathlib import Path

from guidance import priors
from guidance.priors import bundled

from ..io import images
from .ask import draw_sheet
from .captions import COLORS, described
from .data import Data
from .state import State

SHOWN = 10              # names on a sheet
VIEWS = 3               # a third of a turn apart, the front first
STEPS = 14


def write(state: State, data: Data, scheduler) -> None:
    """Publish the averaged weights in ``state.folder``."""
    at, cfg = state.position, state.cfg
    words = sorted({data.spoken.get(name, name) for name in data.names})
    tints = COLORS if any(row.object is not None and row.colour is None for row in data.rows) else ()
    colors = list(dict.fromkeys([*tints, *sorted({row.colour for row in data.rows if row.colour is not None})]))
    facts = {"name": state.folder.resolve().name, "trained_on_pictures": at.inherited + at.seen,
             "held_out_after": at.held_out_after, "words": words, "colours": colors,
             "what": f"RGBA pictures of {cfg.size} x {cfg.size} from words and camera angles"}
    bundled.network.write(state.folder, state.average, scheduler, facts, readme(state, data, words))


def readme(state: State, data: Data, words: list[str]) -> str:
    """The model card."""
    at, cfg = state.position, state.cfg
    known = sum(row.azimuth is not None for row in data.rows)
    authors: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in data.rows:
        authors[row.source, row.licence, row.creator].add(row.name)
    credit = [f"- {source} ({licence}), {creator}: {', '.join(sorted(names))}"
              for (source, licence, creator), names in sorted(authors.items())]
    begin = f"from picture {at.held_out_after:,} on" if at.held_out_after else "from the first picture on"
    sizes = f"{state.size() / 1e6:.1f} M parameters, float16; folded {cfg.fold} x {cfg.fold}"
    training = (f"{at.seen:,} pictures in batches of {cfg.batch}, {at.step:,} steps, {at.minutes:.0f} minutes on "
                f"{state.network.device.type}; seed {cfg.seed}" + f"; began as {at.origin}" * bool(at.origin))
    return f"""# {state.folder.resolve().name}

A text- and camera-conditioned diffusion model of RGBA pictures, {cfg.size} x {cfg.size}, trained by
`dreamgen prior train`. It knows the {len(words)} things below; what it draws of other words is a mixture of these.

| | |
|---|---|
| network | diffusers `UNet2DConditionModel` and the mean picture that it is shown, {sizes} |
| x0 | premultiplied RGB and opacity, each mapped to [-1, 1] |
| text | all-MiniLM-L6-v2 (Apache-2.0, in dreamgen): {bundled.network.TOKENS} token states, their mean beside the pose |
| camera | class labels (1, sin azimuth, cos azimuth, sin elevation), all 0 = unknown; in the mean picture their harmonics |
| data | {len(data.rows):,} pictures, {known:,} of them with a known camera |
| held out | {begin}: {data.rule} |
| captions | names, view words, and {len(COLORS)} colors on tinted models; some empty, some without the camera |
| training | {training} |

## What it knows

{', '.join(words)}

## Whose work it learnt from

The licence of these weights is for who trained them to say, after the licences of the pictures.

{chr(10).join(credit)}
"""


def sheet(state: State, data: Data) -> Path:
    """Load what was published, as any user would, and draw names evenly picked from its list: samples/<step>.png."""
    prior = priors.load(state.folder, state.network.device, "float32")
    names = data.names[::-(-len(data.names) // SHOWN)]
    prompts = [described(data.spoken.get(name, name), None) for name in names]
    path = state.folder / "samples" / f"{state.position.step:07d}.png"
    return images.write(path, draw_sheet(prior, prompts, VIEWS, STEPS, seed=state.cfg.seed))
