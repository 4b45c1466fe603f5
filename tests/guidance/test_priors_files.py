"""Names, folders and single files: what is found, what is refused, and that none of it needs a network."""

import json
import re
import shutil
import socket
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from guidance import priors
from guidance.priors import Options, PriorError
from guidance.priors.loading import encoders, registry, single
from tests.guidance.ldm import original

T = torch.tensor([50, 700])


@pytest.fixture
def sd15(pipes):
    return pipes("sd15")


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("DREAMGEN_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def copied(sd15, tmp_path):
    return shutil.copytree(sd15[1], tmp_path / "broken")


def block_sockets(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def noise(*shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(0))


@torch.no_grad()
def said(prior):
    return prior.eps(noise(2, 4, 8, 8), T, prior.condition(["a red cat", ""]))


def test_a_single_file_says_what_its_folder_says_and_needs_no_network(sd15, tmp_path, monkeypatch):
    block_sockets(monkeypatch)
    pipe, folder = sd15
    save_file(original(pipe), tmp_path / "mine.safetensors")
    prior = priors.load(tmp_path / "mine.safetensors", precision="float32", options=Options(base=str(folder)))
    torch.testing.assert_close(said(prior), said(priors.load(folder, precision="float32")))
    assert prior.name == "mine"
    monkeypatch.setattr(single, "unpack", None)            # it is there already
    priors.load(tmp_path / "mine.safetensors", precision="float32", options=Options(base=str(folder)))


CROSS, WEIGHTS, SCHEDULER = single.CROSS, "unet/diffusion_pytorch_model.safetensors", "scheduler/scheduler_config.json"
JOINT = single.JOINT + "0.x_block.attn.qkv.weight"


@pytest.mark.parametrize("tensors, name", [
    ({CROSS: (8, 768)}, "sd15"), ({"conditioner.embedders.1.model.ln_final.weight": (4,)}, "sdxl"),
    ({JOINT: (4, 4)}, "sd3"),
    ({JOINT: (4, 4), JOINT.replace("attn", "attn2"): (4, 4)}, "sd35"),
    ({JOINT: (4, 4), JOINT.replace("0.x", "37.x"): (4, 4)}, "sd35-large")])
def test_a_single_file_is_known_by_its_tensors(tmp_path, tensors, name):
    save_file({key: torch.zeros(shape) for key, shape in tensors.items()}, tmp_path / "x.safetensors")
    assert single.recognised(tmp_path / "x.safetensors", single.heading(tmp_path / "x.safetensors").shapes) == name


@pytest.mark.parametrize("tensors, words", [
    ({CROSS: (8, 1024)}, "does not say what it predicts; add prior_options.base=sd21 .768"),
    ({"double_blocks.0.img_attn.qkv.weight": (4,)}, "has Flux's transformer alone"),
    ({"weight": (4,)}, "of no architecture that is known in a single file, its first tensor is 'weight'")])
def test_a_single_file_that_does_not_say_enough_is_answered_with_what_to_add(tmp_path, tensors, words):
    save_file({key: torch.zeros(shape) for key, shape in tensors.items()}, tmp_path / "x.safetensors")
    with pytest.raises(PriorError, match=words):
        priors.load(tmp_path / "x.safetensors")


def test_a_single_file_that_fits_no_base_or_is_broken_is_refused(sd15, tmp_path):
    file = tmp_path / "x.safetensors"
    save_file({CROSS: torch.zeros(8, 768)}, file)
    with pytest.raises(PriorError, match="does not fit"):
        priors.load(file, options=Options(base=str(sd15[1])))
    with pytest.raises(PriorError, match="base: 'sd51' is no folder and no name, have sd14"):
        priors.load(file, options=Options(base="sd51"))
    file.write_bytes(file.read_bytes()[:50])
    with pytest.raises(PriorError, match="is truncated or no safetensors file"):
        priors.load(file)


def test_a_pickled_file_is_refused_unread(tmp_path):
    (tmp_path / "old.ckpt").write_bytes(b"cos\nsystem\n(S'touch owned'\ntR.")
    with pytest.raises(PriorError, match="a pickled one can run code; convert it where you trust it"):
        priors.load(tmp_path / "old.ckpt")


def test_a_folder_loads_with_sockets_blocked(sd15, monkeypatch):
    block_sockets(monkeypatch)
    prior = priors.load(sd15[1], precision="float32")
    assert said(prior).isfinite().all()


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder"])
def test_a_truncated_file_is_said_to_be_so(copied, part):
    file = next((copied / part).glob("*.safetensors"))
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(PriorError, match=rf"{part}/\w+.safetensors is truncated or no safetensors file"):
        priors.load(copied, precision="float32").condition(["a cat"])


@pytest.mark.parametrize("break_it, words", [
    (lambda f: (f / WEIGHTS).unlink(), "unet has no .safetensors, found config.json"),
    (lambda f: (f / "unet/config.json").unlink(), "cannot read .*unet/config.json"),
    (lambda f: (f / SCHEDULER).unlink(), "cannot read .*scheduler_config.json"),
    (lambda f: (f / "model_index.json").write_text("{"), "cannot read .*model_index.json"),
    (lambda f: edit(f / "model_index.json", _class_name="KandinskyPipeline"), "no family knows its architecture, have"),
    (lambda f: edit(f / "unet/config.json", block_out_channels=[8, 32]), "the weights in .*unet do not fit its config"),
    (lambda f: edit(f / "unet/config.json", time_cond_proj_dim=8), "the weights in .*unet lack 1 tensors, time_embed"),
    (lambda f: edit(f / SCHEDULER, prediction_type="velocity"), "prediction_type 'velocity', have epsilon, sample"),
    (lambda f: edit(f / SCHEDULER, prediction_type="flow"), "prediction_type 'flow', have epsilon, sample, v_prediction$"),
    (lambda f: edit(f / SCHEDULER, _class_name="FlowMatchEulerDiscreteScheduler"), "FlowMatchEuler.* is of a rectified flow"),
    (lambda f: edit(f / SCHEDULER, use_flow_sigmas=True), "its scheduler DDIMScheduler is of a rectified flow"),
    (lambda f: edit(f / SCHEDULER, _class_name="EDMEulerScheduler"), "scales the network's input"),
    (lambda f: edit(f / "text_encoder/config.json", architectures=["GPT"]), "is of the class GPT, have CLIPTextModel"),
    (lambda f: [file.unlink() for file in (f / "tokenizer").iterdir()], "cannot read the tokenizer in .*, found none")])
def test_a_folder_with_something_amiss_is_answered_in_one_line(copied, break_it, words):
    break_it(copied)
    with pytest.raises(PriorError, match=words) as caught:
        priors.load(copied, precision="float32").condition(["a cat"])
    assert "\n" not in str(caught.value)


def test_a_tokenizer_that_needs_a_library_says_which(copied, monkeypatch):
    shutil.rmtree(copied / "tokenizer")
    (copied / "tokenizer").mkdir()
    (copied / "tokenizer/spiece.model").write_bytes(b"as DeepFloyd's and PixArt's folders have it")
    monkeypatch.setattr(encoders, "find_spec", lambda name: None)
    with pytest.raises(PriorError, match=r"needs sentencepiece and protobuf: `pip install sentencepiece protobuf`"):
        priors.load(copied, precision="float32").condition(["a cat"])


def edit(path, **changes):
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_half_weights_stand_in_where_the_whole_ones_are_absent(sd15, copied):
    for part in ("unet", "vae"):
        weights = copied / part / "diffusion_pytorch_model.safetensors"
        weights.rename(weights.with_suffix(".fp16.safetensors"))
    half, whole = (priors.load(folder, precision="float32") for folder in (copied, sd15[1]))
    torch.testing.assert_close(said(half), said(whole))


def test_the_id_follows_weights_and_additions(sd15, copied):
    known = priors.load(sd15[1], precision="float32").id
    assert priors.load(copied, precision="float32").id == known
    with pytest.raises(PriorError, match="has no option 'base', which is of single files"):
        priors.load(copied, options=Options(base="sd15"))
    asked = Options(guidance=2.0), Options(pixels=64)
    ids = {known, *(priors.load(copied, precision="float32", options=options).id for options in asked)}
    for file, change in ((SCHEDULER, {"beta_end": 0.02}), ("vae/config.json", {"scaling_factor": 0.2}),
                         ("text_encoder/config.json", {"layer_norm_eps": 1e-4}), ("tokenizer/tokenizer_config.json", {"age": 1})):
        edit(copied / file, **change)
        ids.add(priors.load(copied, precision="float32").id)
    assert len(ids) == 7


def test_a_text_is_encoded_anew_for_another_tokenizer(copied, tmp_path):
    for length in (77, 60):
        edit(copied / "tokenizer/tokenizer_config.json", model_max_length=length)
        said(priors.load(copied, precision="float32"))
    assert len(list((tmp_path / "cache/prompts").iterdir())) == 4           # two texts, each twice


@pytest.mark.parametrize("given, name", [
    ("runwayml/stable-diffusion-v1-5", "sd15"), ("stabilityai/stable-diffusion-2-1-base", "sd21-base"),
    ("stabilityai/stable-diffusion-2-1", "sd21"), ("sdxl", "sdxl"), ("black-forest-labs/FLUX.1-dev", "flux")])
def test_ids_that_are_gone_or_known_lead_to_their_entry(given, name):
    source = priors.find(given)
    assert source.name == name and source.ids == registry.ENTRIES[name].ids and given not in registry.GONE.values()
    assert not set(source.ids) & set(registry.GONE)


def test_an_unknown_id_is_left_to_the_hub_and_an_unknown_word_is_not(tmp_path):
    assert priors.find("someone/model-1.0").ids == ("someone/model-1.0",)
    for given in ("./nowhere", str(tmp_path / "nowhere")):
        with pytest.raises(PriorError, match="no such folder or file"):
            priors.find(given)
    for given in ("sd51", "a/b/c", ""):
        with pytest.raises(PriorError, match="no name, folder, .safetensors file or hub id; have bundled, sd14"):
            priors.find(given)


def test_the_registry_is_of_known_families_and_whole():
    for name, entry in registry.ENTRIES.items():
        assert entry.family in priors.FAMILIES and entry.ids and entry.licence, name
        assert all(re.fullmatch(r"[\w.-]+/[\w.-]+", id) for id in entry.ids), name
        assert re.fullmatch(r"[0-9a-f]{40}|refs/pr/\d+|", entry.revision), name
        assert entry.gigabytes("float32") == 2 * entry.gigabytes("float16") > 0


def test_no_id_of_a_hub_stands_outside_the_registry():
    """So a deleted id is one change: threestudio named one in 66 places."""
    root = Path(__file__).parents[2]
    ids = {id for entry in registry.ENTRIES.values() for id in entry.ids} | set(registry.GONE)
    for top in ("guidance", "dreamgen", "renderers", "configs"):
        for file in [*(root / top).rglob("*.py"), *(root / top).rglob("*.yaml")]:
            if file.name != "registry.py":
                assert not [id for id in ids if id in file.read_text(encoding="utf-8")], file
