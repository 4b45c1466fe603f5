"""A run's page: one index.html that opens from disk with the network off, while the run goes on and after.

It is made from what lies in the run's folder and nothing else, so that it can be made again at any time:

    run.json                    what the run is: prompt, seed, prior, seconds, memory_mb, ...; a map becomes a table
    history.jsonl               a JSON object a report: stage, step, seed, seconds, losses {}, coverage, saturation, ...
    reference.png               the picture that all views are to agree with, there before the first step
    previews/*.png              contact.png, turntable.mp4, growing.mp4
    asset.*, asset-1.*, ...     links; asset.glb is also embedded, and drawn by viewer.js: a mesh or Gaussians; asset.svg is
                                embedded, and taken apart by drawing.js

The pictures and the video are linked, so the folder travels as a whole. Imports no torch.
"""

import gzip
import json
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import quote

from ..io.atomic import save
from .curves import changes, chart, curves
from .meanings import MEANINGS

REFRESH = 10                        # seconds, while the run goes on
FACTS = ("seed", "prior", "device", "seconds", "memory_mb")         # of run.json, in the line under the prompt
VIDEOS = ("turntable.mp4", "growing.mp4")
TITLE = 80                          # characters
SCRIPTS = ("glb.js", "orbit.js", "mesh.js", "splats.js", "viewer.js", "drawing.js")     # one after the other


def write(folder: Path, running: bool = False) -> Path:
    """Make ``folder``/index.html anew, whole or not at all; while ``running`` it reloads itself every ten seconds.

    Raises:
        FileError: the disk is full, ...; the earlier page is as it was.
    """
    folder = Path(folder)
    return save({"index.html": html(folder, running).encode("utf-8")}, folder)[0]


def html(folder: Path, running: bool = False) -> str:
    """The page as text; what is missing or damaged in the folder is missing on the page."""
    run, rows = read_json(folder / "run.json"), read_lines(folder / "history.jsonl")
    prompt = str(run.get("prompt", folder.name))
    sections = [asset(folder), reference(folder), sheet(folder), charts(rows), previews(folder), *tables(run)]
    scalars = [key for key in FACTS if not isinstance(run.get(key), dict | list | None)]
    facts = [f"{label(key)} {shown(key, run[key])}" for key in scalars] + (["still running"] if running else [])
    return Template(part("page.html")).substitute(
        refresh=f'<meta http-equiv="refresh" content="{REFRESH}">' if running else "",
        title=escape(prompt[:TITLE]), prompt=escape(prompt), style=part("page.css"), script="\n".join(map(part, SCRIPTS)),
        facts=escape(" \u00b7 ".join(facts)), sections="\n".join(filter(None, sections)))


def asset(folder: Path) -> str:
    """The viewer or the drawing, the video and the links to the files."""
    glb, svg, halves = folder / "asset.glb", folder / "asset.svg", []
    if glb.exists():
        halves.append(Template(part("viewer.html")).substitute(glb=encoded(glb.read_bytes())))
    if svg.exists():
        data = svg.read_bytes()
        halves.append(Template(part("drawing.html")).substitute(
            svg=encoded(data), bytes=f"{len(data):,}", packed=f"{packed_size(data):,}"))
    for name in VIDEOS:
        if (folder / name).exists():
            halves.append(f'<div><video src="{name}" autoplay loop muted playsinline controls></video></div>')
    written = [*sorted(folder.glob("asset.*")), *sorted(folder.glob("asset-*"))]
    links = " \u00b7 ".join(f'<a href="{quote(path.name)}">{escape(path.name)}</a> {path.stat().st_size / 1e3:,.0f} kB'
                            for path in written if ".partial" not in path.suffixes)
    both = f'<div class="both">{"".join(halves)}</div>' if halves else ""
    hint = f'<p class="hint">{links}</p>' if links else ""
    return f"<section>{both}{hint}</section>" if both or hint else ""


def reference(folder: Path) -> str:
    return section("What all views agree with", '<img src="reference.png" alt="the reference">') \
        if (folder / "reference.png").exists() else ""


def sheet(folder: Path) -> str:
    return section("Side by side", '<img src="contact.png" alt="the asset in the run and as it was kept">') \
        if (folder / "contact.png").exists() else ""


def charts(rows: list[dict]) -> str:
    marks = changes(rows)
    drawn = [chart(name, curve, marks) for name, curve in curves(rows).items() if len(curve) > 1]
    return section("Curves", f'<div class="curves">{"".join(drawn)}</div>') if drawn else ""


def previews(folder: Path) -> str:
    """Every preview, oldest first, those of a start before the first step's."""
    pictures = sorted((folder / "previews").glob("*.png"), key=lambda path: ("-start" not in path.stem, age(path.stem)))
    figures = "".join(f'<figure><img src="previews/{quote(path.name)}" alt="" loading="lazy">'
                      f"<figcaption>{escape(caption(path.stem))}</figcaption></figure>"
                      for path in pictures if not path.stem.endswith(".partial"))
    return section("On the way", f'<div class="previews">{figures}</div>') if figures else ""


def age(stem: str) -> list[int]:
    """Of a preview's file: the numbers in its name, the first seed, stage and step first."""
    return [int(part) for part in stem.split("-") if part.isdigit()]


def caption(stem: str) -> str:
    """Of a preview's file, <seed>-<stage>-<step>, <seed>-start or <seed>-start-<particle>; any other name stays."""
    match stem.split("-"):
        case [seed, "start", *particle]:
            return f"seed {seed}, the start" + (f" of particle {particle[0]}" if particle else "")
        case [seed, stage, step] if stage.isdigit() and step.isdigit():
            return f"seed {seed}, stage {int(stage) + 1}, step {int(step)}"
    return stem


def tables(run: dict) -> list[str]:
    """A table for each map in run.json, the metrics first, and one for what is left."""
    maps = {key: value for key, value in run.items() if isinstance(value, dict) and value}
    rest = {key: value for key, value in run.items() if not isinstance(value, dict) and key not in ("prompt", *FACTS)}
    ordered = sorted(maps.items(), key=lambda item: item[0] != "metrics") + ([("also", rest)] if rest else [])
    return [section(label(title).capitalize(), f"<table>{''.join(table_rows(rows))}</table>")
            for title, rows in ordered]


def table_rows(rows: dict, above: str = "") -> Iterator[str]:
    """A row for each value; of a map in the map, too, whose key goes before theirs and gives them its unit."""
    for key, value in rows.items():
        if isinstance(value, dict):
            yield from table_rows(value, f"{above}{key}.")
        elif value not in ("", None, []):
            name = label(above + key)
            yield f"<tr><th>{escape(name)}</th><td>{escape(shown(above + key, value))}</td>{means(name)}</tr>"


def means(name: str) -> str:
    """A cell that says what a number means, of the first file or of another; none for one that is plain."""
    name = name.partition(": ")[2] if name.startswith("asset-") else name
    return f'<td class="hint">{escape(MEANINGS[name])}</td>' if name in MEANINGS else ""


def encoded(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def packed_size(data: bytes) -> int:
    """Bytes after gzip, as a web server sends them."""
    return len(gzip.compress(data, mtime=0))


def section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def label(key: str) -> str:
    """A key of run.json as words; its unit moves to the value."""
    return key.removesuffix("_mb").removesuffix("_deg").replace("seconds", "time").replace("_", " ").replace(".", ": ")


def shown(key: str, value) -> str:
    """A value of run.json as one reads it, with the unit that its key says."""
    if isinstance(value, list):
        return ", ".join(shown(key, item) for item in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if "seconds" in key:
        return f"{value:.1f} s" if value < 60 else f"{int(value) // 60} min {int(value) % 60} s"
    if key.endswith("_mb"):
        return f"{value:.0f} MB"
    return (str(value) if isinstance(value, int) else f"{value:.4g}") + ("\u00b0" if key.endswith("_deg") else "")


def part(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def read_json(path: Path) -> dict:
    """The map in a JSON file, or an empty one."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def read_lines(path: Path) -> list[dict]:
    """The maps in a file of JSON lines; a line that a kill has cut off is left out."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    rows = []
    for line in lines:
        try:
            rows.append(json.loads(line))
        except ValueError:
            continue
    return [row for row in rows if isinstance(row, dict)]
