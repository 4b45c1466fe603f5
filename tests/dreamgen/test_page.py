"""A run's page: whole, safe, self-contained, and painted by a real browser where there is one."""

import errno
import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from html.parser import HTMLParser

import numpy as np
import pytest
from browser import Browser, installed
from solids import BLUE, GREEN, RED, YELLOW, box, quarters

from dreamgen import formats, page
from dreamgen.errors import FileError
from dreamgen.io import images, video
from dreamgen.io.atomic import save
from dreamgen.page.curves import changes, chart, curves
from dreamgen.page.meanings import MEANINGS
from dreamgen.recipes import registry

HOSTILE = "</title></h1><script>alert('x')</script> & \"a\" $style \U0001f600\nnew line"


def rows(count: int = 30) -> list[dict]:
    return [dict(stage=int(i > 19), step=i % 20, steps=20, seed=0, seconds=2.0 * i, coverage=0.2 + i / 100,
                 gradient=10.0 ** (i % 3), losses={"opacity": 1 / (i + 1), "z<variance>": 0.5}) for i in range(count)]


@pytest.fixture
def run(tmp_path):
    """The folder of a finished run of a box."""
    about = dict(prompt=HOSTILE, seed=7, prior="bundled", seconds=134.5, memory_mb=1800.25, device="cpu",
                 dead=["fog <1>"], versions={"torch": "2.13.0"},
                 metrics={"iou": 0.97123, "triangles": 12, "mesh": {"reason": "", "seconds": {"unwrap": 71}}})
    history = "".join(json.dumps(row) + "\n" for row in rows()) + '{"stage": 1, "ste'
    save({"run.json": json.dumps(about).encode(), "history.jsonl": history.encode()}, tmp_path)
    save(formats.write(box(), ["glb", "stl"]), tmp_path)
    images.write(tmp_path / "contact.png", images.contact_sheet([[quarters()] * 4]))
    for step in (10, 20):
        images.write(tmp_path / "previews" / f"0-{step:05d}.png", quarters())
    video.write(tmp_path / "turntable.mp4", [np.roll(quarters(64), i, 1) for i in range(0, 64, 4)])
    return tmp_path


class Links(HTMLParser):
    """What a page would fetch, and the tags it has."""

    def __init__(self, text: str):
        super().__init__()
        self.found, self.tags = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.found += [value for name, value in attrs if name in ("src", "href")]


def test_everything_that_the_page_links_to_lies_in_the_folder(run):
    links = Links(page.write(run).read_text("utf-8")).found
    assert set(links) == {"contact.png", "turntable.mp4", "previews/0-00010.png", "previews/0-00020.png", "asset.glb",
                          "asset.stl"}
    assert all((run / link).is_file() for link in links)


def test_the_page_fetches_nothing_and_forbids_it(run):
    text = page.html(run)
    assert "default-src 'none'" in text and not re.search(r"https?:|//cdn|import\s*\(|fetch\(|XMLHttp", text)


def test_a_hostile_prompt_is_text(run):
    text = page.html(run)
    assert "<script>alert" not in text and "&lt;script&gt;alert(&#x27;x&#x27;)" in text and "$style" in text
    assert Links(text).tags.count("script") == 2 and "z&lt;variance&gt;" in text and "fog &lt;1&gt;" in text


def test_the_embedded_asset_is_the_file(run):
    embedded = re.search(r'id="glb">([^<]*)<', page.html(run)).group(1)
    assert b64decode(embedded) == (run / "asset.glb").read_bytes()


def test_the_run_s_facts_are_read_with_their_units(run):
    text = page.html(run)
    assert "seed 7 \u00b7 prior bundled \u00b7 device cpu \u00b7 time 2 min 14 s \u00b7 memory 1800 MB" in text
    assert "<tr><th>iou</th><td>0.9712</td></tr>" in text and "<tr><th>torch</th><td>2.13.0</td></tr>" in text
    assert "<tr><th>mesh: time: unwrap</th><td>1 min 11 s</td></tr>" in text and "reason" not in text


def test_a_number_that_is_not_plain_is_explained_in_its_row_and_under_its_curve(tmp_path):
    rows = "".join(json.dumps({"seconds": k, "coverage": 0.2}) + "\n" for k in range(3))
    save({"run.json": b'{"metrics": {"agreement": 0.5, "triangles": 8}}', "history.jsonl": rows.encode()}, tmp_path)
    text = page.html(tmp_path)
    assert '<td>0.5</td><td class="hint">how often the prompt' in text and "<td>8</td></tr>" in text
    assert "coverage: 0.2 (mean opacity" in text


def test_previews_are_told_by_seed_stage_and_step_the_start_first(tmp_path):
    for name in ("10-0-000005", "9-0-000005", "0-0-000005", "0-1-000010", "0-start"):
        images.write(tmp_path / "previews" / f"{name}.png", quarters())
    text = page.html(tmp_path)
    assert re.findall("<figcaption>(seed[^<]*)<", text) == [
        "seed 0, the start", "seed 0, stage 1, step 5", "seed 0, stage 2, step 10", "seed 9, stage 1, step 5",
        "seed 10, stage 1, step 5"]


@pytest.mark.parametrize("contents", [
    {}, {"run.json": b"{", "history.jsonl": b"\xff{}\n[1]\n"}, {"run.json": b"[1, 2]"},
], ids=["empty", "damaged", "foreign"])
def test_a_folder_with_little_in_it_has_a_page_too(contents, tmp_path):
    save(contents, tmp_path) if contents else None
    text = page.write(tmp_path, running=True).read_text("utf-8")
    assert tmp_path.name in text and "still running" in text and "<section>" not in text


def test_only_a_running_page_reloads_itself(run):
    assert 'http-equiv="refresh"' in page.html(run, running=True) and 'http-equiv="refresh"' not in page.html(run)


def test_a_full_disk_leaves_the_earlier_page(run, monkeypatch):
    before = page.write(run).read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match="index.html: cannot be written"):
        page.write(run, running=True)
    assert (run / "index.html").read_bytes() == before


def test_the_page_needs_no_torch():
    code = "import sys, dreamgen.page; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_curves_leave_out_what_is_no_number():
    got = curves([dict(seconds=1, coverage=0.5, losses={"a": float("nan")}), dict(coverage=1),
                  dict(seconds=2, coverage=0.25, losses={"a": 2}, method={"t": 0.5})])
    assert got == {"coverage": [(1, 0.5), (2, 0.25)], "losses.a": [(2, 2)], "method.t": [(2, 0.5)]}


def test_curves_mark_another_stage_and_another_seed():
    assert changes(rows()) == [(40.0, "stage 2, seed 0")]
    assert changes([dict(stage=0, seed=0, seconds=0), dict(stage=0, seed=3, seconds=9)]) == [(9, "stage 1, seed 3")]


def points(svg: str) -> np.ndarray:
    return np.array([list(map(float, p.split(","))) for p in re.search(r'points="([^"]*)"', svg).group(1).split()])


def test_a_chart_runs_from_corner_to_corner():
    corner = points(chart("coverage", [(10.0, 0.0), (20.0, 1.0)], []))
    assert corner.tolist() == [[62, 128], [312, 8]]
    decades = points(chart("gradient", [(0.0, 1.0), (1.0, 10.0), (2.0, 100.0)], []))
    assert decades[1].tolist() == [187, 68]
    assert np.isfinite(points(chart("coverage", [(0.0, 0.0), (0.0, 0.0)], []))).all()


def test_what_hardly_changes_is_drawn_flat():
    heights = points(chart("coverage", [(0.0, 0.500), (1.0, 0.501)], []))[:, 1]
    assert abs(heights[0] - heights[1]) < 3 and 60 < heights.mean() < 76


def test_every_loss_of_every_scene_has_a_phrase():
    names = {name for scene in registry.names("scene") for name in registry.read("scene", scene).regularizers or ()}
    assert names and {f"losses.{name}" for name in names} == {name for name in MEANINGS if name.startswith("losses.")}


def test_the_numbers_beside_a_chart_are_not_cut_off():
    text = chart("losses.sds", [(0.0, -1.234e-05), (1.0, -9.876e-05)], [])
    labels = re.findall(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="end">(-[^<]*)</text>', text)
    assert [label for _, label in labels] == ["-1.23e-05", "-9.88e-05"]
    assert all(float(x) - 6.2 * len(label) > 0 for x, label in labels), "11 px letters are about 6.2 wide"


def test_a_long_chart_is_thinned_and_keeps_its_end():
    many = points(chart("coverage", [(float(i), float(i)) for i in range(10_001)], []))
    assert len(many) <= 402 and many[-1].tolist() == [312, 8]


def test_chromium_paints_the_asset_from_disk(run, tmp_path_factory):
    path = installed()
    if path is None:
        pytest.skip("no Chromium is installed")
    about = json.loads((run / "run.json").read_text())
    (run / "run.json").write_text(json.dumps(about | {"prompt": "a box"}))
    browser = Browser(path, tmp_path_factory.mktemp("profile"))
    try:
        browser.open(page.write(run).as_uri(), "viewer")
        canvas = browser.picture("viewer").astype(int)
        assert browser.said == []
    finally:
        browser.close()
    for color in (RED, GREEN, BLUE, YELLOW):
        assert (np.abs(canvas - color).max(-1) <= 12).mean() > 0.01, f"the viewer shows no {color}"


def test_a_drawing_has_its_size_and_stands_there_without_scripts_too(run):
    save({"asset.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g id="layer-0"/></svg>' + b" " * 2000}, run)
    text = page.html(run)
    assert "asset.svg" in Links(text).found and page.packed_size(b" " * 2000) < 60
    assert f"{(run / 'asset.svg').stat().st_size:,} bytes, {page.packed_size((run / 'asset.svg').read_bytes())} with gzip" in text
    assert b64decode(re.search(r'id="svg">([^<]*)<', text).group(1)) == (run / "asset.svg").read_bytes()
