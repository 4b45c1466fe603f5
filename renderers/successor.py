"""A scene that begins from the scene of the stage before.

Of its own kind it takes every parameter, but not what belongs to that stage (``scene.Staged``). Of another kind it takes what
its ``follow`` decides (``scene.Following``): a mesh takes a field's surface and color. Without that it cannot follow.
"""

from types import SimpleNamespace

from .particles import each
from .scene import Following, Scene, Staged


def successor(scene: Scene, before: Scene) -> Scene:
    """``scene``, as it was built, after it has taken over from ``before``, particle by particle.

    Raises:
        ValueError: it cannot follow a scene of that kind, shape or number of particles.
    """
    for new, old in zip(each(scene), each(before), strict=True):
        if type(new) is type(old):
            try:
                new.load_state_dict(old.state_dict())
            except RuntimeError as error:
                raise ValueError(unlike(new, old) or str(error).splitlines()[-1].strip()) from None
            if isinstance(new, Staged):
                new.begin_stage()
        elif isinstance(new, Following):
            new.follow(old)
        else:
            raise ValueError(f"{type(new).__name__} follows scenes of its own kind only, and {type(old).__name__} is another")
    return scene


def unlike(new: Scene, old: Scene) -> str:
    """Which settings of two scenes of a kind differ, so that their parameters do; "" for none, or where a scene tells none."""
    here, there = (vars(getattr(scene, "cfg", None) or SimpleNamespace()) for scene in (new, old))
    named = [f"{name} is {value} and was {there[name]}" for name, value in here.items() if name in there and there[name] != value]
    return f"{type(new).__name__} takes over every parameter and needs as many; {', '.join(named)}" if named else ""
