"""What guidance at the high levels alone saves of a step's network: ``python benchmarks/guided_rows.py``.

    all          guided_from = 0: two rows a picture
    limited      guided_from = FROM: one row for a picture whose level lies below

The levels are those of two stages, as a recipe draws them, of four views shown a reference; calls alternate, so that other work
on the machine slows both. Prints for each stage the rows of both, the median seconds of a call and the ratio of the sums.
"""

import statistics
import sys
import time
from pathlib import Path

import torch

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from guidance import priors, reference  # noqa: E402
from guidance.conditions import Query  # noqa: E402
from guidance.guided import guided  # noqa: E402
from guidance.methods._base import stratified  # noqa: E402

FROM, VIEWS, CALLS = 0.4, 4, 12
STAGES = {"coarse": ((0.3, 0.98), (0.2, 0.73)), "fine": ((0.2, 0.73), (0.05, 0.4))}       # t_min and t_max, first and last


def main() -> None:
    torch.set_num_threads(1)
    prior, rng = priors.load("bundled", "cpu", "auto"), torch.Generator().manual_seed(0)
    shown = reference.drawn(prior, "a red armchair", 0.6, 0.3, rng, 4)
    positive = prior.condition(["a red armchair"] * VIEWS, torch.arange(VIEWS) * 1.5, torch.zeros(VIEWS))
    query = Query(shown.shown(prior, positive), prior.condition([""]).expand(VIEWS))
    for name, (first, last) in STAGES.items():
        seconds, rows = {0.0: [], FROM: []}, 0
        for k in range(CALLS):
            low, high = (a + (b - a) * k / CALLS for a, b in zip(first, last, strict=True))
            t = ((low + (high - low) * stratified(VIEWS, rng)) * len(prior.schedule)).long()
            x_t = torch.randn(VIEWS, prior.channels, prior.size, prior.size, generator=rng)
            rows += VIEWS + int((t >= FROM * len(prior.schedule)).sum())
            for limit, times in seconds.items():
                began = time.perf_counter()
                with torch.no_grad():
                    guided(prior, x_t, t, query, 7.0, guided_from=limit, rescale=0.7, clamp=True)
                times.append(time.perf_counter() - began)
        whole, limited = (times[1:] for times in seconds.values())             # the first warms up
        print(f"{name}: {2 * VIEWS} and {rows / CALLS:.1f} rows a call; {statistics.median(whole):.2f} s and "
              f"{statistics.median(limited):.2f} s, ratio {sum(limited) / sum(whole):.2f}", flush=True)


if __name__ == "__main__":
    main()
