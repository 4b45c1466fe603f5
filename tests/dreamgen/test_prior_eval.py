"""An evaluation finds what is true of a prior that is known to be good, and to be bad."""

import json
from math import radians
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from shapes import SIZE, disc, row, write
from test_cli import TRIAL, python
from tiny import make_prior

from dreamgen import __main__
from dreamgen.errors import ConfigError
from dreamgen.io import images
from dreamgen.io.rng import stream
from dreamgen.training import raw
from dreamgen.training.augment import tinted
from dreamgen.training.captions import COLORS
from dreamgen.training.data import load
from dreamgen.training.evaluate import classify, colors, frechet, sheets, sides, table
from dreamgen.training.evaluate.evaluation import Config, Evaluation
from dreamgen.training.evaluate.exam import Exam, turned
from dreamgen.training.look import Look
from dreamgen.training.split import MIDDLES, split
from guidance import priors
from guidance.conditions import Condition
from guidance.priors import bundled
from guidance.priors.loading.files import write_card

AZIMUTHS = range(0, 360, 30)
SPOKEN = {"chair": "chair", "desk": "desk", "red apple": "red apple"}
FEW = Config(pictures=4, sides=2, colours=1, samples=0, shown=3, steps=2)


def thing(azimuth: int) -> np.ndarray:
    """A grey box with a dark front, wide from the side, with a bright back: [16, 16, 4] uint8."""
    picture = np.zeros((SIZE, SIZE, 4), np.uint8)
    wide = 3 + round(3 * abs(np.sin(radians(azimuth))))
    picture[4:12, 8 - wide:8 + wide] = (128, 128, 128, 255)
    picture[8:12, 8 - wide:8, :3] = 128 - round(60 * np.cos(radians(azimuth)))
    return picture


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Two chairs and a desk from AZIMUTHS, and the icon of an apple."""
    rows = [row(f"{name}{k}-{a}.png", name, a, k)
            for k, name in enumerate(("chair", "chair", "desk")) for a in AZIMUTHS]
    files = {r["file"]: thing(r["azimuth"]) for r in rows} | {"apple.png": disc((220, 30, 20))}
    return write(tmp_path_factory.mktemp("things"), files, [*rows, row("apple.png", "red apple")])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = make_prior(tmp_path_factory.mktemp("prior"))
    write_card(folder, {"words": ["chair", "desk", "red apple"], "trained_on_pictures": 7, "held_out_after": 0})
    return folder


class Knows:
    """A prior that denoises perfectly the picture of the name (or the side) that it is asked for, else not at all.

    ``conditions`` are told apart by one number in their text.
    """

    def __init__(self, right: int, N: int):
        self.right, self.names = right, Condition(torch.arange(N).float().view(N, 1, 1), torch.ones(N, 1, dtype=bool),
                                                  torch.zeros(N, 4))
        self.schedule = bundled.network.schedule_of(bundled.network.make_scheduler().config)
        self.rows = 0

    def eps(self, x_t, t, condition):
        self.rows += len(x_t)
        off = (condition.text[:, 0, 0] - self.right).abs().view(-1, 1, 1, 1)
        alpha, sigma = self.schedule.at(t, x_t)
        return (x_t - alpha * self.x0) / sigma + off * torch.ones_like(x_t)


def test_the_name_that_denoises_best_comes_first_and_costs_what_is_said():
    for right in (0, 29):
        prior = Knows(right, 30)
        prior.x0 = torch.rand(1, 4, 8, 8, generator=stream(0, "test")) * 2 - 1
        order = classify.ranking(prior, prior.x0, prior.names, torch.zeros(1, 4), stream(0, "test"))
        assert order == sorted(range(30), key=lambda n: abs(n - right)) and prior.rows == classify.rows(30)


def test_the_exam_holds_what_training_leaves_out_and_no_more(source):
    exam, data = Exam(source, SPOKEN, SIZE, 100), load(source, SIZE)
    trained, held = split(data)
    assert {r.file for r in exam.held} == {r.file for r in held.rows}
    assert {r.file for r in exam.trained} | {"apple.png"} == {r.file for r in trained.rows}
    x = exam.pictures(exam.held)
    assert x.shape == (9, 4, SIZE, SIZE) and x.min() >= 0 and x.max() <= 1
    same = {r.file: p for r, p in zip(held.rows, held.pictures, strict=True)}
    assert all(torch.equal((a * 255).round(), same[r.file].float()) for a, r in zip(x, exam.held, strict=True))


def test_every_name_is_asked_before_one_is_asked_twice(source):
    exam = Exam(source, SPOKEN, SIZE, 100)
    assert [r.name for r in exam.questions(3)] == ["chair", "desk", "red apple"]
    assert len(exam.questions(100)) == 10 and exam.questions(5) == Exam(source, SPOKEN, SIZE, 100).questions(100)[:5]
    two = list(Exam(source, SPOKEN, SIZE, 2).spoken)
    assert len(two) == 2 and two == sorted(two)


def test_a_turned_icon_is_the_same_thing_elsewhere():
    x = torch.from_numpy(disc((220, 30, 20))).permute(2, 0, 1) / 255
    y = turned(x, "apple.png")
    assert torch.equal(y, turned(x, "apple.png")) and not torch.equal(y, turned(x, "pear.png"))
    assert 0.3 * x[3].sum() < y[3].sum() < 0.8 * x[3].sum()
    assert colors.dominant(y) == colors.dominant(x) == "red"


def test_a_view_is_known_by_its_shape_and_shading_whatever_its_color(source):
    exam = Exam(source, SPOKEN, SIZE, 100)
    models = [torch.stack([sides.to_the_right(x, r.azimuth) for x, r in zip(exam.pictures(list(m.held)), m.held, strict=True)])
              for m in exam.models() if m.name == "chair"]
    red = tinted(models[0], torch.tensor([[0.85, 0.12, 0.10]] * 3))
    assert sides.shown(red, torch.stack(models[1:])) == [0, 1, 2]
    assert sides.shown(red.flip(0), torch.stack(models[1:])) == [2, 1, 0]
    assert sides.shown(models[0][:1].expand(3, -1, -1, -1), torch.stack(models)) == [0, 0, 0]      # Janus


def test_a_thing_that_looks_alike_from_all_sides_is_not_asked_for_them(source):
    exam = Exam(source, SPOKEN, SIZE, 100)
    model = exam.models()[0]
    trained, held = (exam.pictures([*rows]) for rows in (model.trained, model.held))
    same, noise = held[:1].expand(3, -1, -1, -1), torch.rand(3, 4, SIZE, SIZE, generator=stream(0, "test"))
    assert sides.differ(trained, held) and not sides.differ(same, held)
    assert not sides.differ(same * 0.9 + 0.1 * noise, same * 0.9 + 0.1 * noise.flip(-1))


def test_left_views_are_mirrored_and_no_others():
    x = torch.rand(4, 8, 8)
    for degrees in (-90, 270, -40):
        assert torch.equal(sides.to_the_right(x, radians(degrees)), x.flip(-1)), degrees
    for degrees in (90, 0, 180, -180):
        assert torch.equal(sides.to_the_right(x, radians(degrees)), x), degrees


@pytest.mark.parametrize("side", range(3))
def test_the_prior_takes_a_picture_for_the_side_under_which_it_denoises_it_best(side, monkeypatch):
    prior = Knows(side, 3)
    prior.x0 = torch.rand(1, 4, 8, 8, generator=stream(0, "test")) * 2 - 1
    number = list(MIDDLES)
    monkeypatch.setattr(sides, "view", lambda prior, phrase, said, degrees: prior.names[[number.index(said)]])
    assert sides.side_of(prior, prior.x0.expand(2, -1, -1, -1), "a chair", stream(0, "test")) == [side, side]


def test_tinted_pictures_have_the_color_they_were_tinted_in(source):
    x = Exam(source, SPOKEN, SIZE, 100).pictures(Exam(source, SPOKEN, SIZE, 100).held[:1])
    for name, rgb in COLORS.items():
        assert colors.dominant(tinted(x, torch.tensor([rgb]))[0]) == name
    assert colors.dominant(torch.zeros(4, 8, 8)) is None


def test_lab_is_as_published():
    got = colors.lab(torch.tensor([[1.0, 1, 1], [0, 0, 0], [1, 0, 0]]))
    torch.testing.assert_close(got, torch.tensor([[100.0, 0, 0], [0, 0, 0], [53.24, 80.09, 67.20]]), atol=0.05, rtol=0)


def test_frechet_distance_is_that_of_the_fitted_gaussians():
    rng = stream(0, "test")
    a, b = torch.randn(4000, 3, generator=rng).double(), torch.randn(4000, 3, generator=rng).double() * 3 + 2
    assert frechet.distance(a, a) == pytest.approx(0, abs=1e-8)
    assert frechet.distance(a, b) == pytest.approx(3 * (2**2 + (3 - 1)**2), rel=0.05)
    few = torch.randn(5, 40, generator=rng).double()            # fewer than dimensions
    assert frechet.distance(few, few + 1) == pytest.approx(40)


def test_frechet_features_tell_things_apart(source):
    net = frechet.network(torch.device("cpu"))
    if net is None:
        pytest.skip(f"needs {frechet.PACKAGES}")
    x = torch.zeros(3, 4, 32, 32)
    x[0, :, 8:24, 8:24], x[1, :, 8:24, 9:25], x[2, 3], x[2, 0] = 1, 1, 1, 1
    f = frechet.features(net, x)
    assert f.shape == (3, 1280) and (f[0] - f[1]).norm() < 0.7 * (f[0] - f[2]).norm()


def test_the_blind_sheet_shows_each_word_once_and_its_key_says_where(tmp_path):
    drawn = {f"word {k}": np.full((8, 8, 3), k / 20) for k in range(13)}
    sheets.write(drawn, tmp_path, seed=3)
    key = [line.split(" ", 1) for line in (tmp_path / "blind-key.txt").read_text().splitlines()]
    assert [int(n) for n, _ in key] == list(range(1, 14)) and sorted(w for _, w in key) == sorted(drawn)
    assert [w for _, w in key] != list(drawn)
    seen, blind = images.read(tmp_path / "words.png"), images.read(tmp_path / "blind.png")
    assert seen.shape == blind.shape
    for number, word in key:
        shown = round(drawn[word][0, 0, 0] * 255)
        for sheet, place in ((blind, int(number) - 1), (seen, list(drawn).index(word))):
            assert (centre(sheet, place) == shown).all()


def centre(sheet: np.ndarray, k: int) -> np.ndarray:
    """A pixel in the middle of the k-th picture."""
    pitch = (sheet.shape[1] - sheets.GAP) // sheets.COLUMNS
    return sheet[int((k // sheets.COLUMNS + 0.6) * pitch), int((k % sheets.COLUMNS + 0.5) * pitch)]


def test_the_numbers_repeat_and_every_row_of_the_network_is_counted(source, folder):
    def asked():
        prior = priors.load(folder, "cpu", "float32")
        evaluation = Evaluation(prior, source, SPOKEN, FEW, lambda text: None)
        return evaluation.run(), evaluation

    (one, evaluation), (two, _) = asked(), asked()
    assert one == two and {m.key for m in one} == {
        "top1", "top5", "top1_views", "top1_icons", "sides_told", "sides_drawn", *(f"sides_drawn_{s}" for s in MIDDLES),
        "colours"}
    drawn = 2 * 3 + 10 + 3                                       # names x sides, colors, words
    told = 2 * 3 * 4 * len(sides.LEVELS)
    assert evaluation.rows == 4 * classify.rows(3) + told + drawn * FEW.steps * 2
    assert list(evaluation.drawn) == ["chair", "desk", "red apple"]
    assert evaluation.drawn["desk"].shape == (SIZE, SIZE, 3)


def test_whether_the_pictures_were_seen_is_said_as_the_card_says():
    made = {"trained_on_pictures": 7, "held_out_after": None}
    assert "SEEN: its card does not say" in table.held_out(made)
    assert "PARTLY SEEN: nothing was held out in the first 5" in table.held_out({**made, "held_out_after": 5})
    assert table.held_out({**made, "held_out_after": 0}).endswith("were held out")


def test_one_command_writes_a_table_and_keeps_the_history(source, folder, tmp_path, capsys):
    names = tmp_path / "names.txt"
    names.write_text("chair\ndesk\nred apple\nhorse\n")
    for k in range(2):
        words = ["prior", "eval", source, "--out", tmp_path / str(k), "--prior", folder, "--device", "cpu",
                 "--words", names, "--pictures", 3, "--sides", 0, "--colours", 0, "--samples", 0, "--shown", 2,
                 "--steps", 1, "--note", "tiny", "--precision", "float32", "--history", tmp_path / "h.jsonl"]
        assert __main__.main([*map(str, words)]) == 0
        said = capsys.readouterr()
        assert "left out 1 names that the prior does not know: horse" in said.err
        assert "the right one of 3 names first" in said.out and "the views that judge it were held out" in said.out
        assert (f"{folder.name}, " in said.out.splitlines()[1]) == (k == 1)       # beside the earlier one
    one, two = (json.loads(line) for line in (tmp_path / "h.jsonl").read_text().splitlines())
    assert one["measures"] == two["measures"] and one["note"] == "tiny" and one["trained_on_pictures"] == 7
    assert one["measures"]["top1"]["of"] == 3 and one["asked"]["pictures"] == 3 and one["rows"] > 0
    assert sorted(p.name for p in (tmp_path / "0").iterdir()) == [
        "blind-key.txt", "blind.png", "eval.json", "eval.txt", "words.png"]


def test_of_arrays_the_designs_that_no_training_sees_are_asked_at_the_priors_size(tmp_path):
    look = Look(views=16, size=32, samples=1)
    raw.write(tmp_path / "data", 2, look, names=("barrel", "chair"))
    held = raw.load(tmp_path / "data", 32, held=True)
    exam = Exam(tmp_path / "data", {"chair": "chair", "barrel": "barrel"}, 16, 100)
    asked = exam.questions(4)
    assert asked and {row.object for row in [*asked, *exam.held, *exam.trained]} == {"chair-0", "barrel-0"}
    assert not {row.file for row in exam.held} & {row.file for row in exam.trained}
    assert {row.file for row in asked} <= {row.file for row in held.rows}
    k = [row.file for row in held.rows].index(asked[0].file)
    whole = Exam(tmp_path / "data", {"chair": "chair", "barrel": "barrel"}, 32, 100)
    assert torch.equal(whole.pictures(asked[:1])[0], held.pictures[k].float() / 255)
    torch.testing.assert_close(exam.pictures(asked[:1])[0].mean((1, 2)), held.pictures[k].float().mean((1, 2)) / 255,
                               atol=0.01, rtol=0)
    assert exam.pictures(asked).shape == (len(asked), 4, 16, 16)
    assert [model.name for model in exam.models()] and all(model.held != model.trained for model in exam.models())
    for path in (tmp_path / "data").glob("part-0000-*"):
        path.unlink()
    with pytest.raises(ConfigError, match="first parts are missing"):
        Exam(tmp_path / "data", {"chair": "chair"}, 16, 100)


@pytest.mark.parametrize("spoken, said", [
    ({"horse": "horse"}, "its card lists none of the 1 names"), ({"chairs": "chair"}, "shows none of the 1 names")])
def test_names_that_nobody_knows_are_one_error(source, folder, spoken, said):
    with pytest.raises(ConfigError, match=said):
        Evaluation(priors.load(folder, "cpu", "float32"), source, spoken, FEW, lambda text: None)


def test_a_prior_without_opacity_is_refused(source):
    with pytest.raises(ConfigError, match="one that draws opacity"):
        Evaluation(SimpleNamespace(name="sd", pixels=False, opacity=False), source, SPOKEN, FEW, lambda text: None)


def test_a_damaged_history_is_one_error(tmp_path):
    (tmp_path / "h.jsonl").write_text('{"measures": {}}\n{"mea')
    with pytest.raises(ConfigError, match="its last line is no record"):
        table.last(tmp_path / "h.jsonl")
    assert table.last(tmp_path / "none.jsonl") is None and table.last(None) is None


def test_wrong_command_lines_get_one_line_without_torch(tmp_path):
    (tmp_path / "set").mkdir()
    wrong = [("eval", "required: data"), ("eval set", "required: --out"),
             ("eval nowhere --out o", "nowhere: no such folder"),
             ("eval set --out o --pictures -1", "--pictures: need at least 0"),
             ("eval set --out o --steps 0", "--steps: need at least 1"),
             ("eval set --out o --words x.txt", "cannot read x.txt"), ("evl set", "did you mean 'eval'?")]
    done = python("-c", TRIAL, cwd=tmp_path, stdin=json.dumps([["prior", *words.split()] for words, _ in wrong]))
    assert done.returncode == 0, done.stderr
    for (words, answer), (code, said, _, torch_is_in) in zip(wrong, json.loads(done.stdout), strict=True):
        assert code == 2 and said.count("\n") == 1 and answer in said and not torch_is_in, (words, code, said)
