"""Example 4: words to a GLB, from Python.

    python examples/4_text_to_glb.py "a red armchair"

``dreamgen.generate`` does what `dreamgen 3d` does, and returns the asset: its files, and its arrays for what comes next.
Here that is a second file, in which the object is 0.8 metres high and stands on the floor, as a game engine wants it.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import dreamgen
from dreamgen import formats
from dreamgen.io import atomic


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prompt", nargs="?", default="a red armchair")
    parser.add_argument("--prior", default="bundled")
    parser.add_argument("--out", default="runs")
    parser.add_argument("--height", type=float, default=0.8, help="metres")
    parser.add_argument("--set", nargs="*", default=[], metavar="key=value", help="settings of the recipe")
    args = parser.parse_args()
    try:
        asset = dreamgen.generate(args.prompt, preset="draft", prior=args.prior, out=args.out, overrides=args.set, progress=True)
    except dreamgen.DreamgenError as error:             # a mistake in the input: one sentence says all
        raise SystemExit(f"{error}") from None
    mesh = asset.mesh                                   # numpy arrays: +y up, front +z, metres
    print(f"{asset.files[0]}: {len(mesh.faces):,} triangles, agreement with the prompt {asset.metrics['agreement']:.2f}")

    low, high = mesh.vertices.min(0), mesh.vertices.max(0)
    scale = args.height / (high[1] - low[1])
    floor = (low + high) / 2
    floor[1] = low[1]
    placed = replace(mesh, vertices=((mesh.vertices - floor) * scale).astype("float32"))
    for path in atomic.save(formats.write(placed, ["glb"], "placed"), Path(asset.folder)):
        print(f"{path}: {args.height:g} m high, its feet at y = 0")


if __name__ == "__main__":
    main()
