"""What a setting must be; ValueError("field: need ..., got ...") for the first that is not. Torch-free, as Ramp."""

from .ramp import Ramp


def positive(**values: float) -> None:
    """> 0; of a whole number, 1 or more."""
    for name, value in values.items():
        if not value > 0:
            raise ValueError(f"{name}: need > 0, got {value}")


def not_negative(**values: float | Ramp) -> None:
    """>= 0, of a ramp everywhere."""
    for name, value in values.items():
        least = min(value.values) if isinstance(value, Ramp) else value
        if not least >= 0:
            raise ValueError(f"{name}: need >= 0, got {least}")


def fraction(**values: float | Ramp) -> None:
    """In [0, 1], of a ramp everywhere."""
    for name, value in values.items():
        if isinstance(value, Ramp):
            if not all(0 <= each <= 1 for each in value.values):
                raise ValueError(f"{name}: need fractions in [0, 1], got {', '.join(map(str, value.values))}")
        elif not 0 <= value <= 1:
            raise ValueError(f"{name}: need [0, 1], got {value}")
