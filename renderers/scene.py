"""What a representation is to the rest of the program: a Scene, and what it can be turned into or begin from besides.

Its file also says, in words that the rest of the program reads without importing it, what it is drawn from and what it
becomes: CAMERA (Camera or Sheet) and ASSET (a record of assets.py).
A scene brings its own regularizers by name (REGULARIZERS, ``regularizers``) and the recipe weights them, so the loop never
asks which representation it has. ``Config.lacks``, where it has that, maps those that it does not have, as it is set, to the
settings that make it so, as {"shape": 0}: a weight of them is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol, Self, runtime_checkable

import torch
from torch import Tensor

from .assets import Splats
from .camera import Camera
from .drawing import Drawing
from .mirror import Symmetry


@dataclass(frozen=True)
class Render:
    """B pictures of one scene.

    Attributes:
        rgb: [B, H, W, 3] sRGB in [0, 1], over the scene's background; differentiable.
        opacity: [B, H, W, 1] in [0, 1]; differentiable.
        premultiplied: [B, H, W, 3] the object's color times its opacity, without background; differentiable.
        depth: [B, H, W, 1] distance from the camera along the ray, metres: the expected one of what is there, not
            premultiplied by opacity, so that a half seen edge is as far as what it is the edge of; 0 where nothing is.
        normal: [B, H, W, 3] outward unit normal in the world, premultiplied by opacity, or None if not made.
        latent: [B, h, w, C] of a scene that is made of a prior's latents; its colors are then false ones.
    """

    rgb: Tensor
    opacity: Tensor
    premultiplied: Tensor
    depth: Tensor | None = None
    normal: Tensor | None = None
    latent: Tensor | None = None

    def over(self, background: Tensor | float) -> Self:
        """The same pictures over another background: sRGB, broadcastable to [B, H, W, 3], 1.0 for white."""
        return replace(self, rgb=self.premultiplied + (1 - self.opacity) * background)

    def to(self, device: torch.device | str) -> "Render":
        """The pictures on ``device``, without what a kind of scene keeps beside them for itself."""
        parts: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(Render)}
        moved: dict[str, Any] = {name: part if part is None else part.to(device) for name, part in parts.items()}
        return Render(**moved)


def joined(renders: list[Render]) -> Render:
    """All their pictures, one after the other, with what each of them has."""
    parts: dict[str, list[Any]] = {field.name: [getattr(render, field.name) for render in renders]
                                   for field in fields(Render)}
    return Render(**{name: torch.cat(part) for name, part in parts.items() if not any(x is None for x in part)})


class Scene(Protocol):
    failure_hints: dict[str, str]       # how a run of it may fail (empty, full, flat), and which settings help

    def render(self, camera: "Camera | Sheet", progress: float = 1.0,  # type: ignore[name-defined]  # noqa: F821
               rng: torch.Generator | None = None) -> Render:
        """Draw. With ``rng`` as in training (jittered samples, random background and light); without, plain and repeatable."""

    def regularizers(self, render: Render) -> dict[str, Tensor]:
        """Regularizers of a training render by name, scalars, unweighted."""

    def param_groups(self) -> list[dict[str, Any]]:
        """For the optimiser: ``{"params": [...], "name": ..., "lr": multiple of the recipe's}``; with ``"end"``, what is left
        of that at the end of the stage, to which it falls geometrically."""

    def after_step(self, step: int, progress: float, rng: torch.Generator) -> None:
        """What follows a step: refresh the occupancy, grow, prune."""

    def state_dict(self) -> dict[str, Tensor]: ...

    def load_state_dict(self, state: dict[str, Tensor]) -> Any: ...

    def parameters(self) -> Iterator[Tensor]: ...


@runtime_checkable
class Field(Protocol):
    """What has a density and a color everywhere in the box [-0.5, 0.5]^3, so that a surface can be found in it."""

    def density(self, points: Tensor) -> Tensor:
        """[N] >= 0, 1/metre, at world points [N, 3]; on the device of the points."""

    def color(self, points: Tensor) -> Tensor:
        """[N, 3] sRGB in [0, 1] at world points [N, 3]."""


@runtime_checkable
class Mirrored(Protocol):
    """What may be its own mirror image."""

    symmetry: Symmetry


@runtime_checkable
class Surfaced(Protocol):
    """What is a triangle mesh already."""

    def surface(self) -> tuple[Tensor, Tensor]:
        """(vertices [V, 3] in the world, faces [F, 3] int32), counter-clockwise seen from outside; none of an empty one."""

    def color(self, points: Tensor) -> Tensor:
        """[N, 3] sRGB in [0, 1] at world points [N, 3]."""


@runtime_checkable
class Reflecting(Protocol):
    """What may have a material, whose ``color`` is then that without light."""

    def material(self, points: Tensor) -> Tensor | None:
        """[N, 2] roughness and metal in [0, 1] at world points [N, 3]; None of what has only a color."""


@runtime_checkable
class Splatted(Protocol):
    """What is a set of 3D Gaussians already."""

    def splats(self) -> Splats:
        """What there is of it now, as it is stored."""


@runtime_checkable
class Pulled(Protocol):
    """What looks in ``after_step`` at the gradient of its newest training picture; several processes average it, too."""

    pull: Tensor | None


@runtime_checkable
class Regrown(Protocol):
    """What changes its number of parameters between two steps; see rows.py, which changes the optimiser's with them."""

    def change_rows(self, optimizer: torch.optim.Optimizer, step: int, progress: float, rng: torch.Generator) -> None:
        """Split, clone, relocate and remove rows, after ``after_step``; the parameters stay the same objects."""


@runtime_checkable
class Failing(Protocol):
    """What has ways to fail that its pictures do not show, or show too late."""

    def failure(self) -> str | None:
        """How it has failed and what helps, "way: sight; hint"; None while it lives. Asked after every step."""


@runtime_checkable
class Paths(Protocol):
    """What is a drawing already."""

    capacity: int                       # paths at most

    def drawing(self, edge: float) -> Drawing:
        """What can be seen of it, on a canvas ``edge`` units wide."""


@runtime_checkable
class Sketched(Protocol):
    """What can begin from a picture."""

    def begin(self, picture: Tensor, rng: torch.Generator) -> None:
        """Begin as ``picture`` [h, w, 4], premultiplied sRGB and opacity; raises ValueError where it cannot."""


@runtime_checkable
class Traced(Paths, Protocol):
    """What can begin from a drawing, and where ``traced`` says so, does instead of from the picture that was traced."""

    traced: bool

    def adopt(self, drawing: Drawing) -> None:
        """Take over the paths of ``drawing``; raises ValueError for too many, or paths of another kind."""


@runtime_checkable
class Given(Protocol):
    """What can begin as somebody's Gaussians, or on the surface of somebody's mesh."""

    def assume(self, splats: Splats) -> None:
        """Begin as these; raises ValueError for more than it may have."""

    def cover(self, points: Tensor, rgb: Tensor) -> None:
        """Begin on points [N, 3] in the world, of sRGB [N, 3] in [0, 1]."""


@runtime_checkable
class Enclosing(Protocol):
    """What can begin as the solid that somebody's mesh encloses."""

    def enclose(self, triangles: Tensor, points: Tensor, rgb: Tensor) -> float:
        """Begin as the inside of ``triangles`` [F, 3, 3] in the world, colored as points [N, 3] of them, of sRGB [N, 3] in
        [0, 1]. Returns the share of its surface that is too thin for the scene; raises ValueError where all of it is, or
        where it does not lie in the box [-0.5, 0.5]^3."""


@runtime_checkable
class Following(Protocol):
    """What can begin from a scene of another kind; see successor.py."""

    def follow(self, before: Scene) -> None:
        """Take over from the scene of the stage before what this one can use; raises ValueError where that is nothing."""


@runtime_checkable
class Staged(Protocol):
    """What has in its state what belongs to the stage alone."""

    def begin_stage(self) -> None:
        """Begin another stage as what the one before, of the same kind, has left, without what belonged to that."""
