"""A new X is a new file: in a copy of the program, one file of each kind, and no other line is changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = {
    "renderers/scenes/plain.py": """
from dataclasses import dataclass
import torch
from ..scene import Render
CAMERA, ASSET, REGULARIZERS = "Sheet", "Raster", ()
@dataclass
class Config:
    level: float = 0.5
class OneColor(torch.nn.Module):
    failure_hints = {}
    def __init__(self, cfg, rng):
        super().__init__()
        self.color = torch.nn.Parameter(torch.full((3,), cfg.level))
    def render(self, camera, progress=1.0, rng=None):
        rgb = self.color.expand(len(camera), *camera.size, 3)
        return Render(rgb, torch.ones_like(rgb[..., :1]), rgb)
    def regularizers(self, render):
        return {}
    def param_groups(self):
        return [{"name": "color", "params": [self.color], "lr": 1.0}]
    def after_step(self, step, progress, rng):
        pass
Scene = OneColor
""",
    "guidance/methods/half.py": """
from dataclasses import dataclass
from . import sds
@dataclass
class Config(sds.Config):
    share: float = 0.5
class Half(sds.SDS):
    def residual(self, x_t, t, eps, query, extra):
        return self.cfg.share * super().residual(x_t, t, eps, query, extra)
Method = Half
""",
    "dreamgen/cameras/above.py": """
from dataclasses import dataclass
from . import View, flat
CAMERA = "Sheet"
@dataclass
class Config(flat.Config):
    views: int = 1
sample, standing = flat.sample, flat.standing
""",
    "dreamgen/export/bare.py": """
from dataclasses import dataclass, field
from . import Kept
ASSET = "Raster"
@dataclass
class Config:
    formats: list[str] = field(default_factory=lambda: ["size"])
def keep(work):
    yield work.note("bare")
    return Kept([], {})
def load(folder):
    return []
""",
    "dreamgen/formats/size.py": """
from renderers.assets import Raster
ACCEPTS = (Raster,)
def write(asset, name="asset"):
    return {f"{name}.size": str(asset.rgba.shape[:2]).encode()}
""",
    "dreamgen/commands/hello.py": """
def add(commands):
    commands.add_parser("hello", help="says hello").set_defaults(call=lambda args: print("hello"))
""",
    "renderers/ops/composite/twin_cpu.py": """
from .reference import composite
RANK = 99
""",
    "renderers/ops/hashgrid/twin_cpu.py": """
from .reference import hashgrid
RANK = 99
""",
    "guidance/priors/families/nothing.py": """
def recognises(folder):
    return False
def load(folder, device, precision, options):
    raise NotImplementedError
""",
    "configs/mine.yaml": """
prompt: a cat
stages:
  - scene: {kind: plain}
    guidance: {kind: half}
    cameras: {kind: above}
export: {kind: bare}
""",
}
PROGRAM = """
import torch
from dreamgen import __main__, cameras, formats
from dreamgen.io.rng import stream
from dreamgen.recipes.load import load
from dreamgen.recipes.registry import exported
from dreamgen.state import build
from guidance import priors
from renderers.assets import Raster
from renderers.ops._dispatch import choose
recipe = load("mine")
stage = recipe.stages[0]
scene = build.scene(stage, 0, torch.device("cpu"))
view = cameras.sample(stage.cameras, stream(0, "camera"))
assert scene.render(view.camera).rgb.mean() == 0.5 and len(view.camera) == 1
prior = priors.load("bundled")
assert type(build.method(stage, prior)).__name__ == "Half" and stage.guidance.share == 0.5
assert exported("export", "bare", "keep") and "nothing" in priors.FAMILIES
assert formats.write(Raster(torch.zeros(2, 3, 4).numpy()), ["size"]) == {"asset.size": b"(2, 3)"}
assert choose("composite", "cpu").RANK == choose("hashgrid", "cpu").RANK == 99
assert __main__.main(["hello"]) == 0
"""


def test_one_file_of_each_kind_is_all_that_it_takes(tmp_path):
    for package in ("renderers", "guidance", "dreamgen", "configs"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("weights", "__pycache__", "shapes"))
    (tmp_path / "guidance/weights").symlink_to(ROOT / "guidance/weights")
    for path, text in FILES.items():
        assert not (tmp_path / path).exists()
        (tmp_path / path).write_text(text)
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 0 and done.stdout == "hello\n", done.stderr
