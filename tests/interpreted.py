"""``TRITON_INTERPRET=1 python -m tests.interpreted OP FILE``: the Triton backend of an operation on the CPU, as Python.

Saves {case: {output or gradient: tensor}} for the cases of ``tests/cases/OP.py``. A process of its own, because Triton reads
the variable when it is imported. The interpreter knows no races, no warps and no memory layouts: those only a GPU shows
(tests/gpu).
"""

import sys
from importlib import import_module

import torch

from renderers.ops._dispatch import backends
from tests.renderers.test_ops import CASES, values_and_gradients

LONG = {"more than one job"}        # of the CPU's kernels, whose jobs are larger: minutes here
WIDE = {"hashgrid": {"BLOCK": 512}, "composite": {"RAYS": 64}, "march": {"RAYS": 128}}   # a program costs the same at any


def main(op: str, path: str) -> None:
    module = backends(op, "cpu")["triton"] = import_module(f"renderers.ops.{op}.triton_cuda")
    for name, width in WIDE.get(op, {}).items():
        assert hasattr(module, name)
        setattr(module, name, width)
    torch.save({case: values_and_gradients(op, case, "triton") for case in CASES[op] if case not in LONG}, path)


if __name__ == "__main__":
    main(*sys.argv[1:])
