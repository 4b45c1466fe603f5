r"""Which tests run which functions, and for how long: the map by which mutants.py chooses its tests.

    python benchmarks/exercised.py MAP.jsonl [pytest's arguments]

Runs the tests in the present folder and adds a line for each one that passed:

    {"test": its id, "seconds", "functions": [[file, first line, last line], ...]}

with the functions of guidance, renderers and dreamgen that were called in it, methods and nested functions too. What
numba compiles and what other processes run is not seen.
"""

import json
import sys
import threading
import time
from pathlib import Path

import pytest

PACKAGES = ("guidance", "renderers", "dreamgen")


class Calls:
    """A plugin of pytest: which code objects are entered while a test runs."""

    def __init__(self, path: Path):
        self.path, self.root, self.seen, self.passed = path, Path.cwd(), {}, True

    def called(self, frame, event, arg) -> None:
        self.seen.setdefault(frame.f_code)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self.seen, self.passed, began = {}, True, time.monotonic()
        threading.settrace(self.called)
        sys.settrace(self.called)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)
            if self.passed:
                record = {"test": item.nodeid, "seconds": round(time.monotonic() - began, 2), "functions": self.functions()}
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(record) + "\n")

    def pytest_runtest_logreport(self, report) -> None:
        self.passed = self.passed and report.passed

    def functions(self) -> list[list]:
        roots = tuple(f"{self.root}/{package}/" for package in PACKAGES)
        found = {(code.co_filename[len(str(self.root)) + 1:], code.co_firstlineno,
                  max((line for *_, line in code.co_lines() if line), default=code.co_firstlineno))
                 for code in self.seen if code.co_filename.startswith(roots) and not code.co_name.startswith("<")}
        return sorted(map(list, found))


if __name__ == "__main__":
    sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", *sys.argv[2:]], plugins=[Calls(Path(sys.argv[1]).resolve())]))
