"""In a budget of bytes the paths go first whose loss is seen least."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from dreamgen import formats, svg
from dreamgen.__main__ import main
from dreamgen.io import images
from dreamgen.svg.budget import changes, subset, within
from renderers.drawing import Drawing, Paint, chains, fit, look, only
from renderers.ops.fill import fill
from renderers.vector.shapes import circles

E = 64


def discs(count, seed=0, opacity=1.0):
    """``count`` discs of other sizes and colors over each other, on a canvas of 100 x 100."""
    rng = torch.Generator().manual_seed(seed)
    where, radius = 20 + 60 * torch.rand(count, 2, generator=rng), torch.linspace(25, 3, count)
    points = circles(where, radius, 4, 0.0, rng).flatten(0, 1).numpy()
    colors = np.concatenate([np.random.default_rng(seed).random((count, 3)), np.full((count, 1), opacity)], 1)
    return Drawing(chains([4] * count, True, Paint.NONZERO), points, colors.astype(np.float32), np.zeros(count, np.float32),
                   (100.0, 100.0), None, np.arange(count, dtype=np.int32), "discs")


def length(drawing):
    return len(formats.write(drawing, ["svg"])["asset.svg"])


@pytest.mark.parametrize("opacity", [1.0, 0.6])
def test_a_change_is_that_of_the_picture_without_the_path(opacity):
    drawing = discs(7, 1, opacity)
    points, widths = look(torch.from_numpy(drawing.points), torch.from_numpy(drawing.widths), fit(drawing.size, (E, E)))

    def picture(those):
        colors = torch.from_numpy(drawing.colors[those])[None]
        return fill(points, colors, widths[:, those], only(drawing.paths, those), (E, E))[0]

    all_of_them = np.ones(7, bool)
    want = [float((picture(all_of_them) - picture(np.arange(7) != n)).square().sum() / E**2) for n in range(7)]
    assert changes(drawing) == pytest.approx(want, rel=1e-4, abs=1e-9)


def test_the_file_fits_and_one_path_more_would_not():
    drawing = svg.clean(discs(24)).drawing
    whole = length(drawing)
    assert within(drawing, whole, length) is drawing
    for most in (whole - 1, whole // 2, whole // 3):
        made = within(drawing, most, length)
        assert length(made) <= most and 0 < len(made.paths) < len(drawing.paths) and made.title == "discs"
        assert most - length(made) < 2 * whole / len(drawing.paths)
    assert len(within(drawing, 10, length).paths) == 1


def test_what_is_seen_least_goes_first():
    """Two large discs and, on one of them, a small one of nearly its color; then a hidden one, at the bottom."""
    drawing = discs(4, 3)
    rng = torch.Generator().manual_seed(0)
    points = circles(torch.tensor([[70.0, 70], [30, 30], [70, 70], [70, 70]]), torch.tensor([10.0, 25, 25, 4]), 4, 0.0, rng)
    colors = np.float32([[0, 0, 1, 1], [1, 0, 0, 1], [0, 1, 0, 1], [0, 0.9, 0, 1]])
    drawing = replace(drawing, points=points.flatten(0, 1).numpy(), colors=colors)
    assert changes(drawing).argsort(kind="stable")[:2].tolist() == [0, 3]
    assert within(drawing, length(subset(drawing, np.array([0, 1, 1, 0], bool))), length).colors.tolist() == colors[1:3].tolist()


def test_vectorize_keeps_to_its_bytes(tmp_path, capsys):
    seen = svg.picture(svg.clean(discs(12)).drawing, 48)
    images.write(tmp_path / "discs.png", seen[..., :3] * seen[..., 3:] + 1 - seen[..., 3:])
    command = ["vectorize", str(tmp_path / "discs.png"), "--paths", "12", "--quiet"]
    assert main([*command, "--bytes", "1500"]) == 0
    assert 700 < len((tmp_path / "discs.traced.svg").read_bytes()) <= 1500
    (tmp_path / "discs.traced.svg").unlink()
    assert main([*command, "--bytes", "20"]) == 2 and not (tmp_path / "discs.traced.svg").exists()
    assert "20 are too few" in capsys.readouterr().err
    assert main([*command, "--bytes", "500", "--out", str(tmp_path / "discs.png.pdf")]) == 2
    assert "--bytes: is for .svg" in capsys.readouterr().err
