"""What a measurement was made with: the commit and the processor."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path


def commit() -> str:
    """Of this checkout, marked + if it has changes; of an installed package, the version."""
    try:
        described = subprocess.run(["git", "describe", "--always", "--exclude=*", "--dirty=+"],
                                   cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return version("dreamgen")
    return described.stdout.strip()


def cpu() -> str:
    """The processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor() or platform.machine()}, {os.cpu_count()} cores"
