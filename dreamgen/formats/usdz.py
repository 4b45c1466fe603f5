"""USDZ, the only 3D file that AR Quick Look on an iPhone or iPad opens: an uncompressed zip of a USD scene and its pictures.

A material is a UsdPreviewSurface: base color (sRGB picture), metallic and roughness (channels B and G of one raw picture),
normal (raw, 2 c - 1, with its scale in the picture), glow. +y up, a unit is a metre. The only file that imports pxr, which the
extra ``[usd]`` installs. Sources: OpenUSD's specifications of USDZ and of UsdPreviewSurface 2.6.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from dreamgen.errors import ConfigError
from dreamgen.io.images import png
from dreamgen.reading._colors import linear
from renderers.assets import Material, Mesh, Model

from ._mesh import checked, parts, uv_from_bottom

ACCEPTS = (Mesh, Model)

STILL = 315_532_800                         # seconds: when files in the zip say they were made, the same bytes every time


def write(asset: Mesh | Model, name: str = "asset") -> dict[str, bytes]:
    """``{name.usdz: bytes}``; raises ValueError for an empty or a broken mesh, ConfigError without usd-core."""
    mesh = checked(asset, "usdz")
    try:
        from pxr import Usd, UsdGeom
    except ImportError:
        raise ConfigError("usdz: needs the package usd-core; `pip install usd-core` installs it") from None
    with TemporaryDirectory() as folder:
        stage = Usd.Stage.CreateNew(str(Path(folder) / f"{name}.usdc"))
        UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.y)
        UsdGeom.SetStageMetersPerUnit(stage, 1.0)
        root = UsdGeom.Xform.Define(stage, "/asset")
        stage.SetDefaultPrim(root.GetPrim())
        for k, (part, material) in enumerate(parts(mesh)):
            surface(stage, f"/asset/part_{k}", part)
            worn(stage, f"/asset/part_{k}", k, part, material, Path(folder))
        stage.GetRootLayer().Save()
        return {f"{name}.usdz": zipped(Path(folder), f"{name}.usdc")}


def zipped(folder: Path, root: str) -> bytes:
    """The scene ``root`` and then the pictures beside it in one file, stored, each at a multiple of 64 bytes."""
    from pxr import Sdf
    names = [root, *sorted(path.name for path in folder.glob("*.png"))]
    package = Sdf.ZipFileWriter.CreateNew(str(folder / "made.usdz"))
    for name in names:
        os.utime(folder / name, (STILL, STILL))
        package.AddFile(str(folder / name), name)
    package.Save()
    return (folder / "made.usdz").read_bytes()


def surface(stage, path: str, part: Mesh) -> None:
    """The triangles at ``path``: points, normals and places by vertex, none of them subdivided."""
    from pxr import Sdf, UsdGeom, Vt
    prim = UsdGeom.Mesh.Define(stage, path)
    prim.CreatePointsAttr(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(part.vertices, np.float32)))
    prim.CreateFaceVertexCountsAttr(Vt.IntArray.FromNumpy(np.full(len(part.faces), 3, np.int32)))
    prim.CreateFaceVertexIndicesAttr(Vt.IntArray.FromNumpy(np.ascontiguousarray(part.faces.ravel(), np.int32)))
    prim.CreateNormalsAttr(Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(part.normals, np.float32)))
    prim.SetNormalsInterpolation(UsdGeom.Tokens.vertex)
    prim.CreateSubdivisionSchemeAttr(UsdGeom.Tokens.none)
    prim.CreateExtentAttr(Vt.Vec3fArray.FromNumpy(np.stack([part.vertices.min(0), part.vertices.max(0)]).astype(np.float32)))
    variables = UsdGeom.PrimvarsAPI(prim)
    if part.uv is not None:
        places = variables.CreatePrimvar("st", Sdf.ValueTypeNames.TexCoord2fArray, UsdGeom.Tokens.vertex)
        places.Set(Vt.Vec2fArray.FromNumpy(uv_from_bottom(part).astype(np.float32)))
    if part.colors is not None:
        prim.CreateDisplayColorPrimvar(UsdGeom.Tokens.vertex).Set(
            Vt.Vec3fArray.FromNumpy(linear(part.colors / 255).astype(np.float32)))


def worn(stage, path: str, k: int, part: Mesh, material: Material, folder: Path) -> None:
    """``material`` bound to the triangles at ``path``; writes its pictures into ``folder``."""
    from pxr import Gf, Sdf, UsdGeom, UsdShade
    kinds, at = Sdf.ValueTypeNames, f"/asset/material_{k}"
    prim = UsdShade.Material.Define(stage, at)
    shader = UsdShade.Shader.Define(stage, f"{at}/surface")
    shader.CreateIdAttr("UsdPreviewSurface")
    prim.CreateSurfaceOutput().ConnectToSource(shader.ConnectableAPI(), "surface")
    reader = None
    if material.pictures:
        reader = UsdShade.Shader.Define(stage, f"{at}/places")
        reader.CreateIdAttr("UsdPrimvarReader_float2")
        reader.CreateInput("varname", kinds.String).Set("st")

    def picture(name: str, space: str, scale: tuple[float, ...], bias: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)):
        file = f"{name}_{k}.png"
        (folder / file).write_bytes(png(bumps(material) if name == "normal" else getattr(material, name)))
        texture = UsdShade.Shader.Define(stage, f"{at}/{name}")
        texture.CreateIdAttr("UsdUVTexture")
        texture.CreateInput("file", kinds.Asset).Set(file)
        texture.CreateInput("sourceColorSpace", kinds.Token).Set(space)
        texture.CreateInput("st", kinds.Float2).ConnectToSource(reader.ConnectableAPI(), "result")
        texture.CreateInput("scale", kinds.Float4).Set(Gf.Vec4f(*scale))
        texture.CreateInput("bias", kinds.Float4).Set(Gf.Vec4f(*bias))
        for edge, wrap in zip(("wrapS", "wrapT"), material.wrap, strict=True):
            texture.CreateInput(edge, kinds.Token).Set(wrap)
        return texture

    def fed(name: str, kind, texture, output: str) -> None:
        shader.CreateInput(name, kind).ConnectToSource(texture.ConnectableAPI(), output)

    def put(name: str, kind, value) -> None:
        shader.CreateInput(name, kind).Set(value)

    if material.texture is not None:
        texture = picture("texture", "sRGB", tuple(map(float, material.color)))
        fed("diffuseColor", kinds.Color3f, texture, "rgb")
        if material.alpha != "OPAQUE":
            fed("opacity", kinds.Float, texture, "a")
    else:
        put("diffuseColor", kinds.Color3f, Gf.Vec3f(*map(float, material.color[:3])))
        if material.alpha != "OPAQUE":
            put("opacity", kinds.Float, float(material.color[3]))
    if material.alpha == "MASK":
        put("opacityThreshold", kinds.Float, float(material.cutoff))
    if material.metallic_roughness is not None:
        texture = picture("metallic_roughness", "raw", (1.0, float(material.roughness), float(material.metallic), 1.0))
        fed("roughness", kinds.Float, texture, "g")
        fed("metallic", kinds.Float, texture, "b")
    else:
        put("roughness", kinds.Float, float(material.roughness))
        put("metallic", kinds.Float, float(material.metallic))
    if material.normal is not None:
        fed("normal", kinds.Normal3f, picture("normal", "raw", (2.0, 2.0, 2.0, 1.0), (-1.0, -1.0, -1.0, 0.0)), "rgb")
    if material.emissive_texture is not None:
        fed("emissiveColor", kinds.Color3f, picture("emissive_texture", "sRGB", (*map(float, material.emissive), 1.0)), "rgb")
    elif any(material.emissive):
        put("emissiveColor", kinds.Color3f, Gf.Vec3f(*map(float, material.emissive)))
    triangles = stage.GetPrimAtPath(path)
    UsdShade.MaterialBindingAPI.Apply(triangles).Bind(prim)
    if material.double_sided:
        UsdGeom.Mesh(triangles).CreateDoubleSidedAttr(True)


def bumps(material: Material) -> np.ndarray:
    """[H, W, 3] uint8: the normal map with its scale multiplied in."""
    if material.normal_scale == 1:
        return material.normal
    n = (material.normal / 127.5 - 1) * [material.normal_scale, material.normal_scale, 1.0]
    n /= np.maximum(np.linalg.norm(n, axis=-1, keepdims=True), 1e-6)
    return np.rint((n + 1) * 127.5).astype(np.uint8)
