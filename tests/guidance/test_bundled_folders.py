"""Folders of the bundled family: found and loaded without a network, and refused in a sentence where something is amiss."""

import json
import socket
import subprocess
import sys

import pytest

from guidance import priors
from guidance.priors import PriorError
from guidance.priors.loading.files import write_card


@pytest.fixture(scope="module")
def prior(made):
    return priors.load(made, precision="float32")


def test_nothing_touches_the_network(made, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    prior = priors.load(made, precision="float32")
    prior.sample(prior.condition(["a cat"]), 2, 2.0)


def test_a_mistyped_name_is_answered_without_torch():
    code = ("import sys; from guidance import priors\n"
            "try: priors.find('bundeld')\n"
            "except ValueError as e: print(e, 'torch' in sys.modules)")
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.startswith("prior 'bundeld': no name, folder, .safetensors file or hub id; have bundled, sd14, ")
    assert out.strip().endswith("; did you mean 'bundled'? False")


@pytest.mark.parametrize("path", ["./nothere", "/no/where", "~/no/where"])
def test_a_path_that_leads_nowhere_is_called_one(path):
    with pytest.raises(PriorError, match="no such folder or file"):
        priors.load(path, "cpu")


def test_a_folder_without_a_network_lists_what_is_there(tmp_path):
    (tmp_path / "notes.txt").touch()
    (tmp_path / "vae").mkdir()
    with pytest.raises(PriorError, match="has no unet/config.json, found notes.txt, vae/; give a folder"):
        priors.load(tmp_path)


def test_missing_weights_list_what_is_there(folder):
    (folder / "unet/diffusion_pytorch_model.safetensors").unlink()
    with pytest.raises(PriorError, match="diffusion_pytorch_model.safetensors is missing, found config.json$"):
        priors.load(folder)


@pytest.mark.parametrize("name", [f"{part}/diffusion_pytorch_model.safetensors" for part in ("unet", "mean", "sight")]
                         + ["text/model.safetensors"])
@pytest.mark.parametrize("damage", [lambda b: b[:len(b) // 2], lambda b: b"", lambda b: b"<!DOCTYPE html>" + b[15:]])
def test_damaged_weights_are_said_to_be_so(folder, name, damage):
    (folder / name).write_bytes(damage((folder / name).read_bytes()))
    words = rf"^prior: \S+{name} is truncated or no safetensors file \([\d,]+ bytes; .*\)(; copy it again from where it came)?$"
    with pytest.raises(PriorError, match=words):
        priors.load(folder, precision="float32").condition(["a cat"])


def test_weights_that_the_card_does_not_list_are_refused(folder):
    write_card(folder, {})
    path = folder / "scheduler/scheduler_config.json"
    path.write_text(path.read_text() + " ")
    with pytest.raises(PriorError, match="scheduler_config.json is not the file that card.json lists"):
        priors.load(folder)
    path.unlink()
    found = "no scheduler/scheduler_config.json, found card.json, mean/, scheduler/, sight/, text/, unet/"
    with pytest.raises(PriorError, match=found):
        priors.load(folder)


def edit(path, **changes):
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize("changes, words", [
    (dict(block_out_channels=[8, 24]), "does not fit unet/config.json"),
    (dict(layers_per_block=2), "does not fit|lacks"),
    (dict(in_channels=16), "no family knows its architecture, have bundled"),
    (dict(class_embed_type=None, projection_class_embeddings_input_dim=None), "no family knows its architecture")])
def test_a_network_of_another_shape_is_refused(folder, changes, words):
    edit(folder / "unet/config.json", **changes)
    with pytest.raises(PriorError, match=words) as caught:
        priors.load(folder)
    assert "\n" not in str(caught.value)


def test_an_unknown_prediction_sampler_or_precision_is_named(folder, prior):
    with pytest.raises(PriorError, match=r"sampler: 'dpm', have sde-dpm\+\+, dpm\+\+, ddim, ddpm; did you mean 'd"):
        prior.sample(prior.condition(["a cat"]), sampler="dpm")
    with pytest.raises(PriorError, match="precision: 'int4', have auto, float32, bfloat16, float16"):
        priors.load(folder, precision="int4")
    for wrong in ("velocity", "flow"):
        edit(folder / "scheduler/scheduler_config.json", prediction_type=wrong)
        with pytest.raises(PriorError, match=f"prediction_type '{wrong}', have epsilon, sample, v_prediction$"):
            priors.load(folder)
    (folder / "scheduler/scheduler_config.json").write_text("{")
    with pytest.raises(PriorError, match="cannot read .*scheduler_config.json"):
        priors.load(folder)
