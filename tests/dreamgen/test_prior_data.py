"""What a prior is trained on: pictures that are whole, captions that are true of them."""

import re
import zipfile
from math import pi, radians

import numpy as np
import pytest
import torch
from shapes import SIZE, centre, colors, disc, make, row, write

from dreamgen.errors import ConfigError
from dreamgen.io import images
from dreamgen.io.rng import stream
from dreamgen.training import augment, config
from dreamgen.training.captions import COLORS, NUMBERS, Captions, Draws, view_word
from dreamgen.training.data import load


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return load(make(tmp_path_factory.mktemp("shapes")), SIZE)


@pytest.fixture(scope="module")
def captions(data):
    return Captions(data)


@pytest.fixture(scope="module")
def draws(captions):
    return captions.draw(600, stream(0, "test"))


def texts(captions, draws) -> list[str]:
    return [captions.texts[k] for k in draws.caption.tolist()]


def words(text: str) -> list[str]:
    return text.replace(",", "").split()


def same(one: Draws, other: Draws) -> bool:
    return all(torch.equal(a, b) for a, b in zip(vars(one).values(), vars(other).values(), strict=True))


def test_pictures_are_premultiplied_and_rows_in_radians(data):
    assert data.pictures.shape == (5, 4, SIZE, SIZE) and data.names == ["bush", "chair", "red apple"]
    apple = data.pictures[0]
    assert apple[:, 8, 8].tolist() == [220, 30, 20, 255] and not apple[:, 0, 0].any()
    assert data.rows[3].azimuth == radians(60) and data.rows[0].azimuth is None
    assert data.neutral == [False, False, True, True, True] and not data.skipped


def test_a_zip_is_a_folder(data, tmp_path):
    folder = make(tmp_path / "shapes")
    with zipfile.ZipFile(tmp_path / "shapes.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    assert load(tmp_path / "shapes.zip", SIZE).digest() == data.digest()


def test_large_and_oblong_pictures_are_fitted_into_the_square(tmp_path):
    tall = np.zeros((64, 32, 4), np.uint8)
    tall[:, :] = (0, 0, 255, 255)
    tall[0, 0, 3] = 0
    x = load(write(tmp_path, {"a.png": tall}, [row("a.png", "pole")]), SIZE).pictures[0]
    assert x[3].float().mean(0)[5:11].min() > 240 and x[3, :, :3].max() == 0 and x[3, :, 13:].max() == 0


def test_bad_rows_are_named_once_and_skipped(tmp_path):
    whole, opaque = disc((220, 30, 20)), np.full((SIZE, SIZE, 3), 99, np.uint8)
    files = {"good.png": whole, "text.png": b"no picture", "half.png": images.png(whole)[:60], "opaque.png": opaque,
             "empty.png": np.zeros((SIZE, SIZE, 4), np.uint8)}
    rows = [row("good.png", "apple"), row("text.png", "apple"), row("half.png", "apple"), row("opaque.png", "apple"),
            row("empty.png", "apple"), row("gone.png", "apple"), {"file": "good.png"}, "{oops", "[1]", "",
            {**row("good.png", "apple"), "colour": 3},
            {**row("good.png", "apple", 90), "azimuth": "left"}, {**row("good.png", "apple", 90), "elevation": None}]
    data = load(write(tmp_path, files, rows), SIZE)
    assert len(data.rows) == 1
    want = ["text.png: not a picture", "half.png: not a whole picture (", "opaque.png: opaque everywhere",
            "empty.png: shows nothing", "gone.png: missing", "metadata.jsonl:7: good.png: no caption",
            "metadata.jsonl:8: not JSON", "metadata.jsonl:9: need an object",
            "metadata.jsonl:11: good.png: colour: need a word or null, got 3",
            "metadata.jsonl:12: good.png: azimuth: need degrees or null, got 'left'",
            "metadata.jsonl:13: good.png: need both azimuth and elevation"]
    assert len(data.skipped) == len(want)
    for said, begins in zip(data.skipped, want, strict=True):
        assert said.startswith(begins) and "\n" not in said, said


@pytest.mark.parametrize("files, rows, words, said", [
    ({}, [row("gone.png", "apple")], None, "no usable picture; the first of 1 reasons: gone.png: missing"),
    ({}, [], None, "no usable picture"),
    ({"a.png": disc((220, 30, 20))}, [row("a.png", "apple")], {"aple": "aple"}, "'aple'; did you mean 'apple'?")])
def test_a_set_of_nothing_is_one_error(tmp_path, files, rows, words, said):
    with pytest.raises(ConfigError, match=re.escape(said)):
        load(write(tmp_path, files, rows), SIZE, words)


def test_a_folder_without_rows_and_a_broken_zip_are_one_error(tmp_path):
    with pytest.raises(ConfigError, match=r"no metadata\.jsonl"):
        load(tmp_path, SIZE)
    (tmp_path / "a.zip").write_bytes(b"PK, or so it says")
    with pytest.raises(ConfigError, match=r"neither a folder nor a whole \.zip"):
        load(tmp_path / "a.zip", SIZE)


def test_a_flip_mirrors_the_azimuth(data, draws):
    side = next(i for i, r in enumerate(data.rows) if r.file == "chair60.png")
    shown = draws[draws.row == side]
    sign = torch.where(shown.mirrored, -1.0, 1.0)
    torch.testing.assert_close(shown.azimuth, sign * radians(60))
    assert torch.equal(centre(augment.batch(data.pictures, shown)).sign(), sign)
    assert shown.mirrored.any() and not shown.mirrored.all()


def test_a_picture_is_scaled_about_its_middle_and_keeps_its_brightness(data, draws):
    """A disc of radius 4: its area falls with the square of the scale, and it stays where it is."""
    apple = draws[(draws.row == 0) & ~draws.mirrored][:12]
    x = (augment.batch(data.pictures, apple) + 1) / 2
    area = float((data.pictures[0, 3] / 255).sum())
    torch.testing.assert_close(x[:, 3].sum((1, 2)), area * apple.scale.square(), rtol=0.03, atol=0)
    assert centre(x * 2 - 1).abs().max() < 0.05 and (0.62 <= apple.scale).all() and (apple.scale <= 0.80).all()
    torch.testing.assert_close(x[:, :, 8, 8], (data.pictures[0, :, 8, 8] / 255).expand(len(x), 4))
    whole = Draws(*(v[:1] for v in vars(apple).values()))
    whole.scale[:] = 1.0
    torch.testing.assert_close((augment.batch(data.pictures, whole)[0] + 1) / 2, data.pictures[0] / 255)


def test_views_fill_their_square_and_icons_leave_room(data, draws):
    known = torch.tensor([row.azimuth is not None for row in data.rows])[draws.row]
    for there, (low, high) in ((known, (0.85, 1.0)), (~known, (0.62, 0.80))):
        assert low <= draws.scale[there].min() < draws.scale[there].max() <= high
    assert torch.equal(draws.elevation[known], torch.full_like(draws.elevation[known], radians(15)))
    guessed = draws[~known]
    assert guessed.azimuth.abs().max() <= pi + 1e-6 and guessed.azimuth.std() > 1.4         # from any side
    assert radians(-10.01) <= guessed.elevation.min() and guessed.elevation.max() <= radians(45.01)
    assert guessed.elevation.mean() == pytest.approx(radians(15), abs=radians(2))


def test_every_name_is_drawn_alike_and_every_picture_of_a_name(data, draws):
    counts = torch.bincount(draws.row, minlength=5) / len(draws)
    torch.testing.assert_close(counts, torch.tensor([3, 3, 1, 1, 1]) / 9, atol=0.06, rtol=0)


def test_a_tint_is_the_color_that_the_caption_names(data, captions, draws):
    tinted = draws[(draws.tint >= 0) & (draws.caption > 0)]
    tints = [[*COLORS][k] for k in tinted.tint.tolist()]
    for text, tint in zip(texts(captions, tinted), tints, strict=True):
        assert [w for w in words(text) if w in COLORS] == [tint], text
    assert colors(augment.batch(data.pictures, tinted)) == tints
    assert set(tints) == set(COLORS)
    assert all(data.rows[i].name == "chair" for i in tinted.row)        # the others have no model to tint
    untinted = draws[(draws.tint < 0) & (draws.caption > 0)]
    assert not any(set(words(text)) & set(COLORS) - {"red"} for text in texts(captions, untinted))


def test_a_color_that_is_known_is_said_and_never_painted_over(tmp_path):
    files = {"a.png": disc((200, 30, 30)), "b.png": disc((160, 110, 60)), "c.png": disc((240, 130, 20))}
    rows = [{**row("a.png", "vase", 0, 1), "colour": " Red"}, {**row("b.png", "vase", 0, 2), "colour": "wooden"},
            {**row("c.png", "orange", 0, 3), "colour": "orange"}]
    colored = load(write(tmp_path, files, rows), SIZE)
    captions = Captions(colored)
    drawn, known = captions.draw(400, stream(0, "test")), captions.texts
    said = {i: {text.removesuffix(", front view") for text in texts(captions, drawn[drawn.row == i]) if text}
            for i in range(3)}
    assert said == {0: {"vase", "a vase", "a red vase"}, 1: {"vase", "a vase", "a wooden vase"},
                    2: {"orange", "an orange"}}
    assert (drawn.tint < 0).all() and (drawn.caption >= 0).all() and len(known) == len(set(known)) == 23
    assert colored.digest() != load(write(tmp_path, files, [*rows[:2], row("c.png", "orange", 0, 3)]), SIZE).digest()


def test_view_words_are_those_of_the_angles(captions, draws):
    assert [view_word(radians(a), radians(e)) for a, e in ((0, 15), (-90, 15), (200, 15), (0, 70))] == [
        "front", "side", "back", "overhead"]
    said = [(text, a, e) for text, a, e in zip(texts(captions, draws), draws.azimuth.tolist(), draws.elevation.tolist(),
                                                strict=True) if text.endswith(" view")]
    assert len(said) > 100
    assert all(text.endswith(f", {view_word(azimuth, elevation)} view") for text, azimuth, elevation in said)


def test_every_caption_that_is_drawn_was_foreseen(captions, draws):
    known = captions.texts
    assert draws.caption.min() == 0 and known[0] == "" and len(known) == len(set(known))
    empty = draws.caption == 0
    assert 0.05 < empty.float().mean() < 0.16 and not draws.pose[empty].any()
    assert 0.01 < 1 - draws.pose[~empty].float().mean() < 0.1           # of the others a few hide their camera
    assert {"a red apple", "bush", "an orange chair", "a chair, back view"} <= set(known)
    assert not any("blue red apple" in caption or "blue bush" in caption for caption in known)


def test_a_picture_depends_on_its_own_numbers_alone(data, captions):
    numbers = torch.rand(3, NUMBERS, generator=stream(0, "pictures", 5), dtype=torch.float64)
    together = captions.draw(3, stream(0, "pictures", 5))
    assert all(same(together[k:k + 1], captions.of(numbers[k:k + 1])) for k in range(3))
    draws = captions.draw(8, stream(0, "pictures", 5))
    for made in (augment.batch, augment.reference):
        whole = made(data.pictures, draws)
        for k in range(8):
            torch.testing.assert_close(made(data.pictures, draws[k:k + 1])[0], whole[k])
        assert whole.min() >= -1 and whole.max() <= 1


@pytest.mark.parametrize("u", [0.0, 1 - 2**-53])
def test_numbers_at_the_ends_are_drawn_too(data, captions, u):
    """The largest is 1 in float32."""
    draw = captions.of(torch.full((2, NUMBERS), u, dtype=torch.float64))
    assert all(value.isfinite().all() for value in vars(draw).values()) and 0 <= draw.row[0] < 5
    assert augment.batch(data.pictures, draw).isfinite().all()


def test_words_choose_the_names_and_how_they_are_said(data, tmp_path):
    (tmp_path / "words.txt").write_text("chair = seat\n\nBush\n", encoding="utf-8")
    words = config.read_words(tmp_path / "words.txt")
    chosen = load(make(tmp_path / "shapes"), SIZE, words)
    assert chosen.names == ["bush", "chair"]
    captions = Captions(chosen)
    said = set(texts(captions, captions.draw(200, stream(0, "test"))))
    assert any("seat" in caption for caption in said) and any("chair" in caption for caption in said)
