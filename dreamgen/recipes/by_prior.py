"""Which recipe makes a 3D asset where nobody names one: the prior decides. Light: no torch.

    text-to-3d      of a prior that can be shown a reference: the recipe asks for views of one object, which must agree
    text-to-nerf    of any other

Of Gaussians there are such a pair, too: text-to-gaussians and text-to-gaussians-sds.
"""

from collections.abc import Iterable

from guidance import priors

MESH, NERF = "text-to-3d", "text-to-nerf"


def by_prior(words: Iterable[str], seeing: str = MESH, other: str = NERF) -> str:
    """``seeing`` or ``other``, the recipe for the prior that settings as ``key=value`` name, the last one of them; without one,
    the prior in the box."""
    named = [word.partition("=")[2] for word in words if word.partition("=")[0].strip() == "prior"]
    return seeing if not named or priors.sees(named[-1]) else other
