r"""Path data, numbers, colors and transforms in fewer characters, meaning the same up to rounding.

Each command is written absolute or relative, whichever is shorter. A relative one starts from the pen as it was written,
so roundings do not add up. Commands keep their kind: an arc stays an arc. Source: SVG 2, chapter 9.
"""

import re

from .grammar import color
from .path_data import COMMAND, NUMBERS, arguments

NAMES = {"#ff0000": "red", "#000080": "navy", "#008000": "green", "#808080": "gray", "#800080": "purple", "#008080": "teal",
         "#800000": "maroon", "#808000": "olive", "#ffa500": "orange", "#c0c0c0": "silver", "#a52a2a": "brown",
         "#d2b48c": "tan", "#ffd700": "gold", "#fa8072": "salmon", "#ffc0cb": "pink", "#f5f5dc": "beige",
         "#f0ffff": "azure", "#fffff0": "ivory", "#4b0082": "indigo", "#faf0e6": "linen", "#da70d6": "orchid",
         "#dda0dd": "plum", "#cd853f": "peru", "#a0522d": "sienna", "#fffafa": "snow", "#ff6347": "tomato",
         "#ee82ee": "violet", "#f5deb3": "wheat"}                   # those that are shorter than their number


def number(value: float, decimals: int) -> str:
    """``value`` with at most that many decimals, and neither a zero before the point nor any behind it."""
    written = f"{value:.{decimals}f}"
    written = written.rstrip("0").rstrip(".") if decimals else written
    written = re.sub(r"^(-?)0\.", r"\1.", written)
    return "0" if written in ("-0", "", "-", "-.") else written


def joined(numbers: list[str]) -> str:
    """Numbers beside each other, with a space only where they would be read as one."""
    out, before = "", ""
    for text in numbers:
        apart = before and text[0] != "-" and not (text[0] == "." and "." in before)
        out, before = out + (" " if apart else "") + text, text
    return out


def paint(text: str) -> str:
    """A color in as few characters as it needs; anything else as it is."""
    found = color(text)
    if found is None or found[3] != 1 or text.strip().lower() == "transparent":
        return text
    long = "#" + "".join(f"{round(value * 255):02x}" for value in found[:3])
    if any(abs(value * 255 - round(value * 255)) > 1e-3 for value in found[:3]):
        return text                                     # of a percentage that has no eight bits
    short = "#" + long[1::2] if all(long[i] == long[i + 1] for i in (1, 3, 5)) else long
    return min(NAMES.get(long, short), short, key=len)


def path_data(data: str, decimals: int) -> str:
    """``data`` with ``decimals``; as it is where it is not sound."""
    pen = start = true = true_start = (0.0, 0.0)        # as it was written, and as it was meant
    out, last, at = [], "", len(data) - len(data.lstrip())
    for found in COMMAND.finditer(data):
        letter, kind = found[1], found[1].upper()
        if found.start() != at or not out and kind != "M":
            return data
        at = found.end()
        if kind == "Z":
            if found[2].strip(" \t\r\n\f,"):
                return data
            out.append("z")
            pen, true, last = start, true_start, "z"
            continue
        rows, sound = arguments(kind, found[2])
        if not sound:
            return data
        for row in rows:
            if not all(abs(value) < 1e9 for value in row):
                return data
            absolute = moved(kind, row, true if letter.islower() else (0.0, 0.0))
            text, last, pen = shortest(kind, absolute, pen, last, decimals)
            true = (absolute[0], true[1]) if kind == "H" else (true[0], absolute[0]) if kind == "V" else tuple(absolute[-2:])
            out.append(text)
            if kind == "M":
                start, true_start, kind = pen, true, "L"            # further pairs after an M are lines
    return "".join(out) if at == len(data) else data


def moved(kind: str, row: tuple[float, ...], by: tuple[float, float], sign: int = 1) -> list[float]:
    """The arguments of a command with its coordinates moved."""
    x, y = sign * by[0], sign * by[1]
    if kind == "H":
        return [row[0] + x]
    if kind == "V":
        return [row[0] + y]
    if kind == "A":
        return [*row[:5], row[5] + x, row[6] + y]
    return [value + (y if i % 2 else x) for i, value in enumerate(row)]


def shortest(kind: str, absolute: list[float], pen: tuple[float, float], last: str,
             decimals: int) -> tuple[str, str, tuple[float, float]]:
    """A command's text after one of letter ``last``, its letter, and where the pen then is, as it was written."""
    choices = []
    for letter, row, origin in ((kind, absolute, (0.0, 0.0)), (kind.lower(), moved(kind, absolute, pen, -1), pen)):
        written = [number(value, decimals) for value in row]
        if kind == "A":
            written[:3] = [number(value, decimals + 1) for value in row[:3]]
        at = [float(text) for text in written]
        if kind == "L" and letter == "L" and at[1] == pen[1] or letter == "l" and at[1] == 0:
            letter, written, at = ("H" if letter == "L" else "h"), written[:1], at[:1]
        elif kind == "L" and letter == "L" and at[0] == pen[0] or letter == "l" and at[0] == 0:
            letter, written, at = ("V" if letter == "L" else "v"), written[1:], at[1:]
        name = letter.upper()
        ended = (origin[0] + at[0], pen[1]) if name == "H" else (pen[0], origin[1] + at[0]) if name == "V" else \
            (origin[0] + at[-2], origin[1] + at[-1])
        repeats = letter == last and name != "M" or letter == "L" and last == "M" or letter == "l" and last == "m"
        text = joined(written)
        glue = " " if repeats and not text.startswith("-") else ""
        choices.append(((glue if repeats else letter) + text, letter, ended))
    return min(choices, key=lambda choice: len(choice[0]))


def list_of_numbers(text: str, decimals: int) -> str:
    """As of ``points``: every number rounded; as it is where there is anything else."""
    if NUMBERS.sub("", text).strip(" \t\r\n\f,"):
        return text
    return joined([number(float(value), decimals) for value in NUMBERS.findall(text)])


