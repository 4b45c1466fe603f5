"""Shapes, checked once at each public entry."""

from torch import Tensor


def check(where: str, spec: str, *tensors: Tensor) -> dict[str, int]:
    """Bind the letters of ``spec`` to the tensors' sizes, or raise ValueError with the first mismatch.

    ``check("composite", "sigma [M], color [M 3]", sigma, color)`` -> ``{"M": 5}``.
    """
    sizes: dict[str, int] = {}
    for item, tensor in zip(spec.split(", "), tensors, strict=True):
        name, _, letters = item[:-1].partition(" [")
        dims = letters.split()
        bound = [int(d) if d.isdigit() else sizes.get(d) for d in dims]
        if len(dims) != tensor.ndim or any(b not in (None, n) for b, n in zip(bound, tensor.shape, strict=True)):
            want = ", ".join(d if b is None or d.isdigit() else f"{d}={b}" for d, b in zip(dims, bound, strict=True))
            raise ValueError(f"{where}: {name} is {list(tensor.shape)}, want [{want}]")
        sizes.update((d, n) for d, n in zip(dims, tensor.shape, strict=True) if not d.isdigit())
    return sizes
