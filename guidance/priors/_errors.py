class PriorError(ValueError):
    """A prior that cannot be found, read or trusted; one sentence."""
