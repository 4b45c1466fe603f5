"""What the loop says of a step; printing, drawing and viewing are its callers' business."""

import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch


@dataclass(frozen=True)
class Report:
    """One step, or a ``note`` between steps.

    ``losses`` are the regularizers, unweighted, by name; score distillation's own loss has no meaning and is left out.
    """

    stage: int
    step: int                               # steps done in this stage
    steps: int                              # steps of this stage
    seed: int
    seconds: float                          # since the run began, over all its sessions
    losses: dict[str, float] = field(default_factory=dict)
    method: dict[str, float] = field(default_factory=dict)      # what it says of itself: t, the student's error
    coverage: float | None = None           # mean opacity of the training pictures, 0 to 1
    saturation: float | None = None         # mean HSV saturation of what is opaque, 0 to 1
    gradient: float | None = None           # norm before clipping
    agreement: float | None = None          # the prior's own classification, 0 to 1
    memory_mb: float = 0.0                  # peak resident memory of the process so far
    preview: Path | None = None             # a picture that was just written
    stages: int | None = None               # how many there are, where that is known
    note: str | None = None

    def row(self) -> dict:
        """The line of history.jsonl: what is not None, numbers rounded to what they tell."""
        row = {k: v for k, v in asdict(self).items() if v is not None and k not in ("preview", "memory_mb", "stages")}
        return {k: round(v, 5) if isinstance(v, float) else v for k, v in row.items()}


def memory_mb() -> float:
    """Peak memory: the GPU's if there is one in use, else the process's resident set; 0 where the platform does not say."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated() / 2**20
    try:
        import resource  # not on Windows
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
