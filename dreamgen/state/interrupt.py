"""Ctrl-C between two steps: whoever loops asks whether it was pressed, saves, and stops."""

import signal
import threading
from collections.abc import Callable

ANSWER = "stopping after this step; Ctrl-C again stops at once"


class Interrupt:
    """Ctrl-C asks; the loop answers between two steps, when the state is whole. A second Ctrl-C is the usual one.

    ``tell`` is called from the first one's handler with a sentence, so that nobody waits for a slow step without a word.
    """

    def __init__(self, tell: Callable[[str], object] = str):
        self.asked, self.tell = False, tell

    def __enter__(self) -> "Interrupt":
        self.main = threading.current_thread() is threading.main_thread()
        if self.main:
            self.before = signal.signal(signal.SIGINT, self.ask)
        return self

    def ask(self, signum, frame) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        self.tell(ANSWER)

    def __exit__(self, *error) -> None:
        if self.main:
            signal.signal(signal.SIGINT, self.before)
