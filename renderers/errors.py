"""What goes wrong in renderers by a user's mistake: one sentence each."""


class BackendError(RuntimeError):
    """No such backend, or its library is missing."""
