"""The gallery shows every run, also the ones that failed, and runs nothing twice."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from clouds import ball
from solids import RED, box

from dreamgen import formats
from dreamgen.batch.manifest import Manifest, Record
from dreamgen.io import images
from dreamgen.io.atomic import save
from dreamgen.recipes.load import dump, load
from dreamgen.tools import gallery
from renderers.splats import Y0

DISC = (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#ff0000"/>'
        b"</svg>")


def colored(cloud, ink):
    """``cloud`` of one color, uint8, and opaque."""
    return replace(cloud, colors=np.full_like(cloud.colors, (np.array(ink) / 255 - 0.5) / Y0),
                   opacity_logits=np.full_like(cloud.opacity_logits, 6))


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A stand-in for the program: writes a finished run, or fails for prompts with "fail"; knows what was typed."""
    typed = []

    def run(command, stdout, stderr):
        assert command[1:3] == ["-m", "dreamgen"]
        typed.append(command[3:])
        if command[3] in ("3d", "svg"):
            folder = Path(command[command.index("--out") + 1], "2026-11-21-run")
            save({"recipe.yaml": b"prompt: x"}, folder)
        else:
            folder = Path(command[4])
        if "fail" in str(folder) and not (tmp_path / "mended").exists():
            stdout.write(b"stage 0\ndreamgen: step 30: empty | nothing there\n\n")
            return SimpleNamespace(returncode=2)
        metrics = dict(agreement=0.5, silhouette_iou=0.97, triangles=12)
        save({"run.json": json.dumps(dict(memory_mb=900, metrics=metrics)).encode()}, folder)
        if "svg-runs" in str(folder):
            save({"asset.svg": DISC}, folder)
        elif "-gaussians-" in str(folder):
            made = dict(agreement=0.4, silhouette_iou=0.9, triangles=1234, gaussians=5678)
            save({"run.json": json.dumps(dict(memory_mb=800, metrics=made)).encode(), "asset-mesh.glb": b"x" * 3000}, folder)
            save(formats.write(colored(ball(1500), RED), ["ply"]), folder)
        else:
            save(formats.write(box(), ["glb"]), folder)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(gallery.subprocess, "run", run)
    (tmp_path / "prompts.txt").write_text("# fixed\na box\n\na | box\nthis must fail\n", encoding="utf-8")
    out, prompts, runs = tmp_path / "out", tmp_path / "prompts.txt", tmp_path / "runs"
    words = ["--prompts", str(prompts), "--seeds", "0,7", "--out", str(out), "--runs", str(runs)]
    drawing = [*words[:-1], str(tmp_path / "svg-runs"), "--styles", "flat,sketch"]
    return SimpleNamespace(typed=typed, call=lambda *more: gallery.main([*words, *more]), draw=lambda: gallery.main(drawing),
                           out=out, mend=(tmp_path / "mended").touch)


def test_every_run_is_a_line_and_a_row(machine):
    assert machine.call() == 1 and len(machine.typed) == 6
    lines = (machine.out / "README.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| prompt")]
    assert [row.split(" | ")[:2] for row in rows[:2]] == [["| a box", "0"], ["| a box", "7"]]
    assert rows[2].startswith("| a \\| box | 0 | 0 | 900 | 0.50 | 0.970 | 12 |")
    assert rows[4].endswith("|  |  |  |  | dreamgen: step 30: empty \\| nothing there |") and len(rows) == 6
    sheet = images.read(machine.out / "sheet-1.png").astype(int)
    assert sheet.shape[1] == 8 * (gallery.CELL + 6) + 6
    third = len(sheet) // 3
    painted = [(abs(sheet[i * third:(i + 1) * third] - RED).max(-1) < 20).mean() for i in range(3)]
    assert painted[0] > 0.01 and painted[1] > 0.01 and painted[2] == 0


def test_what_is_finished_is_not_run_again_and_what_failed_is_resumed(machine):
    machine.call()
    machine.typed.clear()
    machine.mend()
    for path in machine.out.parent.glob("runs/**/outcome.json"):
        path.write_text(path.read_text().replace('"error"', '"said"'))                      # as it was written before
    assert machine.call() == 0
    assert [words[0] for words in machine.typed] == ["resume", "resume"]
    machine.typed.clear()
    assert machine.call() == 0 and machine.typed == []


def test_kinds_stand_beside_each_other_on_one_sheet_with_their_sizes(machine):
    assert machine.call("--as", "mesh,gaussians") == 1 and len(machine.typed) == 12
    assert [words[:4] for words in machine.typed[:3:2]] == [["3d", "a box", "--as", kind] for kind in ("mesh", "gaussians")]
    lines = (machine.out / "README.md").read_text("utf-8").splitlines()
    assert "--as mesh,gaussians`" in lines[2] and "Each picture is the exported file, read back" in lines[3]
    head = next(i for i, line in enumerate(lines) if line.startswith("| prompt"))
    assert lines[head].endswith("| IoU | triangles | Gaussians | files, kB | |")
    assert lines[head + 1].count("|") == lines[head].count("|") == lines[head + 2].count("|")
    mesh, cloud = lines[head + 2], lines[head + 4]
    assert mesh.startswith("| a box | mesh | 0 | 0 | 900 | 0.50 | 0.970 | 12 |  | asset.glb ")
    assert cloud.startswith("| a box | gaussians | 0 | 0 | 800 | 0.40 | 0.900 | 1,234 | 5,678 | asset-mesh.glb 3, asset.ply ")
    sheet = images.read(machine.out / "sheet-1.png").astype(int)
    assert sheet.shape[1] == 16 * (gallery.CELL + 6) + 6 and not (machine.out / "sheet-2.png").exists()
    red = abs(sheet[:len(sheet) // 3] - RED).max(-1) < 20
    assert red[:, red.shape[1] // 2:].mean() > 0.05              # the Gaussians' half of the first row


def test_the_runs_of_a_batch_are_shown_and_none_is_made(machine, tmp_path, capsys):
    """Of a mesh and a NeRF of one prompt and seed each is found by what its last stage optimizes; a failed row is one."""
    batch = tmp_path / "batch"
    prompts = {"a box": "", "a | box": "", "this must fail": "step 3: empty"}
    for recipe in ("text-to-3d", "text-to-nerf"):
        for k, (prompt, error) in enumerate(prompts.items()):
            for seed in (0, 7):
                record = Record(f"{recipe}-{k}-{seed}", "x:1", prompt, seed, error, seconds=61.0)
                folder = batch / record.name
                save({"recipe.yaml": dump(load(recipe, [f"prompt={prompt}", f"seed={seed}"])).encode()}, folder)
                save({"run.json": b'{"memory_mb": 700, "metrics": {"triangles": 9}}'} | formats.write(box(), ["glb"]), folder)
                Manifest(batch).add(record)
    assert machine.call("--as", "mesh,nerf", "--from", str(batch)) == 1 and machine.typed == []
    lines = (machine.out / "README.md").read_text("utf-8").splitlines()
    assert "--as mesh,nerf --from batch`" in lines[2] and "whole row of the batch" in "".join(lines[:8])
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| prompt")]
    assert len(rows) == 12 and rows[0].startswith("| a box | mesh | 0 | 61 | 700 |")
    assert rows[-1].startswith("| this must fail | nerf | 7 | 61 |") and rows[-1].endswith("| step 3: empty |")
    with pytest.raises(SystemExit):
        machine.call("--as", "gaussians", "--from", str(batch))
    assert "no row of a box, gaussians, seed 0" in capsys.readouterr().err


def test_kinds_and_styles_exclude_each_other(machine, capsys):
    with pytest.raises(SystemExit):
        machine.call("--as", "mesh", "--styles", "flat")
    assert "need one of them" in capsys.readouterr().err


def test_drawings_are_shown_in_every_style_and_kept_beside_the_page(machine):
    assert machine.draw() == 1 and len(machine.typed) == 12
    assert machine.typed[0][:4] == ["svg", "a box", "--style", "flat"] and machine.typed[2][3] == "sketch"
    assert (machine.out / "a-box-flat-7.svg").read_bytes() == DISC and not list(machine.out.glob("*fail*"))
    lines = (machine.out / "README.md").read_text("utf-8").splitlines()
    assert any(line.startswith("| a box | [sketch](a-box-sketch-0.svg) | 0 |") for line in lines)
    assert "--styles flat,sketch`" in lines[2] and sum("this must fail" in line for line in lines) == 4
    sheet = images.read(machine.out / "sheet-1.png").astype(int)
    assert sheet.shape[1] == 4 * (gallery.CELL + 6) + 6
    red = (abs(sheet - [255, 0, 0]).max(-1) < 9).sum() / (8 * gallery.CELL**2)
    assert red == pytest.approx(0.5, abs=0.03)           # pi 4^2 of 10^2, in eight cells


@pytest.mark.parametrize("text, message", [
    (None, "No such file"), ("# nothing\n", "no prompts in it"), ("a\na\n", "given twice: a"),
])
def test_a_list_that_cannot_be_used_is_one_sentence(text, message, tmp_path, capsys):
    if text is not None:
        (tmp_path / "p.txt").write_text(text)
    with pytest.raises(SystemExit) as stop:
        gallery.main(["--prompts", str(tmp_path / "p.txt")])
    assert stop.value.code == 2 and message in capsys.readouterr().err


def test_the_fixed_prompts_are_twelve():
    assert len(gallery.read_prompts(Path(__file__).parents[2] / "docs/gallery/prompts.txt")) == 12
