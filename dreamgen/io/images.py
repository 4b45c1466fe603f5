"""Pictures from files and into them: eight bits, upright, PNG, contact sheets. The only file that imports PIL.

    over white:  c = premultiplied + (1 - opacity)          read:  c = round(255 v / white), white 255, 65535 or 1.0

An array is [H, W, 3] (or 4: straight alpha), row 0 at the top, sRGB: float in [0, 1] or uint8.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from .atomic import save

# What PIL raises for files that are cut short, damaged, or claim to be enormous.
BROKEN = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)
TURN = 0x0112           # EXIF's tag of how a camera was held; from 5 to 8 it lay on its side
INK, PAPER = (32, 32, 36), (255, 255, 255)


@dataclass(frozen=True)
class SheetLayout:
    """A contact sheet's measures, pixels."""

    cell: int = 160         # edge of a picture
    gap: int = 6
    text: int = 14          # height of the letters


def to_uint8(picture: np.ndarray) -> np.ndarray:
    """[..., C] uint8 of floats in [0, 1], rounded, clipped, not-a-number as black; uint8 comes back as it is."""
    if picture.dtype == np.uint8:
        return picture
    return np.rint(np.nan_to_num(np.asarray(picture, np.float32), nan=0.0).clip(0, 1) * 255).astype(np.uint8)


def over_white(premultiplied: np.ndarray, opacity: np.ndarray) -> np.ndarray:
    """[..., 3] float of a render's color times opacity [..., 3] and its opacity [..., 1]."""
    return premultiplied + (1 - opacity)


def to_image(picture: np.ndarray) -> Image.Image:
    """PIL's form of [H, W, 3 or 4], for libraries that ask for it."""
    return Image.fromarray(np.ascontiguousarray(to_uint8(picture)))


def png(picture: np.ndarray) -> bytes:
    """The bytes of a PNG file, the same for the same picture; untagged, which every reader takes as sRGB."""
    data = BytesIO()
    to_image(picture).save(data, format="PNG")
    return data.getvalue()


def webp(picture: np.ndarray) -> bytes:
    """The bytes of a lossless WebP file, a third smaller than a PNG; also the colors under full transparency."""
    data = BytesIO()
    to_image(picture).save(data, format="WEBP", lossless=True, exact=True, method=2)
    return data.getvalue()


def write(path: Path, picture: np.ndarray) -> Path:
    """Save a PNG, whole or not at all; raises FileError."""
    return save({path.name: png(picture)}, path.parent)[0]


def read(path: Path) -> np.ndarray:
    """[H, W, 3] uint8 of an image file, alpha laid over white; raises ValueError if it is none."""
    return decode(Path(path).read_bytes(), str(path))


def decode(data: bytes, where: str = "picture") -> np.ndarray:
    """[H, W, 3] uint8 of an image file's bytes, alpha laid over white; raises ValueError that begins with ``where``."""
    try:
        image = opened(data)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None
    if image.has_transparency_data:
        paper = Image.new("RGBA", image.size, (*PAPER, 255))
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    return np.asarray(image.convert("RGB"))


def decode_rgba(data: bytes, edge: int | None = None) -> np.ndarray:
    """[H, W, 4] uint8, straight alpha, of an image file's bytes; its longer side averaged down to at most ``edge``.

    Raises:
        ValueError: no picture, one that is cut short, or one whose numbers do not say what is white.
    """
    return np.asarray(opened(data, edge).convert("RGBA"))


def letterboxed(rgba: np.ndarray) -> np.ndarray:
    """[H, W, C] in the middle of a square [E, E, C] of zeros, E the longer side."""
    H, W, C = rgba.shape
    edge = max(H, W)
    top, left = (edge - H) // 2, (edge - W) // 2
    square = np.zeros((edge, edge, C), rgba.dtype)
    square[top:top + H, left:left + W] = rgba
    return square


def opened(data: bytes, edge: int | None = None) -> Image.Image:
    """An image file as it is to be seen: upright, eight bits a channel, L, LA, RGB or RGBA, no longer than ``edge``.

    Raises:
        ValueError: as ``decode_rgba``.
    """
    try:
        image = Image.open(BytesIO(data))
        if edge:
            image.draft(None, (edge, edge))             # a JPEG is not decoded finer than that
        image.load()
        image = ImageOps.exif_transpose(image)
    except UnidentifiedImageError:
        raise ValueError("not a picture") from None
    except BROKEN as error:
        raise ValueError(f"not a whole picture ({' '.join(str(error).split())})") from None
    image = eight_bits(image)
    if edge and max(image.size) > edge:
        image.thumbnail((edge, edge), Image.Resampling.BOX)
    return image


def eight_bits(image: Image.Image) -> Image.Image:
    """``image`` as L, LA, RGB or RGBA; raises ValueError where its numbers do not say what is white."""
    if image.mode.startswith("I;16") or image.mode == "I" and image.format == "PNG":
        values = np.asarray(image).astype(np.uint32)
        grey = ((values + 128) // 257).astype(np.uint8)
        hidden = image.info.get("transparency")         # the one grey that is seen through
        visible = np.where(values == hidden, 0, 255).astype(np.uint8)
        return Image.fromarray(grey if hidden is None else np.dstack([grey, visible]))
    if image.mode == "F":
        values = np.asarray(image)
        if not (values.min() >= 0 and values.max() <= 1):
            raise ValueError(f"its floating-point values go from {values.min():g} to {values.max():g}, need 0 to 1; save "
                             "it with 8 or 16 bits a channel")
        return Image.fromarray(to_uint8(values))
    if image.mode == "I":
        raise ValueError("its pixels are 32-bit whole numbers, and nobody says which is white; save it with 8 or 16 bits")
    if image.mode in ("L", "LA", "RGB", "RGBA") and "transparency" not in image.info:
        return image
    try:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    except ValueError:
        raise ValueError(f"its colors are {image.mode}, which is not read; save it as RGB") from None


def measured(data: bytes) -> tuple[int, int]:
    """(H, W) of an image file as it is to be seen, from its head alone; raises ValueError for no picture."""
    try:
        image = Image.open(BytesIO(data))
        lies = image.getexif().get(TURN, 1) in range(5, 9) and image.format != "TIFF"       # PIL turns a TIFF's head
        return image.size if lies else image.size[::-1]
    except BROKEN:
        raise ValueError("not a picture") from None


def named_color(name: str) -> tuple[float, float, float] | None:
    """sRGB in [0, 1] of one of CSS' names, in lower case; None for what is none."""
    value = ImageColor.colormap.get(name)
    return tuple(part / 255 for part in ImageColor.getrgb(value)[:3]) if value else None


def thumbnail(picture: np.ndarray, edge: int) -> np.ndarray:
    """[h, w, C] uint8 with the longer side ``edge``: averaged down by Lanczos, or grown with sharp pixels."""
    image = to_image(picture)
    grow = edge >= max(image.size)
    scale = edge / max(image.size)
    size = tuple(max(round(n * scale), 1) for n in image.size)
    return np.asarray(image.resize(size, Image.Resampling.NEAREST if grow else Image.Resampling.LANCZOS))


def resized(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """[H, W, C] uint8 of ``size`` (H, W), by Lanczos; colors do not bleed out of where they are transparent."""
    return np.asarray(to_image(picture).resize(size[::-1], Image.Resampling.LANCZOS))


def rotated(picture: np.ndarray, degrees: float) -> np.ndarray:
    """What [H, W, 4] shows, turned counter-clockwise, amid a square that it fills; uint8, straight alpha."""
    turned = to_image(picture).convert("RGBa").rotate(degrees, Image.Resampling.BICUBIC, expand=True).convert("RGBA")
    cut = turned.crop(turned.getchannel("A").point(lambda a: 255 * (a > 8)).getbbox())
    edge = max(cut.size)
    square = Image.new("RGBA", (edge, edge))
    square.paste(cut, ((edge - cut.width) // 2, (edge - cut.height) // 2))
    return np.asarray(square)


def contact_sheet(rows: list[list[np.ndarray | None]], row_captions: list[str] | None = None,
                  column_captions: list[str] | None = None, layout: SheetLayout = SheetLayout()) -> np.ndarray:
    """A captioned grid over white: prompts down, seeds or views across.

    Args:
        rows: of pictures [H, W, 3]; None leaves its cell empty. Rows may differ in length.
        row_captions: one a row, above it, cut to the sheet's width; column_captions: one a column, at the top.

    Returns:
        [H, W, 3] uint8.
    """
    if not rows or not any(rows):
        raise ValueError("contact sheet: needs at least one picture")
    columns, step, line = max(map(len, rows)), layout.cell + layout.gap, layout.text + layout.gap
    head = line if column_captions else 0
    pitch = step + (line if row_captions else 0)
    sheet = Image.new("RGB", (columns * step + layout.gap, head + len(rows) * pitch + layout.gap), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(layout.text)
    for x, caption in enumerate(column_captions or []):
        draw.text((layout.gap + x * step, layout.gap), fit(caption, layout.cell, font), INK, font)
    for y, row in enumerate(rows):
        top = head + y * pitch + layout.gap
        if row_captions:
            draw.text((layout.gap, top), fit(row_captions[y], sheet.width - 2 * layout.gap, font), INK, font)
            top += line
        for x, picture in enumerate(row):
            if picture is not None:
                small = to_image(thumbnail(picture, layout.cell))
                centre = ((layout.cell - small.width) // 2, (layout.cell - small.height) // 2)
                sheet.paste(small, (layout.gap + x * step + centre[0], top + centre[1]))
    return np.asarray(sheet)


def captioned(picture: np.ndarray, text: str, edge: int, line: int = 18) -> np.ndarray:
    """[edge + line, edge, 3] uint8: ``picture`` [H, W, 3], fitted into a white square, below a line of text."""
    small, cell = to_image(thumbnail(picture, edge)), Image.new("RGB", (edge, edge + line), PAPER)
    cell.paste(small, ((edge - small.width) // 2, line + (edge - small.height) // 2))
    ImageDraw.Draw(cell).text((2, 1), text, INK, ImageFont.load_default(line - 4))
    return np.asarray(cell)


def fit(text: str, width: int, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> str:
    """``text`` on one line, shortened with an ellipsis to at most ``width`` pixels."""
    line = " ".join(text.split())[:400]
    if font.getlength(line) <= width:
        return line
    while line and font.getlength(line + "...") > width:
        line = line[:-1]
    return line + "..."
