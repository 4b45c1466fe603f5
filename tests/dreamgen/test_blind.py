"""A sheet that tells nothing, and answers that are counted right."""

import csv
import json

import numpy as np
import pytest
import torch
from clouds import ball
from solids import box
from tiny import make_prior

from dreamgen.formats import glb
from dreamgen.formats._npz import packed
from dreamgen.formats._npz_splats import packed as packed_splats
from dreamgen.io import images
from dreamgen.io.rng import stream
from dreamgen.tools import blind
from dreamgen.tools.blind import interval, main
from dreamgen.tools.names import heads, verdict
from guidance import priors
from guidance.priors.loading.files import write_card

THINGS = {"a-red-apple-0": (200, 20, 20), "a-blue-sofa-1": (20, 20, 200), "a-wooden-chair": (150, 90, 40),
          "an-orange-3": (240, 140, 20)}


@pytest.fixture
def pictures(tmp_path):
    """Four pictures of one color each, and a run with a mesh."""
    folder = tmp_path / "pictures"
    for name, color in THINGS.items():
        images.write(folder / f"{name}.png", np.full((40, 40, 3), color, np.uint8))
    run = tmp_path / "runs" / "one"
    run.mkdir(parents=True)
    (run / "mesh.npz").write_bytes(packed(box()))
    (run / "run.json").write_text(json.dumps({"prompt": "a beach ball"}))
    images.write(run / "contact.png", np.zeros((8, 8, 3), np.uint8))
    return [folder, tmp_path / "runs"]


def test_a_run_that_lacks_its_arrays_is_drawn_from_its_model_and_never_shown_with_captions(pictures):
    run = pictures[1] / "one"
    whole = blind.picture(run)
    (run / "asset.glb").write_bytes(glb.write(box())["asset.glb"])
    (run / "mesh.npz").unlink()
    assert blind.parts(run) == [run]
    brought = blind.picture(run)
    assert brought.shape == whole.shape and np.abs(brought - whole).mean() < 0.01
    (run / "asset.glb").unlink()
    assert blind.parts(run) == []


def test_a_run_of_gaussians_is_drawn_as_gaussians(tmp_path):
    run = tmp_path / "run"
    run.mkdir()
    (run / "splats.npz").write_bytes(packed_splats(ball(500)))
    (run / "run.json").write_text("{}")
    assert blind.parts(run) == [run]
    drawn = blind.picture(run)
    assert drawn.shape == (2 * blind.SIDE, 2 * blind.SIDE, 3) and 0.05 < (drawn.min(2) < 0.9).mean() < 0.9


def made(pictures, out, seed=0):
    assert main(["make", *map(str, pictures), "--out", str(out), "--seed", str(seed)]) == 0
    return json.loads((out.parent / f"{out.name}.key.json").read_text())


def answered(out, rows):
    with (out / "answers.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("number", "name", "rating"), *rows])


def test_the_readers_folder_says_nothing_and_the_key_beside_it_all(pictures, tmp_path):
    key = made(pictures, tmp_path / "sheet")
    assert {path.name for path in (tmp_path / "sheet").iterdir()} == {"sheet.png", "answers.csv"}
    told = (tmp_path / "sheet/answers.csv").read_text()
    assert told.split() == ["number,name,rating", *(f"{k},," for k in range(1, 6))]
    meant = ["a beach ball", "a blue sofa", "a red apple", "a wooden chair", "an orange"]
    assert sorted(item["truth"] for item in key["items"]) == meant
    assert b"tEXt" not in (tmp_path / "sheet/sheet.png").read_bytes()


def test_each_number_stands_over_the_thing_that_the_key_has_there(pictures, tmp_path):
    key = made(pictures, tmp_path / "sheet")
    sheet, pitch = images.read(tmp_path / "sheet/sheet.png"), 256 + 18 + 6
    for k, item in enumerate(key["items"]):
        row, column = divmod(k, blind.COLUMNS)
        middle = sheet[6 + row * pitch + 146, 6 + column * pitch + 137]
        if color := THINGS.get(item["source"].rpartition("/")[2].removesuffix(".png")):
            assert np.abs(np.int32(np.rint(middle * 255) if middle.dtype != np.uint8 else middle) - color).max() <= 2
        else:
            assert item["source"].endswith("runs/one")


def test_the_order_is_the_seeds_and_the_sheet_the_same_again(pictures, tmp_path):
    one, same, *others = [made(pictures, tmp_path / str(k), seed) for k, seed in enumerate((0, 0, 1, 2))]
    assert one == same and any(other["items"] != one["items"] for other in others)
    assert sorted(item["source"] for item in others[0]["items"]) == sorted(item["source"] for item in one["items"])


def test_sheets_of_the_same_things_drawn_otherwise_have_orders_of_their_own(tmp_path):
    """Three styles of eight things: a reader of one sheet cannot tell the next by its order."""
    orders = []
    for style in range(3):
        for k in range(8):
            shown = np.full((8, 8, 3), 20 * k, np.uint8)
            shown[:2, :2] = 90 * style
            images.write(tmp_path / f"style{style}" / f"a-{'abcdefgh'[k]}-thing.png", shown)
        key = made([tmp_path / f"style{style}"], tmp_path / f"sheet{style}")
        orders.append([item["truth"] for item in key["items"]])
    assert len({tuple(order) for order in orders}) == 3 and len({tuple(sorted(order)) for order in orders}) == 1


def test_answers_are_scored_and_every_reading_is_kept(pictures, tmp_path, capsys):
    key, out = made(pictures, tmp_path / "sheet"), tmp_path / "sheet"
    said = {"a beach ball": ("ball", 3), "a blue sofa": ("two Couches", 8), "a red apple": ("apple", ""),
            "a wooden chair": ("", 0), "an orange": ("a lemon", 5)}
    answered(out, [(k, *said[item["truth"]]) for k, item in enumerate(key["items"], 1)])
    capsys.readouterr()
    for reader in ("one", "two"):
        assert main(["score", str(out / "answers.csv"), "--reader", reader, "--keep", str(tmp_path / "kept")]) == 0
    assert "2 of 5 named right (12% to 77%), 1 by a general name; mean rating 4 of 10" in capsys.readouterr().out
    records = [json.loads(line) for line in (tmp_path / f"kept/{key['sheet']}.jsonl").read_text().splitlines()]
    assert [record["reader"] for record in records] == ["one", "two"]
    assert records[0]["right"] == 2 and records[0]["rating"] == 4
    by = {answer["truth"]: answer for answer in records[0]["answers"]}
    assert {truth: answer["verdict"] for truth, answer in by.items()} == {
        "a beach ball": "general", "a blue sofa": "right", "a red apple": "right", "a wooden chair": "unsaid",
        "an orange": "wrong"}
    assert by["a red apple"]["rating"] is None and by["a wooden chair"]["rating"] == 0
    assert by["an orange"]["name"] == "a lemon"


@pytest.mark.parametrize("rows, why", [
    ([(1, "x", "")], "no line for 2, 3, 4, 5"), ([(6, "x", "")], "need a number from 1 to 5, each once, got '6'"),
    ([(1, "x", ""), (1, "y", "")], "answers.csv:3: need a number from 1 to 5, each once, got '1'"),
    ([("one", "x", "")], "got 'one'"), ([(1, "x", 11)], "answers.csv:2: need a rating from 0 to 10, or none, got '11'"),
    ([(1, "x", "good")], "got 'good'"), ([(1, "x", "nan")], "got 'nan'")])
def test_an_answer_that_cannot_be_meant_is_one_line(pictures, tmp_path, capsys, rows, why):
    made(pictures, tmp_path / "sheet")
    answered(tmp_path / "sheet", rows)
    with pytest.raises(SystemExit) as stop:
        main(["score", str(tmp_path / "sheet/answers.csv"), "--keep", str(tmp_path / "kept")])
    assert stop.value.code == 2 and why in capsys.readouterr().err and not (tmp_path / "kept").exists()


def test_what_is_no_key_and_what_holds_nothing_is_one_line(pictures, tmp_path, capsys):
    made(pictures, tmp_path / "sheet")
    (tmp_path / "empty").mkdir()
    answers, no_key = str(tmp_path / "sheet/answers.csv"), str(tmp_path / "sheet/sheet.png")
    for words, why in ((["score", answers, "--key", no_key], "no key that `make` wrote"),
                       (["make", str(tmp_path / "empty"), "--out", str(tmp_path / "x")], "no finished run and no picture in it"),
                       (["make", str(tmp_path / "gone"), "--out", str(tmp_path / "x")], "gone: no such file or folder")):
        with pytest.raises(SystemExit):
            main(words)
        assert why in capsys.readouterr().err


@pytest.mark.parametrize("name, truth, want", [
    ("Red Apple", "a red apple", "right"), ("apples", "a red apple", "right"), ("pear", "a red apple", "wrong"),
    ("", "an apple", "unsaid"),
    ("couch", "a blue sofa", "right"), ("aeroplane", "a white airplane", "right"), ("cake", "a birthday cake", "general"),
    ("birthday-cake", "a birthday cake", "right"), ("chess pawn", "a black pawn", "wrong"), ("orange", "an orange", "right"),
    ("orange", "an orange carrot", "wrong"), ("glasses", "a pair of glasses", "general"), ("a cactus", "a green cactus", "right"),
    ("bus", "a yellow bus", "right"), ("a", "a red apple", "wrong"), ("snowman with a blue hat", "a snowman", "right"),
    ("football (soccer ball)", "a soccer ball", "right"), ("space rocket", "a rocket", "right"),
    ("green spotted mushroom", "a green mushroom", "right"), ("silver rocket", "a rocket", "right"),
    ("spaceship", "a rocket", "wrong"), ("hat with a snowman", "a snowman", "wrong")])
def test_what_counts_as_the_same_name(name, truth, want):
    assert verdict(name, truth) == want


def test_the_words_that_name_a_thing():
    assert heads("Two small red  Strawberries!") == "strawberry"
    assert heads("a toy bus") == "bus" and heads("an orange") == "orange"


def test_the_interval_is_wilsons():
    """For 9 of 12: 46.8 to 91.1 % (Wilson 1927, as in any table)."""
    assert interval(9, 12) == pytest.approx((0.4677, 0.9111), abs=1e-3)
    assert interval(0, 10)[0] == pytest.approx(0, abs=1e-9) and interval(10, 10)[1] == pytest.approx(1, abs=1e-9)


@pytest.fixture
def knows(tmp_path):
    """A prior of random weights whose card lists five words."""
    folder = make_prior(tmp_path / "prior")
    write_card(folder, {"words": ["chair", "desk", "lamp", "red apple", "tree"]})
    return folder


def test_words_are_drawn_by_the_seed_once_each_and_stand_where_the_key_says(knows, tmp_path):
    def asked(out, *more):
        given = ["words", "--out", tmp_path / out, "--prior", knows, "--count", 3, "--steps", 2, *more]
        assert main(list(map(str, given))) == 0
        return json.loads((tmp_path / f"{out}.key.json").read_text()), (tmp_path / out / "sheet.png").read_bytes()

    (key, sheet), again, other = asked("one"), asked("two"), asked("three", "--seed", 4)
    truths = [item["truth"] for item in key["items"]]
    assert (key, sheet) == again and truths != [item["truth"] for item in other[0]["items"]]
    assert len(set(truths)) == 3 and set(truths) <= {"chair", "desk", "lamp", "red apple", "tree"}
    prior = priors.load(str(knows), precision="float32")
    for k, word in enumerate(truths):
        y = prior.condition([f"a {word}"], torch.tensor([blind.AZIMUTH]), torch.tensor([blind.ELEVATION]))
        rgb, opacity = prior.decode(prior.sample(y, 2, 4.0, stream(0, "blind words", k)))
        want = images.captioned(images.over_white(rgb[0].numpy(), opacity[0].numpy()), str(k + 1), blind.WORD)
        at = 6 + k * (blind.WORD + 18 + 6) + 9               # the cell is as wide as it is high
        cell = images.to_uint8(images.read(tmp_path / "one/sheet.png"))[6:6 + want.shape[0], at:at + blind.WORD]
        assert np.array_equal(cell, want)


@pytest.mark.parametrize("more, said", [(["--count", "6"], "knows 5 words, got 6"), (["--count", "0"], "need at least 1"),
                                        (["--steps", "0"], "need at least 1")])
def test_more_words_than_it_knows_are_refused(knows, tmp_path, capsys, more, said):
    with pytest.raises(SystemExit):
        main(["words", "--out", str(tmp_path / "out"), "--prior", str(knows), *more])
    assert said in capsys.readouterr().err and not (tmp_path / "out").exists()
