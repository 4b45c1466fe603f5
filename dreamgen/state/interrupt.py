"""Ctrl-C between two steps: whoever loops asks whether it was pressed, saves, and stops."""

import signal
import threading


class Interrupt:
    """Ctrl-C asks; the loop answers between two steps, when the state is whole. A second Ctrl-C is the usual one."""

    def __init__(self):
        self.asked = False

    def __enter__(self) -> "Interrupt":
        self.main = threading.current_thread() is threading.main_thread()
        if self.main:
            self.before = signal.signal(signal.SIGINT, self.ask)
        return self

    def ask(self, signum, frame) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    def __exit__(self, *error) -> None:
        if self.main:
            signal.signal(signal.SIGINT, self.before)
