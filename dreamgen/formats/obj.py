"""Wavefront OBJ with its MTL and PNGs, files that must stay together: for tools that read nothing newer.

    v x y z,  vn x y z,  vt u 1-v,  usemtl,  f v/vt/vn ...

The texture's origin is at the bottom left here, so v is turned over. A material is Kd, Ke and d, with the keys for physically
based rendering: Pr, Pm, map_Pr, map_Pm, norm. Numbers have the nine digits that a float32 needs, so positions come back as
they were. Without materials, colors stand behind the vertices. MTL cannot say how a picture is wrapped but for -clamp.
"""

import numpy as np

from dreamgen.io.images import png
from dreamgen.reading._colors import linear, srgb, to_bytes
from renderers.assets import Material, Mesh, Model

from ._mesh import checked, uv_from_bottom

ACCEPTS = (Mesh, Model)


def write(asset: Mesh, name: str = "asset") -> dict[str, bytes]:
    """``{name.obj, name.mtl, name.png, ...: bytes}``, or the OBJ alone without materials; raises ValueError as glb does."""
    mesh = checked(asset, "obj")
    worn = mesh.worn if mesh.materials or mesh.texture is not None else []
    names = [name if len(worn) == 1 else f"{name}_{k}" for k in range(len(worn))]
    lines = ["# dreamgen, +y up, front +z, metres", *([f"mtllib {name}.mtl"] if worn else []), f"o {name}"]
    colors = None if worn or mesh.colors is None else mesh.colors / 255
    lines += rows("v", mesh.vertices if colors is None else np.hstack([mesh.vertices, colors]))
    lines += rows("vn", mesh.normals)
    placed = mesh.uv is not None
    if placed:
        lines += rows("vt", uv_from_bottom(mesh))
    corner = "{0}/{0}/{0}" if placed else "{0}//{0}"
    triangle = f"f {corner} {corner.replace('0', '1')} {corner.replace('0', '2')}"
    for numbers, material in zip([numbers for numbers, _ in worn] or [slice(None)], names or [None], strict=True):
        lines += [f"usemtl {material}"] if material else []
        lines += [triangle.format(*face) for face in (mesh.faces[numbers] + 1).tolist()]
    files = {f"{name}.obj": "\n".join([*lines, ""]).encode("utf-8")}
    if not worn:
        return files
    beyond = placed and not 0 <= mesh.uv.min() <= mesh.uv.max() <= 1
    written = [described(material, stem, beyond) for (_, material), stem in zip(worn, names, strict=True)]
    lines = ["# dreamgen: colors are sRGB, Pr, Pm and norm of physically based rendering", ""]
    files[f"{name}.mtl"] = "\n".join(lines + [line for text, _ in written for line in [*text, ""]]).encode("utf-8")
    return files | {file: data for _, pictures in written for file, data in pictures.items()}


def rows(key: str, numbers: np.ndarray) -> list[str]:
    form = " ".join([key, *["%.9g"] * numbers.shape[1]])
    return [form % tuple(row) for row in numbers.tolist()]


def described(material: Material, name: str, beyond: bool) -> tuple[list[str], dict[str, bytes]]:
    """The lines of an MTL and the files that they name; ``beyond``: whether the uv leave [0, 1].

    A factor is multiplied into its picture.
    """
    files = {key: f"{name}{suffix}.png" for key, suffix in
             (("map_Kd", ""), ("map_Pr", "_roughness"), ("map_Pm", "_metallic"), ("norm", "_normal"), ("map_Ke", "_glow"))}
    color, both = np.asarray(material.color[:3], float), material.metallic_roughness
    pictures = {"map_Kd": None if material.texture is None else tinted(material.texture, color),
                "map_Pr": None if both is None else np.rint(both[..., 1:2].repeat(3, 2) * material.roughness).astype(np.uint8),
                "map_Pm": None if both is None else np.rint(both[..., 2:3].repeat(3, 2) * material.metallic).astype(np.uint8),
                "norm": material.normal,
                "map_Ke": None if material.emissive_texture is None else
                tinted(material.emissive_texture, np.asarray(material.emissive, float))}
    clamp = "-clamp on " if beyond and material.wrap == ("clamp", "clamp") else ""
    kd = (1.0, 1.0, 1.0) if material.texture is not None else srgb(color)
    opacity = material.color[3:] if material.alpha == "BLEND" else (1,)
    lines = [f"newmtl {name}", statement("Kd", kd), "Ks 0 0 0", statement("d", opacity),
             statement("Pr", (material.roughness,)), statement("Pm", (material.metallic,))]
    if any(material.emissive):
        lines.append(statement("Ke", srgb(np.asarray(material.emissive, float))))
    there = {key: picture for key, picture in pictures.items() if picture is not None}
    lines += [f"{key} {clamp}{files[key]}" for key in there]
    if "map_Kd" in there and there["map_Kd"].shape[2] == 4 and material.alpha != "OPAQUE":
        lines.append(f"map_d {clamp}{files['map_Kd']}")
    return lines, {files[key]: png(picture) for key, picture in there.items()}


def statement(key: str, numbers) -> str:
    return " ".join([key, *[f"{number:.6g}" for number in numbers]])


def tinted(picture: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """[H, W, C] uint8 sRGB, its colors times ``factor`` [3], in light."""
    if (factor == 1).all():
        return picture
    table = to_bytes(srgb(linear(np.arange(256)[:, None] / 255) * factor))
    rgb = np.stack([table[:, k][picture[..., k]] for k in range(3)], -1)
    return np.dstack([rgb, picture[..., 3:]]) if picture.shape[2] == 4 else rgb
