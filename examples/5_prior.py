"""Example 5: a prior of your own, from model files to samples.

    python examples/5_prior.py --minutes 30                         # on shapes that the script makes
    python examples/5_prior.py --models my_models --minutes 90      # on your own GLB, OBJ, PLY, STL or OFF files

Four steps, each also a command:

    models      files named after what they show: red_mug.glb, red_mug_2.glb
    render      `dreamgen prior render`     each from many sides, with captions such as "a red mug, front view"
    train       `dreamgen prior train`      a diffusion model of these pictures, conditioned on caption and camera
    sample      `dreamgen prior sample`     what it draws; then `dreamgen 3d "a red mug" --prior my_prior`

docs/prior.md says how many models and minutes are needed, and what the training's report means.
"""

import argparse
from pathlib import Path

import numpy as np

from dreamgen.__main__ import main as dreamgen
from dreamgen.formats import write
from dreamgen.io import atomic
from dreamgen.training import shapes

THINGS = ("coffee mug", "teapot", "bottle")
EACH = 4                                        # models of each


def models(folder: Path) -> Path:
    """A folder with a few models, in place of your own."""
    for name in THINGS:
        for k in range(EACH):
            shape = shapes.make(name, np.random.default_rng([k, *name.encode()]))
            words = f"{shape.color} {name}" if shape.color else name
            atomic.save(write(shape.mesh, ["glb"], f"{words.replace(' ', '_')}_{k + 1}"), folder)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=Path, help="a folder of model files (some are made)")
    parser.add_argument("--out", type=Path, default=Path("my_prior"))
    parser.add_argument("--size", default="64", help="pixels of a picture's edge")
    parser.add_argument("--views", default="24", help="pictures of each model")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--minutes", default="30", help="of training")
    budget.add_argument("--images", help="of training, instead of minutes")
    args = parser.parse_args()

    folder = args.models or models(args.out / "models")
    data, prior = str(args.out / "data"), str(args.out / "prior")
    much = ["--images", args.images] if args.images else ["--minutes", args.minutes]
    prompt = f"a {sorted(folder.glob('*.*'))[0].stem.rstrip('_0123456789').replace('_', ' ')}"
    for words in (["render", str(folder), "--out", data, "--views", args.views, "--size", args.size],
                  ["train", data, "--out", prior, "--size", args.size, *much],
                  ["sample", prompt, "--prior", prior, "--grid", str(args.out / "samples.png")]):
        print("+ dreamgen prior", *words)
        if code := dreamgen(["prior", *words]):
            raise SystemExit(code)


if __name__ == "__main__":
    main()
