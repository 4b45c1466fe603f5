"""Numba's fast mathematics but for what moves a rounding (above all reassoc).

With all of it, a kernel that was just compiled and the same one read from numba's cache can differ in the last bits, so
that a run's repetition is another run; tests/renderers/test_repeat.py has found it in ``composite`` and ``fill``.
"""

EXACT = {"nnan", "ninf", "nsz"}
