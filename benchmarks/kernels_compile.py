"""Compile the Triton kernels for NVIDIA GPUs that are not here: registers, spills and shared memory of each, as a table.

    python benchmarks/kernels_compile.py [OP ...] [--targets 80 89 90] [--json]

No GPU and no driver is asked for: Triton's wheel contains the compiler (`pip install triton`). An operation's typical cases
run on the CPU; where one would start a kernel, that kernel is compiled for the very arguments. What a kernel costs in time,
this does not say.
"""

import argparse
import importlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
import triton
from triton.backends import nvidia
from triton.backends.compiler import GPUTarget
from triton.compiler import ASTSource

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from renderers.ops._dispatch import backends, operations  # noqa: E402
from tests.renderers.test_ops import CASES, leaves, project, run  # noqa: E402

KERNELS = [op for op in operations() if (ROOT / "renderers" / "ops" / op / "triton_cuda.py").exists()]
TYPES = {torch.float32: "*fp32", torch.int64: "*i64", torch.int32: "*i32", torch.uint8: "*u8", torch.bool: "*i1",
         torch.float64: "*fp64"}
TYPICAL = ("typical", "soup", "gradients", "nerf")         # cases that start every kernel
OPTIONS = ("num_warps", "num_stages", "enable_fp_fusion", "maxnreg")
COLUMNS = ("op", "kernel", "target", "registers", "spilled", "shared", "barriers")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("ops", nargs="*", metavar="op", help=f"{', '.join(KERNELS)}; default all")
    options.add_argument("--targets", nargs="+", type=int, default=[80, 89, 90], metavar="CC", help="default 80 89 90")
    options.add_argument("--json", action="store_true", help="a list of records instead of a table")
    args = options.parse_args()
    rows = [row for op in args.ops or KERNELS for row in compiled(op, args.targets)]
    if args.json:
        print(json.dumps(rows))
        return
    print(f"triton {triton.__version__}\n\n| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    for row in rows:
        print("| " + " | ".join(str(row[column]) for column in COLUMNS) + " |")


def compiled(op: str, targets: list[int]) -> list[dict]:
    """A row for each kernel of ``op`` that its typical cases start, forward and backward, and each target."""
    module = importlib.import_module(f"renderers.ops.{op}.triton_cuda")
    started = {}

    def record(kernel, programs, *args, **constants):
        switches = [name for name, value in constants.items() if name.isupper() and value is True]
        started.setdefault(" ".join([kernel.__name__, *switches]), (kernel, args, {"enable_fp_fusion": True, **constants}))

    for part in [name for name in sys.modules if name.startswith(module.__package__) and hasattr(sys.modules[name], "launch")]:
        sys.modules[part].launch = record
    backends(op, "cpu")["triton"] = module
    cases = [CASES[op][case](torch.float32) for case in filter(CASES[op].__contains__, TYPICAL)]
    for args in cases + [case() for case in getattr(importlib.import_module(f"tests.cases.{op}"), "HALF", {}).values()]:
        outputs = run(op, args, "triton")
        if leaves(args):
            project(outputs).backward()
    return [{"op": op, "kernel": name, "target": f"sm_{target}"} | resources(*what, target)
            for name, what in started.items() for target in targets]


def resources(kernel, args: tuple, constants: dict, target: int) -> dict:
    """What ``kernel`` takes of a multiprocessor, compiled as Triton would for these arguments."""
    options = {name: constants[name] for name in OPTIONS if name in constants}
    signature, values, hints = {}, {}, {}
    for place, parameter in enumerate(kernel.params):
        given = args[place] if place < len(args) else constants[parameter.name]
        kind, value, aligned = specialised(given, parameter)
        signature[parameter.name] = kind
        if kind == "constexpr":
            values[parameter.name] = value
        if aligned:
            hints[(place,)] = [["tt.divisibility", 16]]
    source = ASTSource(fn=kernel, signature=signature, constexprs=values, attrs=hints)
    made = triton.compile(source, target=GPUTarget("cuda", target, 32), options=options)
    tools = Path(nvidia.__file__).parent / "bin"
    with tempfile.NamedTemporaryFile(suffix=".cubin") as file:
        file.write(made.asm["cubin"])
        file.flush()
        said = subprocess.run([tools / "cuobjdump", "--dump-resource-usage", file.name], check=True, capture_output=True,
                              text=True).stdout
    used = {name: int(value) for name, value in re.findall(r"(REG|STACK|LOCAL):(\d+)", said)}
    return {"registers": used["REG"], "spilled": used["STACK"] + used["LOCAL"], "shared": made.metadata.shared,
            "barriers": made.asm["ptx"].count("bar.sync")}


def specialised(given, parameter) -> tuple[str, object, bool]:
    """Type, value if it is a constant, and whether it is known to be a multiple of 16, by Triton's rules."""
    if parameter.is_constexpr:
        return "constexpr", given, False
    if isinstance(given, torch.Tensor):
        return TYPES[given.dtype], None, True                   # CUDA's allocator aligns to more than 16 bytes
    if isinstance(given, float):
        return "fp32", None, False
    if given == 1 and not parameter.do_not_specialize:
        return "constexpr", 1, False
    return ("i32" if abs(given) < 2**31 else "i64"), None, given % 16 == 0 and not parameter.do_not_specialize


if __name__ == "__main__":
    main()
