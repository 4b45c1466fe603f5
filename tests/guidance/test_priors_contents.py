"""A file or a folder is read as what it is, by its parts; what is no prior is answered with what it is and where it belongs."""

import json
import shutil
import subprocess
import sys

import pytest
import torch
from safetensors.torch import load_file, save_file

from guidance import priors
from guidance.priors import Options, PriorError
from guidance.priors.loading.single import unpacked
from guidance.schedule import Schedule
from tests.guidance.ldm import original

T = torch.tensor([50, 700])
FIRST = "model.diffusion_model.input_blocks.0.0.weight"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("DREAMGEN_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def file(pipes):
    return original(pipes("sd15")[0])


@torch.no_grad()
def said(prior):
    x = torch.randn(2, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    return prior.eps(x, T, prior.condition(["a red cat", ""]))


def edit(path, **changes):
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize("tensors, metadata, prediction, zero", [
    ({}, {}, "epsilon", False), ({"v_pred": torch.zeros(0)}, {}, "v_prediction", False),
    ({"v_pred": torch.zeros(0), "ztsnr": torch.zeros(0)}, {}, "v_prediction", True),
    ({}, {"modelspec.prediction_type": "v"}, "v_prediction", False),
    ({}, {"modelspec.prediction_type": "epsilon"}, "epsilon", False)])
def test_a_single_file_predicts_what_it_says(pipes, file, tmp_path, tensors, metadata, prediction, zero):
    save_file(file | tensors, tmp_path / "x.safetensors", metadata=metadata or None)
    prior = priors.load(tmp_path / "x.safetensors", precision="float32", options=Options(base=str(pipes("sd15")[1])))
    assert prior.prediction == prediction and (prior.schedule.alpha[-1] < 1e-3) == zero


@pytest.mark.parametrize("extra, metadata, words", [
    ({}, {"modelspec.prediction_type": "x0"}, "its modelspec.prediction_type is 'x0', have v, v_prediction, epsilon, eps"),
    ({"edm_mean": torch.zeros(4)}, {}, "was trained as EDM")])
def test_a_prediction_that_is_not_read_is_refused(file, tmp_path, extra, metadata, words):
    save_file({FIRST: file[FIRST]} | extra, tmp_path / "x.safetensors", metadata=metadata or None)
    with pytest.raises(PriorError, match=words):
        priors.load(tmp_path / "x.safetensors")


@pytest.mark.parametrize("name, words", [
    ("model.diffusion_model.middle_block.0.in_layers.2.weight", "unet.mid_block.resnets.0.conv1.weight"),
    ("first_stage_model.decoder.conv_in.bias", "vae.decoder.conv_in.bias"),
    ("cond_stage_model.transformer.text_model.final_layer_norm.bias", r"text_encoder.*final_layer_norm.bias")])
def test_a_tensor_that_a_single_file_lacks_is_named(pipes, file, tmp_path, name, words):
    save_file({key: t for key, t in file.items() if key != name}, tmp_path / "x.safetensors")
    with pytest.raises(PriorError, match=f"lacks 1 tensors, {words} the first"):
        priors.load(tmp_path / "x.safetensors", options=Options(base=str(pipes("sd15")[1])))


def test_a_single_file_is_unpacked_in_the_precision_of_its_weights(pipes, file, tmp_path):
    """Whatever its small tensors are: markers in float32, a count of averaged steps."""
    half = {key: t.half() for key, t in file.items()}
    more = {"v_pred": torch.zeros(0), "zz.scale": torch.ones(3), "zz.num_updates": torch.ones(1000, dtype=torch.int32)}
    save_file(half | more, tmp_path / "x.safetensors")
    folder = unpacked(tmp_path / "x.safetensors", Options(base=str(pipes("sd15")[1])))
    assert {t.dtype for part in ("unet", "vae") for weights in (folder / part).glob("*.safetensors")
            for t in load_file(weights).values()} == {torch.float16}


@pytest.mark.parametrize("missing, words", [("first_stage_model.", "has no vae"), ("cond_stage_model.", "has no text_encoder")])
def test_what_a_single_file_lacks_comes_from_its_base(pipes, file, tmp_path, missing, words):
    save_file({key: t for key, t in file.items() if not key.startswith(missing)}, tmp_path / "x.safetensors")
    folder = shutil.copytree(pipes("sd15")[1], tmp_path / "base")
    with pytest.warns(UserWarning, match=f"{words}; taken from"):
        prior = priors.load(tmp_path / "x.safetensors", precision="float32", options=Options(base=str(folder)))
    whole = priors.load(folder, precision="float32")
    torch.testing.assert_close(said(prior), said(whole))
    x0 = torch.linspace(-1, 1, 4 * 8 * 8).view(1, 4, 8, 8)
    torch.testing.assert_close(prior.decode(x0), whole.decode(x0))
    for weights in folder.glob("*/*.safetensors"):
        weights.unlink()
    with pytest.raises(PriorError, match=f"{words}, and neither has .*; name a folder that has, prior_options.base=FOLDER"):
        priors.load(tmp_path / "x.safetensors", options=Options(base=str(folder)))


@pytest.mark.parametrize("tensors, words", [
    ({"lora_unet_a.lora_down.weight": (2, 4)}, "is a LoRA; give it in prior_options.lora"),
    ({"unet.a.lora_A.weight": (2, 4)}, "is a LoRA; give it in prior_options.lora"),
    ({"lora_unet_a.hada_w1_a": (2, 4)}, "is a LoHa, which is not read"),
    ({"emb_params": (2, 4)}, "textual inversion.; give it in prior_options.words"),
    ({"<cat>": (4,), "<dog>": (4,)}, "textual inversion.; give it in prior_options.words"),
    ({"control_model.input_hint_block.0.weight": (4,)}, "is a ControlNet; give it in prior_options.controlnet"),
    ({"image_proj.proj.weight": (4,)}, "is an IP-Adapter; give it in prior_options.image"),
    ({"input_blocks.0.0.weight": (4, 4)}, "is a UNet without 'model.diffusion_model.'"),
    ({"decoder.conv_in.weight": (4,)}, "is a VAE alone"), ({FIRST: (8, 9, 3, 3)}, "is an inpainting network .*9 channels")])
def test_a_file_that_is_no_prior_is_called_what_it_is(tmp_path, tensors, words):
    save_file({key: torch.zeros(shape) for key, shape in tensors.items()}, tmp_path / "x.safetensors")
    with pytest.raises(PriorError, match=words):
        priors.load(tmp_path / "x.safetensors")


@pytest.mark.parametrize("family, name", [
    ("sd15", "StableDiffusionImg2ImgPipeline"), ("sd15", "StableDiffusionControlNetPipeline"),
    ("sd15", "StableDiffusionPipelineSafe"), ("sd15", "DiffusionPipeline"), ("sd15", None),
    ("sdxl", "StableDiffusionXLImg2ImgPipeline"), ("sdxl", None), ("sd3", "StableDiffusion3Img2ImgPipeline")])
def test_a_folder_is_known_by_its_parts(pipes, tmp_path, family, name):
    folder = shutil.copytree(pipes(family)[1], tmp_path / "x")
    edit(folder / "model_index.json", _class_name=name) if name else (folder / "model_index.json").unlink()
    assert type(priors.load(folder, precision="float32")).__name__.lower() == family.removesuffix("15")


@pytest.mark.parametrize("scheduler, shift", [
    ({"shift": 2.0}, 2.0), ({"use_flow_sigmas": True, "flow_shift": 3.0, "prediction_type": "flow_prediction"}, 3.0),
    ({"use_flow_sigmas": True}, 1.0)])
def test_a_rectified_flow_is_shifted_as_its_scheduler_says(pipes, tmp_path, scheduler, shift):
    folder = shutil.copytree(pipes("sd3")[1], tmp_path / "x")
    kind = "DPMSolverMultistepScheduler" if "use_flow_sigmas" in scheduler else "FlowMatchEulerDiscreteScheduler"
    path = folder / "scheduler/scheduler_config.json"
    path.write_text(json.dumps({"_class_name": kind, **scheduler}))
    assert torch.equal(priors.load(folder, precision="float32").schedule.sigma, Schedule.rectified_flow(1000, shift).sigma)
    edit(path, _class_name="DDIMScheduler", use_flow_sigmas=False)
    with pytest.raises(PriorError, match="its scheduler DDIMScheduler is not of a rectified flow, as its network is"):
        priors.load(folder)


@pytest.mark.parametrize("prepare, words", [
    (lambda folder: edit(folder / "unet/config.json", in_channels=9), "is an inpainting network .*9 channels.*which is not read"),
    (lambda folder: folder / "unet", "is a UNet2DConditionModel alone; give the folder above it"),
    (lambda folder: folder.parent, "has a prior inside; did you mean '.*x'"),
    (lambda folder: folder / "model_index.json", "is a file of a prior's folder; give the folder, '.*x'")])
def test_a_folder_that_is_no_prior_is_called_what_it_is(pipes, tmp_path, prepare, words):
    folder = shutil.copytree(pipes("sd15")[1], tmp_path / "x")
    with pytest.raises(PriorError, match=words):
        priors.load(prepare(folder) or folder)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_not_finite_are_said_to_be_so(pipes, folder, tmp_path, value):
    for place in (shutil.copytree(pipes("sd15")[1], tmp_path / "x"), folder):
        weights = place / "unet/diffusion_pytorch_model.safetensors"
        tensors = load_file(weights)
        tensors["conv_out.bias"][0] = value
        save_file(tensors, weights)
        with pytest.raises(PriorError, match="not finite, conv_out.bias the first"):
            priors.load(place, precision="float32")


def test_loading_says_nothing_of_its_own(pipes, file, tmp_path):
    save_file(file, tmp_path / "x.safetensors")
    code = ("import sys; from guidance import priors; "
            "priors.load(sys.argv[1], precision='float32', options=priors.Options(base=sys.argv[2])).condition(['a cat'])")
    ran = subprocess.run([sys.executable, "-c", code, tmp_path / "x.safetensors", pipes("sd15")[1]],
                         capture_output=True, text=True)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
