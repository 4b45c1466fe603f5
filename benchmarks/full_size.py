"""Priors at their published size: what loading one and a step of guidance cost on this CPU, and whose gradient it is.

    python benchmarks/full_size.py sd15 sdxl:bfloat16 sdxl:shallow [--pixels 128] [--folders DIR] [--csv FILE]

tests/guidance/full_size.py writes a folder with random weights. In a process of its own each family then takes one step of score
distillation for a random picture, and another one by diffusers' own pipeline (tests/guidance/independent.py) with the same level
and noise. ``error`` is |ours - theirs| / |theirs| of the gradient in the picture, ``rounding`` the same of diffusers' against
its own in float32. Memory is the most that the process itself held in our step, without the file's pages (Linux only); seconds
are of CPU time.

A CPU without bfloat16 units takes minutes for what its float32 units do in a second. There, bfloat16 matrices are multiplied in
float32 and the result is rounded once, as the matrix units of a GPU do (``Rounded``); the seconds are then of that.
"""

import argparse
import csv
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import diffusers
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_map

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from guidance import priors  # noqa: E402
from guidance.methods.sds import SDS, Config  # noqa: E402
from guidance.priors.loading import encoders  # noqa: E402
from guidance.prompts import Prompts  # noqa: E402
from tests.guidance import independent  # noqa: E402
from tests.guidance.full_size import folder  # noqa: E402
from tests.guidance.published import KINDS  # noqa: E402

PRECISIONS = ["float32", "bfloat16"]
PROMPT, NEGATIVE, SCALE, LEVEL = "a red armchair, front view", "blurry", 7.5, 500
COLUMNS = ("family", "depth", "pixels", "precision", "load s", "step s", "peak GB", "network", "VAE", "encoders",
           "cosine", "error", "rounding")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("families", nargs="+", metavar="family", help="sd15, sd21, sdxl, deepfloyd, sd3, flux, pixart or "
                         "unidiffuser; with :shallow as wide, and less deep; with :float32 or :bfloat16 in this precision only")
    options.add_argument("--pixels", type=int, default=128, help="side of the picture, where a family takes any; default 128")
    options.add_argument("--folders", type=Path, help="where the folders are kept; default: removed at the end")
    options.add_argument("--csv", type=Path)
    options.add_argument("--one", type=Path, metavar="OUT", help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.one:
        family, *how = args.families[0].split(":")
        return args.one.write_text(json.dumps(rows_of(family, args.folders, [p for p in PRECISIONS if p in how] or PRECISIONS,
                                                      "shallow" in how, args.pixels)))
    table = []
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS), flush=True)
    for name in args.families:
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([sys.executable, __file__, name, "--folders", str(args.folders or out), "--one", f"{out}/rows.json",
                            "--pixels", str(args.pixels)], check=True, env=os.environ | {"DREAMGEN_CACHE": out})
            rows = json.loads(Path(out, "rows.json").read_text())
        table += rows
        for row in rows:
            print("| " + " | ".join(str(row[column]) for column in COLUMNS) + " |", flush=True)
    if args.csv:
        with args.csv.open("w", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(table)


def rows_of(family: str, folders: Path, precisions: list[str], shallow: bool, pixels: int) -> list[dict]:
    """A row for each precision; the folder is written if it is not there."""
    place = folders / f"{family}{'-shallow' * shallow}"
    if not (place / "model_index.json").is_file():
        folder(family, place, shallow)
    side = KINDS[family].pixels or pixels
    our = {}
    for precision in precisions:
        with Peak() as peak, arithmetic(precision):
            our[precision] = ours(place, family, precision, side)
        our[precision][1]["peak GB"] = round(peak.gigabytes, 1)
        gc.collect()
    rows, exact = [], None
    for precision, h in theirs(place, family, precisions, side):
        g, facts = our[precision]
        exact = h if precision == "float32" else exact
        cosine = torch.nn.functional.cosine_similarity(g.flatten(), h.flatten(), 0)
        rows.append({"family": family, "depth": "reduced" if shallow else "whole", "pixels": side, "precision": precision,
                     **facts, "cosine": f"{cosine:.7f}", "error": away(g, h),
                     "rounding": "" if exact is None else away(h, exact)})
    return rows


def away(g: torch.Tensor, h: torch.Tensor) -> str:
    return f"{(g - h).norm() / h.norm():.1e}"


def shown(side: int) -> torch.Tensor:
    """A random picture [1, R, R, 3] and nothing smaller than 8 pixels in it, which asks for a gradient."""
    coarse = torch.rand(1, 3, side // 8, side // 8, generator=torch.Generator().manual_seed(1))
    return torch.nn.functional.interpolate(coarse, (side, side), mode="bilinear").permute(0, 2, 3, 1).requires_grad_()


def noise(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(2))


def ours(place: Path, family: str, precision: str, side: int) -> tuple[torch.Tensor, dict]:
    """The gradient [1, R, R, 3] in the picture, float64, and what it cost."""
    begun = time.process_time()
    prior = priors.load(place, "cpu", precision, priors.Options(pixels=0 if KINDS[family].pixels else side))
    loaded = time.process_time() - begun
    read, types, models = encoders.encoder, [], []

    def noted(*args):
        model = read(*args)
        types.append(dtype_of(model))
        models.append(weakref.ref(model))
        return model

    encoders.encoder = noted
    query = Prompts(prior, PROMPT, NEGATIVE if family != "unidiffuser" else "", view_words=False)(torch.zeros(1), torch.zeros(1))
    encoders.encoder = read
    alive = any(model() is not None for model in models)
    rgb, t = shown(side), torch.tensor([LEVEL])
    begun = time.process_time()
    x0 = prior.encode(SimpleNamespace(rgb=rgb, premultiplied=None, opacity=torch.ones_like(rgb[..., :1])))
    method = SDS(prior, Config(guidance_scale=SCALE, rescale=0.0, clamp=False, weight="sigma2"))
    (method.grad(x0.detach(), query, t, noise(*x0.shape)) * x0).sum().backward()
    step = time.process_time() - begun
    return rgb.grad.double(), {
        "load s": round(loaded, 1), "step s": round(step, 1), "network": dtype_of(prior.network),
        "VAE": dtype_of(prior.vae) if hasattr(prior, "vae") else "none",
        "encoders": ", ".join([*dict.fromkeys(types), "kept" if alive else "freed"]) if types else "read from the cache"}


def theirs(place: Path, family: str, precisions: list[str], side: int):
    """(precision, the gradient in the picture) of each, by diffusers' pipeline, which is loaded once."""
    part = "unet" if (place / "unet").is_dir() else "transformer"
    pipe = diffusers.DiffusionPipeline.from_pretrained(
        place, torch_dtype={"default": torch.float32, part: getattr(torch, precisions[0])}, local_files_only=True)
    for module in filter(lambda each: isinstance(each, torch.nn.Module), pipe.components.values()):
        module.requires_grad_(False)
    network, S = getattr(pipe, part), side // 8 if "vae" in pipe.components else side
    channels = network.config.in_channels // (4 if family == "flux" else 1) + (family == "unidiffuser")
    for precision in precisions:
        network.to(getattr(torch, precision))
        rgb = shown(side)
        with arithmetic(precision):
            independent.backward(pipe, family, rgb, torch.tensor([LEVEL]), noise(1, channels, S, S), PROMPT, NEGATIVE, SCALE)
        yield precision, rgb.grad.double()


def arithmetic(precision: str):
    units = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return nullcontext() if units or precision == "float32" else Rounded()


def dtype_of(module: torch.nn.Module) -> str:
    return "/".join(sorted({str(weight.dtype).removeprefix("torch.") for weight in module.parameters()}))


class Rounded(TorchDispatchMode):
    """Products of bfloat16 matrices, and convolutions, by float32 arithmetic and rounded once."""

    def __torch_dispatch__(self, op, types, args=(), kwargs=None):
        if op.overloadpacket not in (torch.ops.aten.convolution, torch.ops.aten.addmm, torch.ops.aten.mm, torch.ops.aten.bmm,
                                     torch.ops.aten.baddbmm):
            return op(*args, **kwargs or {})
        tensors = [a for a in args if isinstance(a, torch.Tensor)]
        if all(a.dtype != torch.bfloat16 for a in tensors):
            return op(*args, **kwargs or {})
        return op(*tree_map(lambda a: a.float() if isinstance(a, torch.Tensor) else a, args), **kwargs or {}).bfloat16()


class Peak:
    """The most gigabytes that this process held in the meantime, looked at a hundred times a second."""

    def __enter__(self):
        self.gigabytes, self.over = 0.0, threading.Event()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def watch(self) -> None:
        while not self.over.wait(0.01):
            said = Path("/proc/self/status").read_text()
            self.gigabytes = max(self.gigabytes, int(said.partition("RssAnon:")[2].split()[0]) / 1e6)

    def __exit__(self, *error) -> None:
        self.over.set()
        self.thread.join()


if __name__ == "__main__":
    main()
