"""How much is read."""

from ..piece import Refused

MOST = 4_000_000            # Gaussians


def at_most(count: int) -> int:
    """``count``, or Refused."""
    if count > MOST:
        raise Refused(f"{count:,} Gaussians, at most {MOST:,} are read")
    return count


def harmonics(degree: int) -> list[str]:
    """The note about spherical harmonics up to ``degree``."""
    degrees = "degree 1" if degree == 1 else f"degrees 1 to {degree}"
    return [f"spherical harmonics of {degrees} are dropped: the color is the same from every side"] if degree else []
