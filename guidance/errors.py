"""What goes wrong with priors, apart from the rest, so that a mistyped name needs no torch."""


class PriorError(ValueError):
    """A prior that cannot be found, read or trusted; one sentence."""


class BrokenFile(PriorError):
    """A file that ends too early, or is something else than its name says: to be fetched again."""
