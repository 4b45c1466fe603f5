"""USDZ, read back by OpenUSD itself: the same triangles, the materials in its words, a package as the specification has it."""

import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from solids import box
from test_material import FULL, STEEL, dressed

from dreamgen import formats
from dreamgen.errors import ConfigError
from dreamgen.io.images import decode

pxr = pytest.importorskip("pxr", reason="usd-core is not installed")
from pxr import Usd, UsdGeom, UsdShade  # noqa: E402


@pytest.fixture
def opened(tmp_path):
    def open_(mesh):
        path = tmp_path / "asset.usdz"
        path.write_bytes(formats.write(mesh, ["usdz"])["asset.usdz"])
        return Usd.Stage.Open(str(path))
    return open_


def inputs(stage, k: int) -> dict:
    """Of the k-th material: values, or (the picture's shader, its output)."""
    found = {}
    for each in UsdShade.Shader(stage.GetPrimAtPath(f"/asset/material_{k}/surface")).GetInputs():
        source = each.GetConnectedSources()[0]
        found[each.GetBaseName()] = each.Get() if not source else (
            UsdShade.Shader(source[0].source.GetPrim()), source[0].sourceName)
    return found


def test_the_triangles_are_the_very_same(opened):
    mesh, stage = dressed(FULL, STEEL), opened(dressed(FULL, STEEL))
    assert UsdGeom.GetStageUpAxis(stage) == "Y" and UsdGeom.GetStageMetersPerUnit(stage) == 1
    for k, (numbers, _) in enumerate(mesh.worn):
        made = UsdGeom.Mesh(stage.GetPrimAtPath(f"/asset/part_{k}"))
        index = np.array(made.GetFaceVertexIndicesAttr().Get()).reshape(-1, 3)
        assert np.array_equal(np.array(made.GetPointsAttr().Get())[index], mesh.vertices[mesh.faces[numbers]])
        assert np.array_equal(np.array(made.GetNormalsAttr().Get())[index], mesh.normals[mesh.faces[numbers]])
        places = np.array(UsdGeom.PrimvarsAPI(made).GetPrimvar("st").Get())[index]
        assert np.allclose(places, mesh.uv[mesh.faces[numbers]] * [1, -1] + [0, 1], atol=1e-6)
        assert made.GetSubdivisionSchemeAttr().Get() == "none" and made.GetDoubleSidedAttr().Get() == (k == 0)


def test_a_material_is_said_in_the_preview_surface_s_words(opened):
    stage = opened(dressed(FULL, STEEL))
    full, steel = inputs(stage, 0), inputs(stage, 1)
    color, output = full["diffuseColor"]
    assert output == "rgb" and full["opacity"][1] == "a" and full["opacityThreshold"] == 0.25
    assert tuple(color.GetInput("scale").Get()) == FULL.color and color.GetInput("sourceColorSpace").Get() == "sRGB"
    assert (color.GetInput("wrapS").Get(), color.GetInput("wrapT").Get()) == FULL.wrap
    rough, metal = full["roughness"], full["metallic"]
    assert (rough[1], metal[1]) == ("g", "b") and tuple(rough[0].GetInput("scale").Get())[1:3] == (0.25, 0.5)
    assert rough[0].GetInput("sourceColorSpace").Get() == full["normal"][0].GetInput("sourceColorSpace").Get() == "raw"
    scale, bias = (full["normal"][0].GetInput(name).Get() for name in ("scale", "bias"))
    assert tuple(scale) == (2, 2, 2, 1) and tuple(bias) == (-1, -1, -1, 0)
    assert np.allclose(full["emissiveColor"][0].GetInput("scale").Get()[:3], FULL.emissive)
    assert (steel["metallic"], steel["roughness"], tuple(steel["diffuseColor"])) == (1.0, 0.25, (0.5, 0.5, 0.5))


def test_the_package_is_stored_aligned_and_repeats_to_the_byte():
    """Specification of USDZ: no compression, data at multiples of 64 bytes, the scene first."""
    data = formats.write(dressed(FULL, STEEL), ["usdz"])["asset.usdz"]
    assert data == formats.write(dressed(FULL, STEEL), ["usdz"])["asset.usdz"]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        assert names[0].endswith(".usdc") and len(names) == 5
        for each in package.infolist():
            start = each.header_offset + 30 + sum(int.from_bytes(data[each.header_offset + at:][:2], "little") for at in (26, 28))
            assert each.compress_type == zipfile.ZIP_STORED and start % 64 == 0
        assert names[1:] == ["emissive_texture_0.png", "metallic_roughness_0.png", "normal_0.png", "texture_0.png"]
        want = (FULL.normal / 127.5 - 1) * [FULL.normal_scale, FULL.normal_scale, 1]
        want /= np.linalg.norm(want, axis=-1, keepdims=True)
        assert np.abs(decode(package.read("normal_0.png")) / 127.5 - 1 - want).max() < 1 / 127


@pytest.mark.parametrize("mesh", [box(), replace(box(), texture=None, uv=None), dressed(FULL)],
                         ids=["texture", "colours", "full"])
def test_openusd_s_own_validators_find_no_fault(mesh, opened):
    from pxr import UsdValidation
    known = UsdValidation.ValidationRegistry()
    context = UsdValidation.ValidationContext(known.GetOrLoadAllValidators())
    faults = [error for error in context.Validate(opened(mesh)) if error.GetType() != UsdValidation.ValidationErrorType.None_]
    assert not faults, [error.GetErrorAsString() for error in faults]


def test_without_the_package_it_is_a_sentence(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pxr", None)
    with pytest.raises(ConfigError, match="^usdz: needs the package usd-core; `pip install usd-core` installs it$"):
        formats.write(box(), ["usdz"])
