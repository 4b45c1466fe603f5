"""What a prior is trained on: pictures that are whole, captions that are true of them."""

import re
import zipfile
from math import radians

import numpy as np
import pytest
import torch
from shapes import SIZE, disc, make, row, write

from dreamgen import pictures
from dreamgen.training import augment, config
from dreamgen.training.captions import COLOURS, NUMBERS, Captions, view_word
from dreamgen.training.data import load
from dreamgen.settings import ConfigError
from dreamgen.streams import stream


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return load(make(tmp_path_factory.mktemp("shapes")), SIZE)


@pytest.fixture(scope="module")
def draws(data):
    return Captions(data).draw(600, stream(0, "test"))


def centre(x0):
    """Mean column of what is opaque in [4, S, S], 0 = the middle."""
    weight = (x0[3] + 1).sum(0)
    return float((weight * (torch.arange(SIZE) + 0.5 - SIZE / 2)).sum() / weight.sum())


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
    files = {"good.png": whole, "text.png": b"no picture", "half.png": pictures.png(whole)[:60], "opaque.png": opaque,
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
    for said, begins in zip(data.skipped, want):
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
    shown = [d for d in draws if d.row == side]
    for d, x0 in zip(shown, augment.batch(data.pictures, shown)):
        assert d.azimuth == (-1 if d.mirrored else 1) * radians(60)
        assert np.sign(centre(x0)) == (-1 if d.mirrored else 1)
    assert {d.mirrored for d in shown} == {False, True}


def test_a_tint_is_the_colour_that_the_caption_names(data, draws):
    tinted = [d for d in draws if d.tint and d.caption]
    for d, x0 in zip(tinted, augment.batch(data.pictures, tinted)):
        assert [w for w in d.caption.replace(",", "").split() if w in COLOURS] == [d.tint], d.caption
        x = (x0 + 1) / 2
        mean = x[:3, x[3] > 0.5].mean(1) / x[3, x[3] > 0.5].mean()
        nearest = min(COLOURS, key=lambda name: float((mean - torch.tensor(COLOURS[name])).norm()))
        assert nearest == d.tint
    assert {d.tint for d in tinted} == set(COLOURS)
    assert all(data.rows[d.row].name == "chair" for d in tinted)        # the others have no model to tint


def test_a_colour_that_is_known_is_said_and_never_painted_over(tmp_path):
    files = {"a.png": disc((200, 30, 30)), "b.png": disc((160, 110, 60)), "c.png": disc((240, 130, 20))}
    rows = [{**row("a.png", "vase", 0, 1), "colour": " Red"}, {**row("b.png", "vase", 0, 2), "colour": "wooden"},
            {**row("c.png", "orange", 0, 3), "colour": "orange"}]
    coloured = load(write(tmp_path, files, rows), SIZE)
    drawn, known = Captions(coloured).draw(400, stream(0, "test")), Captions(coloured).all()
    said = {i: {d.caption.removesuffix(", front view") for d in drawn if d.row == i and d.caption} for i in range(3)}
    assert said == {0: {"vase", "a vase", "a red vase"}, 1: {"vase", "a vase", "a wooden vase"},
                    2: {"orange", "an orange"}}
    assert not any(d.tint for d in drawn) and {d.caption for d in drawn} <= set(known) and len(known) == 23
    assert coloured.digest() != load(write(tmp_path, files, [*rows[:2], row("c.png", "orange", 0, 3)]), SIZE).digest()


def test_view_words_are_those_of_the_angles(draws):
    assert [view_word(radians(a), radians(e)) for a, e in ((0, 15), (-90, 15), (200, 15), (0, 70))] == [
        "front", "side", "back", "overhead"]
    said = [d for d in draws if d.caption.endswith(" view")]
    assert len(said) > 100
    assert all(d.caption.endswith(f", {view_word(d.azimuth, d.elevation)} view") for d in said)


def test_every_caption_that_is_drawn_was_foreseen(data, draws):
    known = Captions(data).all()
    assert {d.caption for d in draws} <= set(known) and known[0] == "" and len(known) == len(set(known))
    share = sum(d.caption == "" for d in draws) / len(draws)
    assert 0.05 < share < 0.16 and not any(d.pose for d in draws if not d.caption)
    assert {"a red apple", "bush", "an orange chair", "a chair, back view"} <= set(known)
    assert not any("blue red apple" in caption or "blue bush" in caption for caption in known)


def test_a_picture_depends_on_its_own_numbers_alone(data):
    captions = Captions(data)
    numbers = torch.rand(3, NUMBERS, generator=stream(0, "pictures", 5), dtype=torch.float64).tolist()
    assert captions.draw(3, stream(0, "pictures", 5)) == [captions.one(row) for row in numbers]
    draws = captions.draw(8, stream(0, "pictures", 5))
    whole = augment.batch(data.pictures, draws)
    for k, d in enumerate(draws):
        torch.testing.assert_close(augment.batch(data.pictures, [d])[0], whole[k])
    assert whole.min() >= -1 and whole.max() <= 1


def test_words_choose_the_names_and_how_they_are_said(data, tmp_path):
    (tmp_path / "words.txt").write_text("chair = seat\n\nBush\n", encoding="utf-8")
    words = config.read_words(tmp_path / "words.txt")
    chosen = load(make(tmp_path / "shapes"), SIZE, words)
    assert chosen.names == ["bush", "chair"]
    said = {d.caption for d in Captions(chosen).draw(200, stream(0, "test"))}
    assert any("seat" in caption for caption in said) and any("chair" in caption for caption in said)
