"""A one-page vector PDF of a drawing, for print and for programs that read no SVG. Only file that imports reportlab.

The same clean paths as in the SVG, but for what ``simplified`` counts: PDF needs soft masks for stops of several opacities
and patterns for lines with a gradient, and reportlab has neither. A unit of the canvas is a CSS pixel, 1/96 inch, unless
the page would be larger or smaller than PDF allows. Colors and opacities are as in the drawing. Source: ISO 32000-2, 8.5,
8.7.4.5 and 11.3.
"""

from io import BytesIO

import numpy as np
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, FILL_NON_ZERO, Canvas

from dreamgen.svg.clean import clean
from dreamgen.svg.curves import of_drawing
from dreamgen.svg.shapes import Ramp, Shape
from renderers.drawing import Drawing, Gradient, Paint

ACCEPTS = (Drawing,)

POINTS = 0.75               # of 1/72 inch in a CSS pixel
SIDES = (72.0, 14400.0)     # points of the longer side: an inch, PDF's limit
CAPS = {Paint.BUTT: 0, Paint.ROUND: 1, Paint.SQUARE: 2}
ROUND_JOIN = 1


def write(asset: Drawing, name: str = "asset") -> dict[str, bytes]:
    """``{name.pdf: bytes}``, the same bytes for the same drawing; raises ValueError for a canvas without a size."""
    drawing = clean(asset).drawing
    width, height = drawing.size
    longer = max(drawing.size)
    scale = min(max(longer * POINTS, SIDES[0]), SIDES[1]) / longer
    data = BytesIO()
    page = Canvas(data, (width * scale, height * scale), invariant=1, pageCompression=1)
    page.setTitle(drawing.title or name)
    page.setCreator("dreamgen")
    page.transform(scale, 0, 0, -scale, 0, height * scale)          # from here on +y is down
    if drawing.background is not None:
        page.setFillColorRGB(*drawing.background)
        page.rect(0, 0, width, height, stroke=0, fill=1)
    page.setLineJoin(ROUND_JOIN)
    for shape in of_drawing(drawing).shapes():
        paint(page, shape)
    page.showPage()
    page.save()
    return {f"{name}.pdf": data.getvalue()}


def paint(page: Canvas, shape: Shape) -> None:
    r, g, b, a = shape.color
    path = page.beginPath()
    for each in shape.subpaths:
        path.moveTo(*each.points[0])
        for p0, p1, p2, p3 in each.cubics:
            if (p0 == p1).all() and (p2 == p3).all():
                path.lineTo(*p3)
            else:
                path.curveTo(*p1, *p2, *p3)
        if each.closed:
            path.close()
    rule = FILL_EVEN_ODD if shape.paint == Paint.EVENODD else FILL_NON_ZERO
    if shape.paint.is_stroke:
        page.setStrokeColorRGB(r, g, b)
        page.setStrokeAlpha(a)
        page.setLineWidth(shape.width)
        page.setLineCap(CAPS[shape.paint])
        page.drawPath(path, stroke=1, fill=0)
    elif shape.ramp is None:
        page.setFillColorRGB(r, g, b)
        page.setFillAlpha(a)
        page.drawPath(path, stroke=0, fill=1, fillMode=rule)
    else:
        page.saveState()
        page.setFillAlpha(a * float(shape.ramp.stops[:, 4].mean()))
        page.clipPath(path, stroke=0, fill=0, fillMode=rule)
        shade(page, shape.ramp)
        page.restoreState()


def shade(page: Canvas, ramp: Ramp) -> None:
    """Paint all that is not clipped; a gradient's function needs stops at 0 and at 1."""
    u, v, o = ramp.frame.T
    page.transform(*u, *v, *o)
    stops = np.concatenate([ramp.stops[:1] * [0, 1, 1, 1, 1], ramp.stops, ramp.stops[-1:] * [0, 1, 1, 1, 1] + [1, 0, 0, 0, 0]])
    colors, places = [Color(*rgb) for rgb in stops[:, 1:4].tolist()], stops[:, 0].tolist()
    if ramp.kind == Gradient.LINEAR:
        page.linearGradient(0, 0, 1, 0, colors, places)
    else:
        page.radialGradient(0, 0, 1, colors, places)


def simplified(drawing: Drawing) -> dict[str, int]:
    """What of ``drawing`` the PDF has otherwise, and how often."""
    graded = drawing.paths.gradient > 0
    lines = graded & (drawing.paths.paint >= Paint.BUTT)
    fading = graded & ~lines
    fading[fading] = np.ptp(drawing.stops[fading][..., 4], 1) > 0 if fading.any() else False
    found = {"gradients of lines, now their mean color": int(lines.sum()),
             "opacities of stops, now their mean": int(fading.sum())}
    return {what: n for what, n in found.items() if n}
