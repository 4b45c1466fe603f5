"""A flat scene begins from that picture of the prior's which agrees best, calmed."""

from types import SimpleNamespace

import pytest
import torch

from dreamgen.recipes.recipe import Stage
from dreamgen.state import drawn, initial
from dreamgen.state.drawn import SYMMETRY, shown
from guidance.conditions import Condition
from renderers.scenes.image import IMAGE, Config
from renderers.sheet import upright
from tests.guidance.closed import VP


@pytest.mark.parametrize("scores, best", [((0.1, 0.9, 0.5), 1), ((0.7, 0.2, 0.1), 0)])
def test_the_picture_that_agrees_best_is_begun_from(monkeypatch, tmp_path, scores, best):
    grey = torch.tensor([0.2, 0.5, 0.8]).view(3, 1, 1, 1).expand(3, 8, 8, 4).clone()
    grey[..., 3] = 1
    monkeypatch.setattr(initial, "sampled", lambda work: grey)
    monkeypatch.setattr(initial, "judged", lambda work, drawn: torch.tensor(scores))
    (tmp_path / "previews").mkdir()
    cfg = Config(size=8)
    scene = IMAGE(cfg, torch.Generator().manual_seed(0))
    done = []
    work = SimpleNamespace(
        position=SimpleNamespace(started=False, seed=0), scene=scene, stage=Stage(cfg), folder=tmp_path, note=str,
        recipe=SimpleNamespace(start=SimpleNamespace(file="", pictures=3, views=[])), keep_source=lambda: done.append("source"),
        save=lambda: done.append("save"))
    notes = list(initial.start(work))
    assert notes[0] == f"picture {best + 1} of 3 drawn from the prior, agreement {scores[best]:.2f}"
    seen = scene.render(upright((8, 8))).rgb.detach()
    assert seen.mean() == pytest.approx(float(grey[best, ..., :3].mean()), abs=0.1)
    assert work.position.started and done == ["source", "save"] and (tmp_path / "previews" / "0-start.png").is_file()
    assert list(initial.start(work)) == []                              # once


def test_a_recipe_without_pictures_begins_from_nothing():
    recipe = SimpleNamespace(start=SimpleNamespace(file="", pictures=0))
    work = SimpleNamespace(position=SimpleNamespace(started=False), recipe=recipe)
    assert list(initial.start(work)) == [] and not work.position.started


def test_a_checkerboard_is_calmed_and_a_flat_picture_stays():
    board = ((torch.arange(6)[:, None] + torch.arange(6)) % 2).float()[..., None].expand(6, 6, 4)
    calm = initial.calmed(board)
    torch.testing.assert_close(calm[1:-1, 1:-1], torch.full((4, 4, 4), 0.5))
    flat = torch.full((5, 7, 4), 0.3)
    torch.testing.assert_close(initial.calmed(flat), flat)
    dot = torch.zeros(5, 5, 1)
    dot[2, 2] = 16
    want = torch.tensor([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]])
    torch.testing.assert_close(initial.calmed(dot)[1:4, 1:4, 0], want)


def test_of_a_things_sides_the_one_that_shows_most_counts_most():
    picture = torch.zeros(3, 10, 10, 4)
    for k, (first, last) in enumerate(((3, 7), (2, 10), (2, 7))):
        picture[k, :, first:last, 3] = 1
    views = ["front", "side", "symmetric"]
    torch.testing.assert_close(shown(picture, views), torch.tensor([4 / 8, 1.0, SYMMETRY * 5 / 8]))
    torch.testing.assert_close(shown(0 * picture, views), torch.ones(3))


def test_what_is_not_symmetric_in_a_plain_front_view_is_not_drawn_so():
    """A lamp with an arm to one side: its symmetric picture has two."""
    picture = torch.zeros(3, 10, 10, 4)
    picture[0, 5:, 4:6] = picture[0, 2:5, 4:] = 1
    picture[1:, :, 2:8] = 1
    assert shown(picture, ["front", "side", "symmetric"]).tolist() == pytest.approx([28 / 60, 1.0, 0.0])
    assert shown(picture, ["corner", "side", "symmetric"]).argmax() == 2


def test_pictures_are_guided_where_it_decides_what_they_show_and_a_symmetric_one_is_its_own_mirror_image():
    class Prior:
        channels, size, schedule, pixels = 4, 8, VP, True

        def condition(self, prompts, *angles):
            said = torch.tensor([0.9 if prompt else 0.8 for prompt in prompts]).view(-1, 1, 1)
            return Condition(said, torch.ones(len(prompts), 1, dtype=torch.bool),
                             torch.zeros(len(prompts), 4))

        def decode(self, x0):
            return x0.permute(0, 2, 3, 1).split((3, 1), -1)

        def eps(self, x_t, t, condition):
            rows.append(len(x_t))
            return condition.text[:, :, :, None] * x_t

    def seen_at(scale, guided_from):
        return drawn.draw(Prior(), "a box", ["symmetric", "side"], 10, scale, 0.7, guided_from, torch.Generator().manual_seed(0))

    rows = []
    seen = seen_at(4.0, 0.4)
    assert rows == [4] * 6 + [2] * 4                            # t = 999, 899, ..., 99
    assert not torch.equal(seen, seen_at(1.0, 0.4)) and torch.equal(seen_at(4.0, 1.0), seen_at(1.0, 1.0))
    torch.testing.assert_close(seen[0], seen[0].flip(1))
    assert seen.shape == (2, 8, 8, 4) and not torch.equal(seen[1], seen[1].flip(1))
