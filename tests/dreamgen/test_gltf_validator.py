"""The Khronos validator's word on our GLB; it is a node package, so these run where somebody has installed it:

    npm install --global gltf-validator         (or GLTF_VALIDATOR_PATH=<a folder>/node_modules/gltf-validator)
"""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from solids import box, sphere
from test_material import FULL, STEEL

from dreamgen import formats

SCRIPT = """
const validator = require(process.argv[1]);
validator.validateBytes(new Uint8Array(require("fs").readFileSync(process.argv[2])))
  .then(report => console.log(JSON.stringify(report.issues)), error => { console.error(error); process.exit(1); });
"""
UNIT, BARE = sphere(radius=1.0), replace(box(), texture=None, colors=None)
MESHES = {"textured": sphere(), "box": box(), "vertex colors": replace(box(), uv=None, texture=None),
          "bare": replace(box(), uv=None, texture=None, colors=None),
          "shared arrays": replace(UNIT, normals=UNIT.vertices)}


@pytest.fixture(scope="module")
def validator() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None:
        pytest.skip("node is not installed")
    path = os.environ.get("GLTF_VALIDATOR_PATH")
    if path is None and npm is not None:
        root = subprocess.run([npm, "root", "--global"], capture_output=True, text=True, check=True).stdout.strip()
        path = str(Path(root, "gltf-validator"))
    if path is None or not Path(path).exists():
        pytest.skip("the node package gltf-validator is not installed")
    return path


def issues(validator: str, file: Path) -> dict:
    command = [shutil.which("node"), "-e", SCRIPT, validator, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", MESHES)
def test_khronos_finds_nothing_to_say(name, validator, tmp_path):
    (tmp_path / "asset.glb").write_bytes(formats.write(MESHES[name], ["glb"])["asset.glb"])
    report = issues(validator, tmp_path / "asset.glb")
    counts = [report[f"num{kind}"] for kind in ("Errors", "Warnings", "Infos", "Hints")]
    assert counts == [0, 0, 0, 0], report["messages"]


def test_khronos_finds_no_fault_in_materials(validator, tmp_path):
    """That a viewer finds the tangents itself, as section 3.7.2.1 has it, and that steel's places are for later, is said."""
    mesh = replace(BARE, materials=(FULL, STEEL), part=np.arange(len(BARE.faces), dtype=np.int32) % 2)
    (tmp_path / "asset.glb").write_bytes(formats.write(mesh, ["glb"])["asset.glb"])
    report = issues(validator, tmp_path / "asset.glb")
    assert {message["code"] for message in report["messages"]} == {"MESH_PRIMITIVE_GENERATED_TANGENT_SPACE", "UNUSED_OBJECT"}
    assert report["numErrors"] == 0


def test_khronos_notices_a_planted_fault(validator, tmp_path):
    data = formats.write(box(), ["glb"])["asset.glb"].replace(b'"count":24', b'"count":99', 1)
    (tmp_path / "asset.glb").write_bytes(data)
    assert issues(validator, tmp_path / "asset.glb")["numErrors"] > 0
