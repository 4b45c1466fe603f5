"""What a training is: its numbers, kept in ``train.json`` beside the checkpoints, so that resuming repeats them."""

import json
from dataclasses import asdict, dataclass, fields
from math import cos, pi
from pathlib import Path

from ..errors import ConfigError
from ..io import atomic

FILE = "train.json"


@dataclass(frozen=True)
class Config:
    size: int = 128                                 # pixels of a picture's edge
    fold: int = 4                                   # pixels folded into channels, fold x fold at a time
    widths: tuple[int, ...] = (96, 128, 192, 256)   # channels of the levels, the finest first
    batch: int = 24                                 # pictures a step; on a CPU small ones learn more per minute
    mean_batch: int = 48                            # for the mean picture: smaller, but each with a reference
    mean_first: int = 600                           # steps that the mean picture learns alone, before the others
    minutes: float = 90.0                           # how long, over all sessions; 0 = by ``images``
    images: int = 0                                 # how many pictures, which repeats bit for bit; 0 = by ``minutes``
    lr: float = 6e-4                                # AdamW's, after the warm-up
    warmup: int = 400                               # steps
    flat: float = 0.55                              # share of the training before the cosine begins
    lr_end: float = 0.03                            # of lr, at the end
    weight_decay: float = 0.01
    clip: float = 1.0                               # norm of the gradient
    ema: float = 0.999                              # decay of the averaged weights, which are those published
    high_noise: float = 0.8                         # t = T u^high_noise, u uniform; below 1 more of the high levels
    min_snr: float = 0.0                            # gamma of min-SNR weighting, usually 5; 0 = off
    precision: str = "auto"                         # of the arithmetic, not weights; auto: bfloat16 where it is fast
    seed: int = 0
    words: dict[str, str] | None = None             # {name: how it is said} of the names to learn; None = all
    prediction: str = "sample"                      # what the network says: the clean picture, or "v_prediction"
    graph: bool = False                             # on CUDA, a step as one graph: thousands of launches become one
    compile: bool = False                           # the network by torch.compile: needs a C++ compiler, or Triton
    origin: str = ""                                # the prior whose weights it begins with; "" = random ones
    save_seconds: float = 150.0                     # between checkpoints
    sheet_seconds: float = 300.0                    # between sheets of samples
    report_steps: int = 25                          # between lines of log.jsonl

    def __post_init__(self):
        for name in ("size", "fold", "batch", "mean_batch", "report_steps"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name}: need at least 1, got {getattr(self, name)}")
        if (self.minutes > 0) == (self.images > 0):
            raise ConfigError(f"need either minutes or images above 0, got {self.minutes:g} and {self.images}")
        if self.precision not in ("auto", "float32", "bfloat16"):
            raise ConfigError(f"precision: need auto, float32 or bfloat16, got {self.precision!r}")
        if self.prediction not in ("v_prediction", "sample"):
            raise ConfigError(f"prediction: need v_prediction or sample, got {self.prediction!r}")
        if not self.lr > 0:
            raise ConfigError(f"lr: need above 0, got {self.lr:g}")
        if not self.high_noise > 0:
            raise ConfigError(f"high_noise: need above 0, got {self.high_noise:g}")
        if not 0 <= self.flat <= 1:
            raise ConfigError(f"flat: need a share in [0, 1], got {self.flat:g}")
        if self.min_snr < 0:
            raise ConfigError(f"min_snr: need 0 (off) or more, got {self.min_snr:g}")
        if self.mean_first < 0:
            raise ConfigError(f"mean_first: need 0 or more, got {self.mean_first}")
        step = self.fold * 2 ** max(1, len(self.widths) - 1)
        if self.size % step:
            raise ConfigError(f"size: need a multiple of {step} (fold {self.fold}, {len(self.widths)} levels), "
                              f"got {self.size}")

    def progress(self, pictures: int, minutes: float) -> float:
        """How much of the training is done, 0 to 1."""
        return min(pictures / self.images if self.images else minutes / self.minutes, 1.0)

    def lr_at(self, step: int, progress: float) -> float:
        """A linear warm-up, a plateau, half a cosine."""
        warm = min(1.0, (step + 1) / self.warmup) if self.warmup else 1.0
        if progress <= self.flat:
            return self.lr * warm
        cosine = 0.5 * (1 + cos(pi * (progress - self.flat) / (1 - self.flat)))
        return self.lr * warm * (self.lr_end + (1 - self.lr_end) * cosine)


def write(cfg: Config, folder: Path) -> None:
    atomic.save({FILE: json.dumps(asdict(cfg), indent=2, ensure_ascii=False).encode()}, folder)


def read(folder: Path) -> Config:
    """The numbers of the training in ``folder``; raises ConfigError where there is none."""
    try:
        given = json.loads((folder / FILE).read_text(encoding="utf-8"))
        known = {field.name for field in fields(Config)}
        if stray := set(given) - known:
            raise ConfigError(f"{folder / FILE}: no such key: {', '.join(sorted(stray))}")
        return Config(**{**given, "widths": tuple(given["widths"])})
    except OSError:
        raise ConfigError(f"{folder}: no training to resume, no {FILE}") from None
    except (ValueError, TypeError, KeyError) as error:
        if isinstance(error, ConfigError):
            raise
        raise ConfigError(f"{folder / FILE}: damaged ({error})") from None


def read_words(path: Path) -> dict[str, str]:
    """{name: how it is said} of a text file: one name a line, or ``name = said``; raises ConfigError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"--words: cannot read {path} ({error})") from None
    words = {}
    for line in lines:
        name, _, spoken = (" ".join(part.lower().split()) for part in line.partition("="))
        if name:
            words[name] = spoken or name
    if not words:
        raise ConfigError(f"--words: {path} names nothing")
    return words
