"""Example 6: words to an SVG, and the drawing changed before it is written again.

    python examples/6_svg.py "a red apple" --style flat --paths 16

``dreamgen.generate_svg`` does what `dreamgen svg` does, and returns the drawing as arrays: points, colors, and which
cubics make which path (``renderers/drawing.py``). Here the colors are turned around the color circle.
"""

import argparse
import colorsys
from dataclasses import replace

import dreamgen
from dreamgen import formats
from dreamgen.io import atomic


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prompt", nargs="?", default="a red apple")
    parser.add_argument("--style", default="flat")
    parser.add_argument("--paths", type=int, default=16)
    parser.add_argument("--preset", default="draft")
    parser.add_argument("--prior", default="bundled")
    parser.add_argument("--out", default="runs")
    parser.add_argument("--turn", type=float, default=120, help="degrees on the color circle")
    parser.add_argument("--set", nargs="*", default=[], metavar="key=value", help="settings of the recipe")
    args = parser.parse_args()
    vector = dreamgen.generate_svg(args.prompt, style=args.style, paths=args.paths, preset=args.preset, prior=args.prior,
                                   out=args.out, overrides=args.set, progress=True)
    print(f"{vector.files[0]}: {len(vector.drawing.paths)} paths, {len(vector.svg):,} characters")

    colors = vector.drawing.colors.copy()               # [N, 4] sRGB and opacity, in [0, 1]
    for n, (red, green, blue, _) in enumerate(colors):
        hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
        colors[n, :3] = colorsys.hls_to_rgb((hue + args.turn / 360) % 1, lightness, saturation)
    turned = replace(vector.drawing, colors=colors)
    for path in atomic.save(formats.write(turned, ["svg"], "turned"), vector.folder):
        print(path)


if __name__ == "__main__":
    main()
