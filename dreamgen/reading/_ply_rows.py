"""The elements of a PLY file as columns and lists; what is declared and does not arrive is a ValueError."""

import re
import struct
from dataclasses import dataclass, field

import numpy as np

from ._words import numbers, whole

TYPES = {"char": "i1", "uchar": "u1", "short": "i2", "ushort": "u2", "int": "i4", "uint": "u4", "float": "f4",
         "double": "f8", "int8": "i1", "uint8": "u1", "int16": "i2", "uint16": "u2", "int32": "i4", "uint32": "u4",
         "float32": "f4", "float64": "f8", "int64": "i8", "uint64": "u8"}
ORDERS = {"ascii": "", "binary_little_endian": "<", "binary_big_endian": ">"}


@dataclass
class Element:
    """One element of the header and, once read, its rows.

    Attributes:
        properties: (name, type of a list's length or "", type), in order.
        columns: [count] by name.
        lists: ([count] lengths, [their sum] values) by name.
    """

    name: str
    count: int
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    columns: dict[str, np.ndarray] = field(default_factory=dict)
    lists: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)


def elements(data: bytes) -> tuple[dict[str, Element], list[str]]:
    """The elements by name, and the pictures that the comments name."""
    end = re.search(rb"end_header[ \t]*(\r\n|\n|\r)", data)
    if not data.startswith(b"ply") or end is None:
        raise ValueError("no PLY file, or its header is cut short")
    order, found, pictures = None, [], []
    for line in re.split(r"\r\n|\n|\r", data[:end.start()].decode("latin-1")):
        words = line.split()
        match words:
            case ["format", name, _] if name in ORDERS:
                order = ORDERS[name]
            case ["element", name, count]:
                found.append(Element(name, whole(count)))
            case ["property", "list", length, kind, name] if found and length in TYPES and kind in TYPES:
                found[-1].properties.append((name, TYPES[length], TYPES[kind]))
            case ["property", kind, name] if found and kind in TYPES:
                found[-1].properties.append((name, "", TYPES[kind]))
            case ["comment", word, *_] if word.lower() == "texturefile":
                pictures.append(line.split(None, 2)[2].strip())
            case ["ply" | "comment" | "obj_info", *_] | []:
                pass
            case _:
                raise ValueError(f"its header says {line.strip()!r}, which is not understood")
    if order is None:
        raise ValueError("its header names no format")
    if order:
        at = end.end()
        for element in found:
            at = binary(element, data, at, order)
    else:
        tokens, at = data[end.end():].split(), 0
        for element in found:
            at = words_of(element, tokens, at)
    return {element.name: element for element in found}, pictures


def short(element: Element, row: int) -> ValueError:
    return ValueError(f"cut short: {element.count} of {element.name} declared, {row} there")


def binary(element: Element, data: bytes, at: int, order: str) -> int:
    """Fill ``element`` from ``at``; returns where it ends. Lists of one length are read at once, others row by row."""
    if not element.count or not element.properties:
        return at
    lengths, here = [], at                              # of the first row
    for _, length, kind in element.properties:
        n = 1
        if length:
            if here + np.dtype(length).itemsize > len(data):
                raise short(element, 0)
            n = int(np.frombuffer(data, order + length, 1, here)[0])
            here += np.dtype(length).itemsize
        if n < 0 or n > len(data):
            raise ValueError(f"a list of {n} in {element.name}")
        lengths.append(n)
        here += n * np.dtype(kind).itemsize
    row = np.dtype([part for k, (_, length, kind) in enumerate(element.properties) for part in
                    ([(f"n{k}", order + length)] if length else []) + [(f"p{k}", order + kind, (lengths[k],))]])
    if at + row.itemsize * element.count <= len(data):
        rows = np.frombuffer(data, row, element.count, at)
        if all((rows[f"n{k}"] == lengths[k]).all() for k, one in enumerate(element.properties) if one[1]):
            for k, (name, length, kind) in enumerate(element.properties):
                values = rows[f"p{k}"].astype(kind)
                if length:
                    element.lists[name] = np.full(element.count, lengths[k]), values.ravel()
                else:
                    element.columns[name] = values[:, 0]
            return at + row.itemsize * element.count
    if not any(length for _, length, _ in element.properties):
        raise short(element, (len(data) - at) // row.itemsize)
    return binary_by_row(element, data, at, order)


def binary_by_row(element: Element, data: bytes, at: int, order: str) -> int:
    values: list[list] = [[] for _ in element.properties]
    sizes: list[list[int]] = [[] for _ in element.properties]
    kinds = [(np.dtype(length).char if length else "", np.dtype(kind).char) for _, length, kind in element.properties]
    kinds = [tuple(char.replace("l", "q").replace("L", "Q") for char in pair) for pair in kinds]    # of 8 bytes
    for row in range(element.count):
        try:
            for k, (length, kind) in enumerate(kinds):
                n = 1
                if length:
                    n = struct.unpack_from(order + length, data, at)[0]
                    at += struct.calcsize(order + length)
                    sizes[k].append(n)
                form = f"{order}{n}{kind}"
                values[k] += struct.unpack_from(form, data, at)
                at += struct.calcsize(form)
        except struct.error:
            raise short(element, row) from None
    fill(element, values, sizes)
    return at


def words_of(element: Element, tokens: list[bytes], at: int) -> int:
    """Fill ``element`` from ``tokens[at:]``; returns where it ends."""
    width = len(element.properties)
    if not any(length for _, length, _ in element.properties):
        end = at + width * element.count
        if end > len(tokens):
            raise short(element, (len(tokens) - at) // max(width, 1))
        columns = [tokens[at + k:end:width] for k in range(width)]
        fill(element, columns, [[]] * width)
        return end
    values: list[list] = [[] for _ in element.properties]
    sizes: list[list[int]] = [[] for _ in element.properties]
    for row in range(element.count):
        for k, (_, length, _) in enumerate(element.properties):
            n = 1
            if length:
                if at >= len(tokens):
                    raise short(element, row)
                n = whole(tokens[at].decode("latin-1"))
                at += 1
                sizes[k].append(n)
            if n < 0 or at + n > len(tokens):
                raise short(element, row)
            values[k] += tokens[at:at + n]
            at += n
    fill(element, values, sizes)
    return at


def fill(element: Element, values: list[list], sizes: list[list[int]]) -> None:
    for (name, length, kind), column, lengths in zip(element.properties, values, sizes, strict=True):
        if column and isinstance(column[0], bytes):         # by way of float: "1.0" is a whole number to some
            column = numbers(column)
        array = np.asarray(column).astype(kind)
        if length:
            element.lists[name] = np.array(lengths, np.int64), array
        else:
            element.columns[name] = array
