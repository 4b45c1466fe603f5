"""Whether a prior is surer of words that it knows: how alike its samples are (guidance/alike.py), known words and others.

    python benchmarks/alike.py [--prior bundled] [--seed 0]
"""

import argparse
from math import radians
from statistics import fmean

import torch

from guidance import priors
from guidance.alike import alike

PROMPTS = ("a red apple", "a blue sofa", "a green bus", "a yellow duck", "a wooden table", "a red mushroom", "a blue cup",
           "a white cat", "a red violin bow", "a trumpet", "a stethoscope", "a skeleton", "a bulldozer", "a jellyfish",
           "a saxophone", "the statue of liberty")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--prior", default="bundled")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    prior = priors.load(args.prior, "cpu", "float32")
    groups: dict[str, list[float]] = {"known": [], "unknown": []}
    for prompt in PROMPTS:
        kind = "unknown" if prior.unknown_words(prompt) else "known"
        groups[kind].append(alike(prior, prompt, radians(40), radians(15), torch.Generator().manual_seed(args.seed)))
        print(f"{groups[kind][-1]:.3f}  {kind:8} {prompt}", flush=True)
    for kind, values in groups.items():
        print(f"{kind}: {len(values)} prompts, mean {fmean(values):.3f}, {min(values):.3f} to {max(values):.3f}")
    pairs = [(a > b) + 0.5 * (a == b) for a in groups["known"] for b in groups["unknown"]]
    print(f"a known one is more alike than an unknown one in {fmean(pairs):.0%} of the pairs")


if __name__ == "__main__":
    main()
