"""What a LoRA, a word's file or a ControlNet says of itself is heard, and what is none, or for another network, is named."""

import copy
import json

import pytest
import torch
from diffusers import ControlNetModel
from safetensors.torch import save_file

from guidance import priors
from guidance.priors import Options, PriorError
from guidance.priors.adding.found import lora_print
from guidance.priors.options import ControlNet, Lora, Word
from tests.guidance.pipelines import LARGE, MAKERS, WIDE

LAYER = "mid_block.attentions.0.transformer_blocks.0.attn1.to_q"
TEXT = "encoder.layers.0.self_attn.q_proj"
OLD = LAYER.replace(".to_q", ".processor.to_q_lora")
KOHYA = "lora_unet_" + LAYER.replace(".", "_")


def load(pipes, *loras, family="sd15", **options):
    return priors.load(pipes(family)[1], precision="float32", options=Options(lora=list(loras), **options))


def noise(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) / 4


A, B = noise(2, 16, seed=1), noise(16, 2, seed=2)
PAIR = {f"unet.{LAYER}.lora_A.weight": A, f"unet.{LAYER}.lora_B.weight": B}
SETTINGS = {"r": 2, "lora_alpha": 8, "use_rslora": False}


def peft(folder, tensors, settings):
    (folder / "adapter_config.json").write_text(json.dumps(settings))
    save_file({f"base_model.model.{key.removeprefix('unet.')}": t for key, t in tensors.items()}, folder / "x.safetensors")


def headed(folder, settings):
    head = {"lora_adapter_metadata": json.dumps({f"unet.{key}": value for key, value in settings.items()})}
    save_file(PAIR, folder / "x.safetensors", metadata=head)


@pytest.mark.parametrize("scale, write", [
    (1, lambda folder: save_file(PAIR, folder / "x.safetensors")),
    (0.5, lambda folder: save_file(PAIR | {f"unet.{LAYER}.alpha": torch.tensor(1.0)}, folder / "x.safetensors")),
    (0.5, lambda folder: save_file({f"{KOHYA}.lora_down.weight": A, f"{KOHYA}.lora_up.weight": B,
                                    f"{KOHYA}.alpha": torch.tensor(1.0)}, folder / "x.safetensors")),
    (1, lambda folder: save_file({f"{OLD}.down.weight": A, f"{OLD}.up.weight": B}, folder / "x.safetensors")),
    (4, lambda folder: headed(folder, SETTINGS)),
    (8 / 2**0.5, lambda folder: headed(folder, SETTINGS | {"use_rslora": True})),
    (1.5, lambda folder: headed(folder, SETTINGS | {"alpha_pattern": {"attn1.to_q": 3}})),
    (4, lambda folder: peft(folder, PAIR, SETTINGS))])
def test_the_change_is_alpha_over_rank_however_alpha_is_said(pipes, tmp_path, scale, write):
    """Hu et al. 2021, section 4.1; rsLoRA's is alpha / sqrt(r)."""
    write(tmp_path)
    added, plain = (prior.network.get_submodule(LAYER).weight
                    for prior in (load(pipes, Lora(str(tmp_path), 0.5)), load(pipes)))
    change = added - plain
    torch.testing.assert_close(change, 0.5 * scale * B @ A, atol=1e-6, rtol=1e-4)


@pytest.mark.parametrize("name, prefix, scale", [
    ("x", "unet.", 1), ("adapter_model", "unet.", 4), ("x", "base_model.model.", 4)])
def test_pefts_settings_are_of_what_peft_wrote_alone(pipes, tmp_path, name, prefix, scale):
    file = tmp_path / f"{name}.safetensors"
    save_file({key.replace("unet.", prefix): t for key, t in PAIR.items()}, file)
    before = lora_print(file)
    (tmp_path / "adapter_config.json").write_text(json.dumps(SETTINGS))
    added, plain = (prior.network.get_submodule(LAYER).weight for prior in (load(pipes, Lora(str(file))), load(pipes)))
    torch.testing.assert_close(added - plain, scale * B @ A, atol=1e-6, rtol=1e-4)
    assert (lora_print(file) == before) == (scale == 1)


@pytest.mark.parametrize("order", [1, -1])
def test_several_loras_add_up_in_network_and_text_encoder(pipes, tmp_path, order):
    pipe = pipes("sd15")[0]
    twin, want, loras = copy.deepcopy(pipe.text_encoder), pipe.unet.get_submodule(LAYER).weight.detach().clone(), []
    for k, weight in enumerate((0.8, 0.3)):
        a, b, c, d = noise(2, 16, seed=k), noise(16, 2, seed=k + 9), noise(2, WIDE, seed=k + 20), noise(WIDE, 2, seed=k + 30)
        save_file({f"unet.{LAYER}.lora_A.weight": a, f"unet.{LAYER}.lora_B.weight": b,
                   f"text_encoder.text_model.{TEXT}.lora_A.weight": c, f"text_encoder.text_model.{TEXT}.lora_B.weight": d},
                  tmp_path / f"{k}.safetensors")
        want += weight * b @ a
        twin.get_submodule(TEXT).weight.data += weight * d @ c
        loras.append(Lora(str(tmp_path / f"{k}.safetensors"), weight))
    prior = load(pipes, *loras[::order])
    ids = pipe.tokenizer("a cat", padding="max_length", max_length=77, return_tensors="pt").input_ids
    torch.testing.assert_close(prior.network.get_submodule(LAYER).weight, want)
    with torch.no_grad():
        torch.testing.assert_close(prior.condition(["a cat"]).text, twin(ids).last_hidden_state, atol=1e-4, rtol=1e-4)


def test_a_lora_of_the_text_encoder_alone_is_heard(pipes, tmp_path):
    key = "lora_te_text_model_" + TEXT.replace(".", "_")
    save_file({f"{key}.lora_down.weight": noise(2, WIDE), f"{key}.lora_up.weight": noise(WIDE, 2)}, tmp_path / "x.safetensors")
    plain, prior = load(pipes), load(pipes, Lora(str(tmp_path)))
    assert (prior.condition(["a cat"]).text - plain.condition(["a cat"]).text).abs().max() > 1e-3
    assert torch.equal(prior.network.get_submodule(LAYER).weight, plain.network.get_submodule(LAYER).weight)


def test_tensors_that_fit_nothing_are_counted(pipes, tmp_path):
    far = LAYER.replace("mid_block", "up_blocks.7")
    save_file(PAIR | {f"unet.{far}.lora_A.weight": 2 * A, f"unet.{far}.lora_B.weight": 2 * B}, tmp_path / "x.safetensors")
    with pytest.warns(UserWarning, match="2 of 4 tensors fit nothing in this network, unet.up_blocks.7.+ the first"):
        load(pipes, Lora(str(tmp_path)))


@pytest.mark.parametrize("tensors, words", [
    ({f"{KOHYA}.hada_w1_a": A}, "is a LoHa, which is not read"), ({f"{KOHYA}.lokr_w1": A}, "is a LoKr, which is not read"),
    ({f"{KOHYA}.lora_down.weight": A, f"{KOHYA}.dora_scale": B}, "is a DoRA, which is not read"),
    ({f"{KOHYA}.diff": A}, "is a difference of whole weights, which is not read"),
    ({f"unet.{LAYER}.lora_A.weight": A}, "which is no pair of matrices"),
    (PAIR | {f"unet.{LAYER}.lora_A.weight": A * float("nan")}, "has weights that are not finite"),
    ({f"unet.{LAYER.replace('attn1.to_q', 'attn2.to_k')}.lora_A.weight": noise(2, 24),
      f"unet.{LAYER.replace('attn1.to_q', 'attn2.to_k')}.lora_B.weight": B},
     "made for a network of 24-wide text, and this one's is 32 wide$")])
def test_a_lora_that_is_not_read_right_is_refused_in_a_line(pipes, tmp_path, capfd, tensors, words):
    save_file(tensors, tmp_path / "x.safetensors")
    with pytest.raises(PriorError, match=words) as caught:
        load(pipes, Lora(str(tmp_path)))
    said = capfd.readouterr()
    assert "\n" not in str(caught.value) and not said.out and not said.err


def test_of_two_words_in_a_file_the_one_that_is_named_is_taken(pipes, tmp_path):
    cat, dog = noise(WIDE, seed=3), noise(WIDE, seed=4)
    save_file({"<cat>": cat, "<dog>": dog}, tmp_path / "two.safetensors")
    for name, vector in (("<cat>", cat), ("<dog>", dog)):
        save_file({name: vector}, tmp_path / "one.safetensors")
        heard, want = (load(pipes, words=[Word(str(tmp_path / file), name)]).condition([f"a {name}"]).text
                       for file in ("two.safetensors", "one.safetensors"))
        assert torch.equal(heard, want)
    with pytest.raises(PriorError, match="has the words <cat>, <dog>, and no '<dgo>'; did you mean '<dog>'?"):
        load(pipes, words=[Word(str(tmp_path / "two.safetensors"), "<dgo>")]).condition(["a <dgo>"])


def test_a_word_reaches_both_of_sdxls_encoders_and_one_that_fits_neither_is_refused(pipes, tmp_path):
    save_file({"clip_l": noise(1, WIDE), "clip_g": noise(1, LARGE)}, tmp_path / "two.safetensors")
    word = Word(str(tmp_path / "two.safetensors"), "<mine>")
    heard, spelt = (load(pipes, family="sdxl", words=words).condition(["a <mine>"]).text for words in ([word], []))
    changed = (heard - spelt).abs().amax((0, 1)) > 0
    assert changed[:WIDE].any() and changed[WIDE:].any()
    save_file({"emb_params": noise(1, 7)}, tmp_path / "odd.safetensors")
    for family, have in (("sd15", "encoder 32"), ("sdxl", "encoders 32 and 40")):
        with pytest.raises(PriorError, match=f"has 7 features, and the text {have}"):
            load(pipes, family=family, words=[Word(str(tmp_path / "odd.safetensors"), "<odd>")]).condition(["an <odd> cat"])
    save_file({"emb_params": noise(1, WIDE)}, tmp_path / "taken.safetensors")
    with pytest.raises(PriorError, match="the word 'a' is in the tokenizer already; give another, as '<my-a>'"):
        load(pipes, words=[Word(str(tmp_path / "taken.safetensors"), "a")]).condition(["a cat"])


def test_a_word_of_two_files_is_heard_by_both_encoders_as_from_one(pipes, tmp_path):
    vectors = {"clip_l": noise(2, WIDE, seed=3), "clip_g": noise(2, LARGE, seed=4)}
    save_file(vectors, tmp_path / "both.safetensors")
    for name, each in vectors.items():
        save_file({"emb_params": each}, tmp_path / f"{name}.safetensors")
    heard, want = (load(pipes, family="sdxl", words=[Word(str(tmp_path / f"{file}.safetensors"), "<mine>") for file in files]
                        ).condition(["a <mine> hat"]).text for files in (("clip_l", "clip_g"), ("both",)))
    assert torch.equal(heard, want)


@pytest.mark.parametrize("family, width", [("sd15", WIDE), ("deepfloyd", 24)])
def test_a_word_with_capitals_is_heard_as_one_without(pipes, tmp_path, family, width):
    save_file({"emb_params": noise(2, width, seed=3)}, tmp_path / "x.safetensors")
    plain = load(pipes, family=family).condition(["a <Mine> hat"]).text
    heard, want = (load(pipes, family=family, words=[Word(str(tmp_path / "x.safetensors"), token)]).condition([f"a {token} hat"])
                   .text for token in ("<Mine>", "<mine>"))
    assert torch.equal(heard, want) and not torch.equal(heard, plain)


def test_a_controlnet_of_another_network_is_refused_when_it_is_loaded(pipes, tmp_path):
    with torch.random.fork_rng():
        ControlNetModel.from_unet(MAKERS["sdxl"]().unet, conditioning_embedding_out_channels=(4, 8)).save_pretrained(tmp_path)
    with pytest.raises(PriorError, match="made for another network: its text's width is 72, and this one's is 32"):
        load(pipes, controlnet=[ControlNet(str(tmp_path))])
    with pytest.raises(PriorError, match="is of the class UNet2DConditionModel, and ControlNetModel is read"):
        load(pipes, controlnet=[ControlNet(str(pipes("sd15")[1] / "unet"))])
