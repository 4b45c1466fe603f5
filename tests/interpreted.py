"""``TRITON_INTERPRET=1 python -m tests.interpreted FOLDER OP ...``: the Triton backends of operations on the CPU, as Python.

Saves FOLDER/OP.pt, {case: {output or gradient: tensor}} for the cases of ``tests/cases/OP.py``, FOLDER/OP-half.pt for those with
bfloat16 in them, and FOLDER/OP.txt, what is said to float64. A process of its own, because Triton reads the variable when it is
imported. The interpreter knows no races, no warps and no memory layouts: those only a GPU shows (tests/gpu).
"""

import sys
from importlib import import_module
from pathlib import Path

import torch

from renderers.ops._dispatch import backends
from tests.renderers.test_ops import CASES, computed, run, values_and_gradients

LONG = {"more than one job", "blobs", "lines", "sphere"}        # seconds to minutes here; others like them are left
WIDE = {"hashgrid": {"BLOCK": 1024}, "composite": {"RAYS": 64}, "march": {"RAYS": 256},      # a program costs the same at any
        "splat": {"TILE": 32, "K": 64}, "rasterize": {"TRIANGLES": 512, "CELLS": 256, "PIXELS": 4096},
        "antialias": {"EDGES": 1024}, "varying": {"PIXELS": 2048},
        "fill": {"CELLS": 1024, "K": 64, "TILE": 64}, "field": {"FORWARD": 512, "BACKWARD": 256, "PROGRAMS": 2}}


def main(folder: str, *ops: str) -> None:
    for op in ops:
        module = backends(op, "cpu")["triton"] = import_module(f"renderers.ops.{op}.triton_cuda")
        for name, width in WIDE.get(op, {}).items():
            assert hasattr(module, name)
            setattr(module, name, width)
        torch.save({case: values_and_gradients(op, case, "triton") for case in CASES[op] if case not in LONG},
                   Path(folder, f"{op}.pt"))
        half = getattr(import_module(f"tests.cases.{op}"), "HALF", {})
        torch.save({case: computed(op, make(), "triton") for case, make in half.items()}, Path(folder, f"{op}-half.pt"))
        if "small" in CASES[op]:
            Path(folder, f"{op}.txt").write_text(refusal(op))


def refusal(op: str) -> str:
    try:
        run(op, CASES[op]["small"](torch.float64), "triton")
    except ValueError as error:
        return str(error)
    return "float64 was taken"


if __name__ == "__main__":
    main(*sys.argv[1:])
