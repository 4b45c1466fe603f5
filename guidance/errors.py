"""What goes wrong in guidance by a user's mistake: one sentence each.

Free of torch, so that a mistyped name is answered at once.
"""


class PriorError(ValueError):
    """A prior that cannot be found, read or trusted; one sentence."""


class BrokenFile(PriorError):
    """A file that ends too early, or is something else than its name says: to be fetched again."""


class MethodError(ValueError):
    """A method that cannot work with this prior or these pictures; one sentence."""
