"""The drawings of the gallery look in another engine as in ours, and read back and written again are the same files."""

import numpy as np
import pytest
from drawings import resvg
from test_cli import ROOT

from dreamgen import formats, svg

EDGE = 256
FILES = sorted((ROOT / "docs" / "gallery-svg").glob("*.svg"))


def test_the_gallery_is_whole():
    assert len(FILES) == 36


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_drawing_of_the_gallery_is_what_resvg_sees_and_what_is_written_again(path):
    data = path.read_bytes()
    drawing = svg.read(data, path.name).drawing
    ours, theirs = svg.picture(drawing, EDGE), resvg(data, EDGE)
    assert ours.shape == theirs.shape
    over = [picture[..., :3] * picture[..., 3:] + 1 - picture[..., 3:] for picture in (ours, theirs)]
    assert np.abs(over[0] - over[1]).mean() * 255 < 1
    assert formats.write(drawing, ["svg"])["asset.svg"] == data
