"""What a setting must be; ValueError("field: need ..., got ...") for the first that is not. Torch-free, as Ramp."""

from .ramp import Ramp


def positive(**values: float) -> None:
    """> 0; of a whole number, 1 or more."""
    for name, value in values.items():
        if not value > 0:
            raise ValueError(f"{name}: need > 0, got {value}")


def not_negative(**values: float | Ramp) -> None:
    """>= 0, of a ramp both ends."""
    for name, value in values.items():
        least = min(value.start, value.end) if isinstance(value, Ramp) else value
        if not least >= 0:
            raise ValueError(f"{name}: need >= 0, got {least}")


def fraction(**values: float | Ramp) -> None:
    """In [0, 1], of a ramp both ends."""
    for name, value in values.items():
        if isinstance(value, Ramp):
            if not (0 <= value.start <= 1 and 0 <= value.end <= 1):
                raise ValueError(f"{name}: need fractions in [0, 1], got {value.start}, {value.end}")
        elif not 0 <= value <= 1:
            raise ValueError(f"{name}: need [0, 1], got {value}")
