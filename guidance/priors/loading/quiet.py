"""Silence libraries while they load: a run shows its own progress and reports problems itself."""

from collections.abc import Iterator
from contextlib import contextmanager

import diffusers.utils.logging
import transformers.utils.logging

LIBRARIES = (diffusers.utils.logging, transformers.utils.logging)


@contextmanager
def quiet() -> Iterator[None]:
    """No progress bars and no messages below an error inside; the former settings afterwards."""
    before = [(library, library.get_verbosity(), library.is_progress_bar_enabled()) for library in LIBRARIES]
    for library in LIBRARIES:
        library.set_verbosity_error()
        library.disable_progress_bar()
    try:
        yield
    finally:
        for library, verbosity, drawn in before:
            library.set_verbosity(verbosity)
            if drawn:
                library.enable_progress_bar()
