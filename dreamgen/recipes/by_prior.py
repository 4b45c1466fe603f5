"""Which recipe makes a 3D asset where nobody names one: the prior decides. Light: no torch.

    text-to-3d      of a prior that can be shown a reference: the recipe asks for views of one object, which must agree
    text-to-nerf    of any other

Of Gaussians there are such a pair, too: text-to-gaussians and text-to-gaussians-sds.
"""

from collections.abc import Iterable

MESH, NERF = "text-to-3d", "text-to-nerf"
BY_KIND = {"mesh": (MESH, MESH), "nerf": (NERF, NERF), "gaussians": ("text-to-gaussians", "text-to-gaussians-sds")}


def by_prior(words: Iterable[str], kind: str | None = None) -> str:
    """The recipe of a ``kind`` of BY_KIND (None: a mesh, or a NeRF) for the prior that settings as ``key=value`` name, the
    last one of them; without one, for the prior in the box."""
    from guidance import priors  # not above: the command line's parser asks for the kinds alone
    seeing, other = BY_KIND[kind] if kind else (MESH, NERF)
    named = [word.partition("=")[2] for word in words if word.partition("=")[0].strip() == "prior"]
    return seeing if not named or priors.sees(named[-1]) else other
