"""A mesh as plain arrays in one file, from which `dreamgen export` writes every format; not itself a format that is offered.

    vertices, faces, normals, uv, texture, colors, part, title;   materials.K.texture, materials.K.roughness, ...

A file of before materials has the first of these lines alone, and is read as it was.
"""

from dataclasses import fields
from io import BytesIO
from pathlib import Path

import numpy as np

from renderers.assets import Material, Mesh

MATERIALS = "materials"
PLAIN = vars(Material())


def packed(mesh: Mesh) -> bytes:
    """The bytes of an .npz file, without a material's attributes that say nothing."""
    arrays = {field.name: getattr(mesh, field.name) for field in fields(Mesh) if field.name != MATERIALS}
    arrays["title"] = mesh.title or None
    for k, material in enumerate(mesh.materials):
        arrays[f"{MATERIALS}.{k}.name"] = material.name
        values = ((name, value) for name, value in vars(material).items())
        arrays |= {f"{MATERIALS}.{k}.{name}": value for name, value in values
                   if isinstance(value, np.ndarray) or value != PLAIN[name]}
    data = BytesIO()
    np.savez_compressed(data, **{name: np.asarray(array) for name, array in arrays.items() if array is not None})
    return data.getvalue()


def unpacked(path: Path, kind: type[Mesh] = Mesh) -> Mesh:
    """The mesh, of ``kind``, in a file that ``packed`` made, or the program of before materials; raises ValueError for another
    file."""
    with np.load(path, allow_pickle=False) as file:
        arrays: dict = {name: file[name] for name in file.files}
    if "title" in arrays:
        arrays["title"] = plain(arrays["title"])
    materials: dict[int, dict] = {}
    for name in [name for name in arrays if name.startswith(f"{MATERIALS}.")]:
        _, k, attribute = name.split(".", 2)
        value = arrays.pop(name)
        if attribute not in PLAIN:
            raise ValueError(f"{path}: a material has no {attribute!r}; have {', '.join(PLAIN)}")
        materials.setdefault(int(k), {})[attribute] = value if value.dtype == np.uint8 else plain(value)
    worn = tuple(Material(**materials[k]) for k in sorted(materials))
    return kind(**arrays, materials=worn)


def plain(value: np.ndarray):
    """A number, a word or a tuple of them, as a Material has it."""
    return tuple(value.tolist()) if value.ndim else value.item()
