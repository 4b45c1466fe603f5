"""OUT/gallery.html: all rows in the table's order, 100 a page, each a picture that links to its run's own page.

Page 1 is gallery.html, the others gallery-2.html and so on. A row's page is known from the beginning, so when a row ends
only that page and the first one, which counts, are written anew. Opens from disk with the network off.
"""

from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import quote

from ..io import atomic
from .manifest import Record
from .rows import Row

ROWS = 100              # a page
REFRESH = 15            # seconds, while the batch goes on
CELL, ERROR = 90, 160    # characters of a prompt and of an error that are shown


def page_of(index: int) -> int:
    """The page, from 1, of the row with that index, from 0."""
    return index // ROWS + 1


def page_name(page: int) -> str:
    return "gallery.html" if page == 1 else f"gallery-{page}.html"


def write(folder: Path, rows: list[Row], records: dict[str, Record], pages: set[int], summary: str, running: bool) -> list[str]:
    """Write these pages; returns their names. ``summary`` is the line below the title. Raises FileError."""
    files = {page_name(page): html(rows, records, page, summary, running).encode() for page in sorted(pages)}
    atomic.save(files, folder)
    return list(files)


def html(rows: list[Row], records: dict[str, Record], page: int, summary: str, running: bool) -> str:
    """One page as text; ``summary`` is on the first one."""
    last = page_of(len(rows) - 1)
    shown = rows[(page - 1) * ROWS:page * ROWS]
    links = " ".join(f"<b>{k}</b>" if k == page else f'<a href="{page_name(k)}">{k}</a>' for k in range(1, last + 1))
    cells = "\n".join(cell(row, records.get(row.name)) for row in shown)
    return Template(files(__package__).joinpath("gallery.html").read_text(encoding="utf-8")).substitute(
        refresh=f'<meta http-equiv="refresh" content="{REFRESH}">' if running else "",
        summary=escape(summary) if page == 1 else "", pages=f"<nav>{links}</nav>" if last > 1 else "", cells=cells)


def cell(row: Row, record: Record | None) -> str:
    """A row's picture or what stands for one, its prompt, and numbers or the error."""
    prompt = row.recipe.prompt if len(row.recipe.prompt) <= CELL else row.recipe.prompt[:CELL - 1] + "\u2026"
    if record is None:
        inside, below = '<div class="none">waiting</div>', f"seed {row.recipe.seed}"
    elif not record.done:
        inside, below = '<div class="none bad">failed</div>', f"{row.place}: {record.error}"[:ERROR]
    else:
        picture = f"{quote(row.name)}/{record.thumb}"
        inside = f'<img src="{picture}" alt="" loading="lazy">' if record.thumb else '<div class="none">no picture</div>'
        agreement = record.metrics.get("agreement")
        score = f" \u00b7 agreement {agreement:.2f}" if isinstance(agreement, int | float) else ""
        below = f"seed {record.seed} \u00b7 {record.seconds:.0f} s{score}"
        inside = f'<a href="{quote(row.name)}/index.html">{inside}</a>'
    return f"<figure>{inside}<figcaption>{escape(prompt)}<br><small>{escape(below)}</small></figcaption></figure>"
