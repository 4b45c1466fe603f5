"""Pictures and videos on disk are the arrays that were given."""

import ast
import errno
import os
import sys
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from solids import BLUE, GREEN, RED, YELLOW, quarters

import dreamgen
from dreamgen.errors import FileError
from dreamgen.io import images, video


def test_floats_are_rounded_to_the_nearest_of_256_and_clipped():
    got = images.to_uint8(np.array([0, 0.5 / 255 - 1e-6, 0.5 / 255 + 1e-6, 1, 2, -1, np.nan, np.inf]))
    assert got.tolist() == [0, 0, 1, 255, 255, 0, 0, 255] and got.dtype == np.uint8


def test_a_png_returns_the_very_pixels(tmp_path):
    picture = np.random.default_rng(0).integers(0, 256, (7, 5, 3), dtype=np.uint8)
    assert np.array_equal(images.read(images.write(tmp_path / "new" / "a.png", picture)), picture)
    assert images.png(picture) == images.png(picture.copy())


def test_transparency_is_laid_over_white(tmp_path):
    picture = np.zeros((1, 2, 4), np.uint8)
    picture[0, 1] = (255, 0, 0, 128)
    assert images.read(images.write(tmp_path / "a.png", picture)).tolist() == [[[255, 255, 255], [255, 127, 127]]]
    assert np.allclose(images.over_white(np.array([[0.25, 0, 0]]), np.array([[0.5]])), [[0.75, 0.5, 0.5]])


def test_what_is_no_picture_is_one_sentence():
    with pytest.raises(ValueError, match=r"^it\.png: not a picture"):
        images.decode(b"GIF, or so they say", "it.png")


def test_a_thumbnail_keeps_its_shape_and_its_mean():
    wide = np.random.default_rng(0).random((40, 80, 3))
    small = images.thumbnail(wide, 20)
    assert small.shape == (10, 20, 3) and abs(small.mean() / 255 - wide.mean()) < 0.01
    assert np.array_equal(images.thumbnail(quarters(4), 8), quarters(8))


def test_a_sheet_puts_each_picture_in_its_cell_and_captions_in_ink():
    layout = images.SheetLayout(cell=40, gap=4, text=10)
    cells = [[np.full((8, 8, 3), color, np.uint8) for color in row] for row in ((RED, GREEN), (BLUE,))]
    plain = images.contact_sheet(cells, layout=layout)
    assert plain.shape == (92, 92, 3)
    centres = [tuple(map(int, plain[y, x])) for y, x in ((24, 24), (24, 68), (68, 24), (68, 68))]
    assert centres == [RED, GREEN, BLUE, (255, 255, 255)]
    words = images.contact_sheet(cells, ["a red armchair", "\u00fcber \U0001f600 " * 200], ["front", "back"], layout)
    assert words.shape == (92 + 3 * 14, 92, 3) and words[:32].min() < 60 and words[32:72, 4:44].min() == min(RED)


def test_a_sheet_of_nothing_is_refused():
    with pytest.raises(ValueError, match="contact sheet: needs at least one picture"):
        images.contact_sheet([])


def frames(count: int = 6, edge: int = 63) -> list[np.ndarray]:
    return [np.roll(quarters(64)[:edge, :edge], 4 * i, axis=1) for i in range(count)]


def test_a_video_shows_its_frames_in_order_and_in_color(tmp_path):
    path = video.write(tmp_path / "runs" / "turntable.mp4", frames(), fps=12)
    reader = imageio_ffmpeg.read_frames(str(path))
    about = next(reader)
    W, H = about["size"]
    got = [np.frombuffer(frame, np.uint8).reshape(H, W, 3).astype(int) for frame in reader]
    assert about["codec"] == "h264" and about["fps"] == 12
    assert about["pix_fmt"].startswith("yuv420p(tv, bt709/bt709/iec61966-2-1")
    assert len(got) == 6 and (H, W) == (64, 64)                               # 63 is odd
    for (y, x), color in {(10, 10): RED, (10, 50): GREEN, (50, 10): BLUE, (50, 50): YELLOW}.items():
        assert np.abs(got[0][y, x] - color).max() <= 6
    assert np.abs(got[5][10, 30] - RED).max() <= 6 and np.abs(got[0][10, 36] - GREEN).max() <= 6
    assert [p.name for p in path.parent.iterdir()] == ["turntable.mp4"]


@pytest.mark.parametrize("given, message", [
    ([], "got no frames"),
    ([quarters(8), quarters(10)], r"\(8, 8, 3\), \(10, 10, 3\)"),
])
def test_a_video_needs_frames_of_one_size(given, message, tmp_path):
    with pytest.raises(ValueError, match=message):
        video.write(tmp_path / "a.mp4", given)


def test_a_full_disk_leaves_the_earlier_video(tmp_path, monkeypatch):
    path = video.write(tmp_path / "a.mp4", frames())
    before = path.read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match=r"a\.mp4: the video cannot be written \(No space left on device\)"):
        video.write(path, frames(3))
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1


# The last one is what a disk that fills up looks like: a file that is there and not whole.
@pytest.mark.skipif(os.name == "nt", reason="the false ffmpeg is a shell script")
@pytest.mark.parametrize("script, says", [
    (None, "No such file or directory"),
    ("exit 3", "ffmpeg ended with 3"),
    ("for last; do :; done; echo half a video > $last; echo 'No space left' >&2; echo >&2; exit 1", "No space left"),
], ids=["missing", "silent", "half"])
def test_an_ffmpeg_that_is_missing_or_fails_is_one_sentence(script, says, tmp_path, monkeypatch):
    path, fake = video.write(tmp_path / "out" / "a.mp4", frames()), tmp_path / "ffmpeg"
    before = path.read_bytes()
    if script is not None:
        fake.write_text(f"#!/bin/sh\n{script}\n")
        fake.chmod(0o755)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(fake))
    with pytest.raises(FileError, match=rf"a\.mp4: the video cannot be written \({says}\); what was there before"):
        video.write(path, frames(3))
    assert path.read_bytes() == before and [p.name for p in path.parent.iterdir()] == ["a.mp4"]


def test_ffmpeg_is_imported_only_where_a_film_is_made(tmp_path, monkeypatch):
    top = [node for path in Path(dreamgen.__file__).parent.rglob("*.py") for node in ast.parse(path.read_bytes()).body]
    assert not any("imageio_ffmpeg" in ast.unparse(node) for node in top if isinstance(node, ast.Import | ast.ImportFrom))
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(FileError, match=r"a\.mp4: the video cannot be written \(.*pip install imageio-ffmpeg"):
        video.write(tmp_path / "a.mp4", [np.zeros((4, 4, 3))])
    assert not list(tmp_path.iterdir())
