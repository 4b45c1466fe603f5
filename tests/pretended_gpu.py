"""A pretended GPU: tensors that say they are on a GPU and hold real numbers on the CPU.

A ``GPU`` tensor reports device "meta" and wraps a CPU tensor. ``Pretended`` is a dispatch mode that runs every aten operation
on the wrapped tensors, checks it by CUDA's rules, and counts by line of the program:

    fault    an operation of tensors on different devices; CUDA allows 0-dimensional CPU tensors and CPU indices
    sync     an operation whose result the CPU waits for: .item(), .tolist(), nonzero, a boolean index, .to("cpu")
    copy     host to device, which waits as well unless the memory is pinned
    kernel   all else but views

Whole programs run on it, backward included (autograd calls back in the same thread). Use::

    with pretended() as gpu:
        run(recipe, folder, on_gpu(prior))
        assert not gpu.faults and sum(gpu.syncs.values()) <= 2
"""

import sys
from collections import Counter
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

ROOT = str(Path(__file__).parents[1])
DEVICE = torch.device("meta")
aten = torch.ops.aten
FUSED = "_get_fused_kernels_supported_devices"              # of devices that torch's fused optimisers ask
ASKING = "torch.utils._foreach_utils", "torch.optim.optimizer", "torch.optim.adam", "torch.optim.adamw"
ACROSS = {aten.copy_.default, aten._to_copy.default}                        # the operations that may change device
INDEX = {aten.index.Tensor, aten.index_put.default, aten.index_put_.default, aten._index_put_impl_.default,
         aten._unsafe_index.Tensor, aten._unsafe_index_put.default}
WAITS = {aten._local_scalar_dense.default, aten.equal.default, aten.nonzero.default, aten.masked_select.default,
         aten.bincount.default, aten._unique2.default, aten.unique_dim.default, aten.unique_consecutive.default,
         aten.is_nonzero.default}
VIEWS = {"detach", "alias", "lift_fresh", "view", "_unsafe_view", "expand", "permute", "transpose", "t", "unsqueeze", "squeeze",
         "select", "slice", "split", "split_with_sizes", "unbind", "as_strided", "diagonal", "unfold", "_reshape_alias",
         "is_same_size", "empty", "empty_like", "empty_strided", "chunk", "_local_scalar_dense", "new_empty",
         "new_empty_strided", "narrow"}


class DeviceFault(RuntimeError):
    """What CUDA would refuse."""


class GPU(torch.Tensor):
    """``held``, on the CPU, seen as a tensor of the pretended GPU."""

    __torch_function__ = torch._C._disabled_torch_function_impl
    mode: "Pretended | None" = None                     # the one that is active; backward calls come here

    @staticmethod
    def __new__(cls, held: torch.Tensor, requires_grad: bool = False):
        made = torch.Tensor._make_wrapper_subclass(
            cls, held.shape, strides=held.stride(), storage_offset=held.storage_offset(), dtype=held.dtype,
            layout=held.layout, device=DEVICE, requires_grad=requires_grad)
        made.held = held
        return made

    def __repr__(self):
        return f"GPU({self.held})"

    @property
    def data(self) -> "GPU":
        return self.detach()

    @data.setter
    def data(self, new: "GPU") -> None:
        """Also of another shape, as a scene's rows have whose number changes."""
        torch.Tensor.data.__set__(self, new)
        self.held = new.held

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        return GPU.mode.run(func, args, kwargs or {})


class Pretended(TorchDispatchMode):
    """Counters by "file:line (function) operation": ``faults``, ``syncs``, ``copies``, ``kernels``.

    Args:
        strict: raise DeviceFault at the first fault, instead of counting it.
    """

    def __init__(self, strict: bool = True):
        super().__init__()
        self.strict = strict
        self.reset()

    def reset(self) -> None:
        self.faults, self.syncs, self.copies, self.kernels = Counter(), Counter(), Counter(), Counter()

    def __enter__(self):
        GPU.mode = self
        torch._C._set_only_lift_cpu_tensors(True)       # torch.tensor's numbers are on the CPU until they are moved
        return super().__enter__()

    def __exit__(self, *error):
        GPU.mode = None
        torch._C._set_only_lift_cpu_tensors(False)
        return super().__exit__(*error)

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        return self.run(func, args, kwargs or {})

    def run(self, func, args, kwargs):
        if func is aten._fused_sdp_choice.default:
            return 0                                    # the attention that is plain arithmetic
        leaves = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, torch.Tensor)]
        gpu = [leaf for leaf in leaves if isinstance(leaf, GPU)]
        cpu = [leaf for leaf in leaves if not isinstance(leaf, GPU)]
        to = None if kwargs.get("device") is None else torch.device(kwargs["device"]).type
        place = f"{where()} {func}"
        if gpu and cpu:
            self.check(func, args, cpu, place)
        self.count(func, args, kwargs, gpu, cpu, to, place)
        changes = {"device": torch.device("cpu")} if to == DEVICE.type else {}
        if kwargs.get("pin_memory"):
            changes["pin_memory"] = False
        out = func(*tree_map(held, args), **(tree_map(held, kwargs) | changes))
        if func is aten._local_scalar_dense.default or not (to == DEVICE.type or gpu and to != "cpu"):
            return out
        given = {id(held(leaf)): leaf for leaf in leaves}               # an operation in place answers with its input
        return tree_map(lambda value: given.get(id(value)) if id(value) in given
                        else GPU(value) if isinstance(value, torch.Tensor) else value, out)

    def check(self, func, args, cpu, place) -> None:
        """Whether CUDA would take tensors of both devices."""
        if func in ACROSS:
            return
        if func in INDEX:
            indexed = isinstance(args[0], GPU)
            if not indexed and any(isinstance(index, GPU) for index in args[1] if index is not None):
                self.fault(f"{place}: an index on the GPU into a tensor on the CPU")
            if len(args) > 2 and isinstance(args[2], GPU) != indexed and args[2].ndim > 0:
                self.fault(f"{place}: values on another device than the tensor that they go into")
            return
        if any(tensor.ndim for tensor in cpu):
            self.fault(f"{place}: tensors on the CPU {[tuple(tensor.shape) for tensor in cpu]} and on the GPU")

    def fault(self, what: str) -> None:
        self.faults[what] += 1
        if self.strict:
            raise DeviceFault(what)

    def count(self, func, args, kwargs, gpu, cpu, to, place) -> None:
        if gpu and (func in WAITS or func is aten.repeat_interleave.Tensor and kwargs.get("output_size") is None
                    or func is aten._to_copy.default and to == "cpu"
                    or func is aten.copy_.default and not isinstance(args[0], GPU)
                    or func in INDEX and any(boolean(index) for index in args[1])):
            self.syncs[place] += 1
        if (func is aten._to_copy.default and to == DEVICE.type and cpu
                or func is aten.copy_.default and isinstance(args[0], GPU) and not isinstance(args[1], GPU)
                or func in INDEX and gpu and any(not isinstance(index, GPU) for index in args[1] if index is not None)):
            self.copies[place] += 1
        if (gpu or to == DEVICE.type) and func._schema.name.removeprefix("aten::") not in VIEWS:
            self.kernels[place] += 1


def where() -> str:
    """The innermost line of the program that is running."""
    frame = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(ROOT) and file != __file__ and "site-packages" not in file:
            return f"{file[len(ROOT) + 1:]}:{frame.f_lineno} ({frame.f_code.co_name})"
        frame = frame.f_back
    return "backward"


def held(leaf):
    return leaf.held if isinstance(leaf, GPU) else leaf


def boolean(index) -> bool:
    return isinstance(index, torch.Tensor) and index.dtype in (torch.bool, torch.uint8)


def on_gpu(module: torch.nn.Module) -> torch.nn.Module:
    """``module`` itself, its parameters and buffers on the pretended GPU."""
    for part in module.modules():
        for name, weight in part._parameters.items():
            if weight is not None and not isinstance(weight, GPU):
                part._parameters[name] = torch.nn.Parameter(GPU(weight.data), requires_grad=weight.requires_grad)
        for name, buffer in part._buffers.items():
            if buffer is not None and not isinstance(buffer, GPU):
                part._buffers[name] = GPU(buffer)
    return module


@contextmanager
def pretended(strict: bool = True):
    """A ``Pretended`` that is active, with what torch does for "meta" past the dispatcher led through it."""
    tensor, as_tensor, new_tensor, tolist = torch.tensor, torch.as_tensor, torch.Tensor.new_tensor, torch.Tensor.tolist
    fused = getattr(import_module(ASKING[0]), FUSED)

    def meta(device) -> bool:
        return device is not None and torch.device(device).type == DEVICE.type

    def to_tensor(data, *args, device=None, **kwargs):
        made = tensor(data, *args, device=None if meta(device) else device, **kwargs)
        return made.to(DEVICE) if meta(device) else made

    def to_as_tensor(data, dtype=None, device=None):
        if not meta(device):
            return as_tensor(data, dtype=dtype, device=device)
        made = data if isinstance(data, torch.Tensor) else as_tensor(data)
        made = made if dtype is None else made.to(dtype)
        return made if isinstance(made, GPU) else made.to(DEVICE)

    def to_new_tensor(self, data, *, dtype=None, device=None, requires_grad=False):
        if isinstance(self, GPU) and device is None:
            return tensor(data, dtype=dtype or self.dtype).to(DEVICE)
        return new_tensor(self, data, dtype=dtype, device=device, requires_grad=requires_grad)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch, "tensor", to_tensor)
        patch.setattr(torch, "as_tensor", to_as_tensor)
        patch.setattr(torch.Tensor, "new_tensor", to_new_tensor)
        patch.setattr(torch.Tensor, "tolist", lambda self: tolist(self.to("cpu") if isinstance(self, GPU) else self))
        for module in map(import_module, ASKING):
            patch.setattr(module, FUSED, lambda: [*fused(), DEVICE.type], raising=False)
        with Pretended(strict) as mode:
            yield mode
