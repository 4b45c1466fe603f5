"""The command line answers at once, in one line, with the right exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dreamgen
from dreamgen import __main__, errors
from dreamgen.recipes import folders
from dreamgen.recipes.load import load, recipes

ROOT = Path(__file__).parents[2]
WRONG = [
    (["3dd", "a fox"], "invalid choice: '3dd'"),
    (["--verison"], "did you mean '--version'?"),
    (["3d"], "required: prompt"),
    (["3d", ""], "prompt: need a word"),
    (["3d", " \n\t"], "prompt: need a word"),
    (["3d", "a fox", "--sed", "3"], "unrecognised: --sed; did you mean '--seed'?"),
    (["svg", "a fox", "--steps", "3"], "unrecognised: --steps; the recipe has it: stages.0.optim.steps=..."),
    (["3d", "a fox", "--scale", "3"], "the recipe has it: stages.0.guidance.guidance_scale=..."),
    (["run", "text-to-3d", "--lr=3"], "the recipe has it: stages.0.optim.lr=..."),
    (["3d", "a fox", "--seed"], "--seed: expected one argument"),
    (["3d", "a fox", "--seed", "y"], "seed: need a whole number, got 'y'"),
    (["3d", "a fox", "--preset", "drft"], "preset: no 'drft'"),
    (["3d", "a fox", "--prior", "bundeld"], "did you mean 'bundled'?"),
    (["3d", "a", "red", "fox"], "need key=value, got 'red'; quote the prompt: \"a red fox\""),
    (["svg", "a", "red", "fox", "--seed", "3", "start.steps=3"], "quote the prompt: \"a red fox\""),
    (["3d", "a fox", "--seed", "1", "stages.0.optim.stepz=1"], "did you mean 'steps'?"),
    (["svg", "a fox", "--paths", "0"], "paths: need 1 or more, got 0; without it the style has its own number"),
    (["svg", "a fox", "--paths", "100000"], "paths: need 1 to 4096, or 0 for the style's own, got 100000"),
    (["run"], "required: recipe"),
    (["run", "text-to-4d"], "did you mean 'text-to-3d'?"),
    (["run", "text-to-3d"], "prompt: must be set"),
    (["run", "no/where.yaml"], "no such file"),
    (["run", "plain.yaml", "preset=draft"], "plain.yaml has no presets; 'draft' is one of text-to-3d, text-to-"),
    (["run", "wrong.yaml"], "wrong.yaml:2: stages.0.scene.kind: no 'nref'; have gaussians, image, mesh, nerf, svg, texture; "
                            "did you mean 'nerf'?"),
    (["run", "text-to-3d", "prompt=x", "stages.0.scene.kind=svgg"], "stages.0.scene.kind: no 'svgg'"),
    (["run", "text-to-3d", "prompt=x", "export.formats=[glbb]"], "did you mean 'glb'?"),
    (["run", "text-to-3d", "prompt=x", "out=wrong.yaml/x"], "out: cannot make"),
    (["resume", "no-such-run"], "no run 'no-such-run' in runs"),
    (["resume", "last"], "no run in runs"),
    (["resume", "."], "not a run's folder: no recipe.yaml"),
    (["resume", "last", "seed=3"], "unrecognised: seed=3"),
    (["export", "last"], "required: --to"),
    (["export", "last", "--to", "obj,glbb"], "--to: no 'glbb'"),
    (["view", "last", "--port", "0"], "--port: need 1 to 65535, got 0"),
    (["view", "last"], "no run in runs"),
    (["doctor", "--jsn"], "did you mean '--json'?"),
    (["compare", "a fox", "--seed", "3"], "unrecognised: --seed 3; did you mean '--seeds'?"),
]
HEAVY = {"torch", "numpy", "numba", "rich", "diffusers", "transformers", "omegaconf", "yaml"}    # by what imports slowly

TRIAL = """
import contextlib, io, json, sys, time
from dreamgen.__main__ import main
answers = []
for words in json.load(sys.stdin):
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    began = time.process_time()
    with contextlib.redirect_stderr(out):
        try:
            code = main(words)
        except SystemExit as exit:
            code = exit.code
    out.flush()
    answers.append([code, out.buffer.getvalue().decode(), time.process_time() - began, "torch" in sys.modules])
print(json.dumps(answers))
"""


def python(*words: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, *words], cwd=cwd, input=stdin, capture_output=True, encoding="utf-8",
                          env={**os.environ, "PYTHONPATH": str(ROOT)})


def test_wrong_command_lines_get_one_line_and_exit_code_2_without_torch(tmp_path):
    (tmp_path / "wrong.yaml").write_text("prompt: a fox\nstages: [{scene: {kind: nref}, guidance: {kind: sds}}]\n")
    (tmp_path / "plain.yaml").write_text("prompt: a fox\nstages: [{scene: {kind: nerf}, guidance: {kind: sds}}]\n")
    done = python("-c", TRIAL, cwd=tmp_path, stdin=json.dumps([words for words, _ in WRONG]))
    assert done.returncode == 0, done.stderr
    for (words, answer), (code, said, seconds, torch) in zip(WRONG, json.loads(done.stdout), strict=True):
        assert code == 2 and said.count("\n") == 1 and answer in said and not torch, (words, code, said)
        assert "Traceback" not in said and seconds < 1, (words, said, seconds)
    assert not (tmp_path / "runs").exists()


def test_without_arguments_there_is_help_and_the_version_can_be_asked_for(capsys):
    for words, said in (([], "usage: dreamgen"), (["--version"], f"dreamgen {dreamgen.__version__}\n")):
        with pytest.raises(SystemExit) as end:
            __main__.main(words)
        assert end.value.code == 0 and capsys.readouterr().out.startswith(said)


def test_help_needs_nothing_heavy(tmp_path):
    done = python("-c", "import sys; from dreamgen.__main__ import main\ntry: main(['--help'])\n"
                  f"finally: print(sorted({HEAVY} & set(sys.modules)))", cwd=tmp_path)
    assert done.stdout.endswith("[]\n"), done.stdout[-200:]
    assert all(f"    {name} " in done.stdout for name in ("3d", "run", "resume", "doctor"))


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([sys.executable, "-m", "dreamgen", "recipes"], cwd=tmp_path, stdout=writer,
                          stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": ""})
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_importing_generate_needs_nothing_heavy(tmp_path):
    done = python("-c", "import sys; from dreamgen import generate; "
                  f"print(sorted({HEAVY} & set(sys.modules)))", cwd=tmp_path)
    assert done.stdout == "[]\n", done.stdout + done.stderr


def test_a_wrong_key_is_answered_without_what_only_a_run_needs(tmp_path):
    done = python("-c", "import sys; from dreamgen.__main__ import main\n"
                  f"print(main(['3d', 'a fox', 'sed=3']), sorted({HEAVY - {'omegaconf', 'yaml'}} & set(sys.modules)))",
                  cwd=tmp_path)
    assert done.stdout == "2 []\n" and "did you mean 'seed'?" in done.stderr, done.stdout + done.stderr


def test_show_prints_a_recipe_that_can_be_run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert __main__.main(["3d", "a fox", "--preset", "draft", "--seed", "4", "--show", "export.texture=64"]) == 0
    Path("mine.yaml").write_text(capsys.readouterr().out)
    recipe = load("mine.yaml")
    assert (recipe.prompt, recipe.seed, recipe.export.texture) == ("a fox", 4, 64)
    assert recipe == load("text-to-3d", ["prompt=a fox", "preset=draft", "seed=4", "export.texture=64"])
    assert not Path("runs").exists()


def test_recipes_are_listed_with_their_presets(capsys):
    assert __main__.main(["recipes"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in recipes()) and "presets: draft, standard, quality" in said
    for each in said.split("\n    /")[:-1]:                     # the path of a recipe ends what is said of it
        assert each.count("presets: ") <= 1, each


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """A run that has begun, and whose loop raises what the test puts into the list."""
    import dreamgen.run
    monkeypatch.chdir(tmp_path)
    errors = []

    def run(recipe, folder, prior=None, tell=str):
        (folder / "run.json").touch()
        raise errors[0]
        yield
    monkeypatch.setattr(dreamgen.run, "run", run)
    return errors


def test_our_own_fault_is_one_line_exit_code_1_and_a_traceback_in_the_folder(broken, capsys):
    broken.append(ZeroDivisionError("a\nb"))
    assert __main__.main(["3d", "a fox"]) == 1
    folder = folders.find("last")
    said = capsys.readouterr().err
    assert said == "loading the program\n" \
        f"dreamgen: internal error: ZeroDivisionError: a b; the traceback is in {folder / errors.KEPT}\n"
    assert "raise errors[0]" in (folder / errors.KEPT).read_text()


def test_debug_shows_the_traceback(broken):
    broken.append(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        __main__.main(["3d", "a fox", "--debug"])


def test_an_error_that_is_the_users_keeps_no_traceback(broken, capsys):
    from dreamgen.errors import RunError
    broken.append(RunError("step 3: the picture is empty"))
    assert __main__.main(["3d", "a fox"]) == 2
    assert capsys.readouterr().err.endswith("\ndreamgen: step 3: the picture is empty\n")
    assert not (folders.find("last") / errors.KEPT).exists()


def test_the_last_run_is_found_where_out_put_it(broken):
    broken.append(errors.RunError("step 3: the picture is empty"))
    assert __main__.main(["3d", "a fox", "--out", "things"]) == 2
    assert folders.find("last").parent == Path("things")


def test_a_finished_run_is_not_made_again_unless_asked(broken, capsys):
    broken.append(errors.RunError("begun"))
    assert __main__.main(["3d", "a fox"]) == 2
    folder = folders.find("last")
    assert __main__.main(["resume", "last"]) == 2 and "begun" in capsys.readouterr().err            # not yet finished
    (folder / "run.json").write_text(json.dumps({"metrics": {"agreement": 1.0}}))
    (folder / "index.html").touch()
    assert __main__.main(["resume", "last"]) == 0
    said = capsys.readouterr()
    assert said.out == f"{folder}\n" and f"{folder}: finished" in said.err
    assert __main__.main(["resume", "last", "--again"]) == 2 and "begun" in capsys.readouterr().err


def test_ctrl_c_says_how_to_go_on(broken, capsys):
    broken.append(KeyboardInterrupt())
    assert __main__.main(["3d", "a fox"]) == 130
    assert f"`dreamgen resume {folders.find('last')}` goes on" in capsys.readouterr().err


def test_a_device_that_is_not_there_is_the_users_mistake(tmp_path, monkeypatch, capsys):
    import torch
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert __main__.main(["3d", "a fox", "device=cuda"]) == 2
    assert "\ndreamgen: device: no 'cuda' here; have auto, " in capsys.readouterr().err


@pytest.mark.parametrize("command", [["3d", "a fox"], ["svg", "a fox"], ["run", "text-to-3d", "prompt=a fox"]])
def test_a_run_that_is_refused_leaves_no_folder(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    assert __main__.main([*command, "prior=sd15", "prior_options.offline=true"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 3
    assert said.err.startswith("loading the program\nloading the prior sd15\ndreamgen: prior 'sd15': ")
    assert list(Path("runs").iterdir()) == []


def test_a_refused_resume_keeps_the_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = folders.create(load("text-to-3d", ["prompt=a fox", "prior_options.pixels=64"]))
    assert __main__.main(["resume", "last"]) == 2 and folder.is_dir()


def test_export_of_a_run_that_has_not_ended_is_an_error(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    folder = folders.create(load("text-to-3d", ["prompt=a fox"]))
    assert __main__.main(["export", "last", "--to", "obj"]) == 2
    assert capsys.readouterr().err.startswith(f"dreamgen: {folder}: no mesh.npz, the run is not finished; ")


def test_a_recipe_is_read_once_on_its_way_from_the_command_to_the_run(broken, monkeypatch):
    from dreamgen.recipes import load as reading
    times, once = [], reading.read
    monkeypatch.setattr(reading, "read", lambda *where: times.append(where) or once(*where))
    broken.append(errors.RunError("begun"))
    assert __main__.main(["3d", "a fox"]) == 2 and len(times) == 1
