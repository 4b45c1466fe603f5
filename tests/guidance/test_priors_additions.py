"""LoRA, new words, ControlNets and a picture as a prompt: what each adds is what its paper says, and no more."""

import copy
import shutil
from types import SimpleNamespace

import pytest
import torch
import torch.nn.functional as F
from diffusers import ControlNetModel
from diffusers.utils import load_image
from safetensors.torch import save_file
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

from guidance import priors
from guidance.conditions import Query
from guidance.methods.sds import SDS, Config
from guidance.priors import Options, PriorError
from guidance.priors.adding import controlnet as _control
from guidance.priors.options import ControlNet, ImagePrompt, Lora, Word
from guidance.prompts import Prompts
from tests.guidance.pipelines import WIDE

T = torch.tensor([50, 700])


def load(pipes, family="sd15", **options):
    options |= {"pixels": 16} if family == "flux" else {}
    return priors.load(pipes(family)[1], precision="float32", options=Options(**options))


def noise(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@torch.no_grad()
def said(prior, y=None):
    return prior.eps(noise(2, prior.channels, prior.size, prior.size), T, y or prior.condition(["a cat", ""]))


def lora_for(weight, name):
    """A [2, in] and B [out, 2] for a weight of that shape, under peft's names, and their product."""
    A, B = noise(2, weight.shape[1], seed=1) / 4, noise(weight.shape[0], 2, seed=2) / 4
    return {f"{name}.lora_A.weight": A, f"{name}.lora_B.weight": B}, B @ A


@pytest.mark.parametrize("alpha", [None, 0.5])
@pytest.mark.parametrize("family, part, layer", [
    ("sd15", "unet", "mid_block.attentions.0.transformer_blocks.0.attn1.to_q"),
    ("sdxl", "unet", "mid_block.attentions.0.transformer_blocks.0.attn2.to_k"),
    ("deepfloyd", "unet", "mid_block.attentions.0.transformer_blocks.0.attn1.to_q"),
    ("sd3", "transformer", "transformer_blocks.0.attn.to_q"),
    ("flux", "transformer", "transformer_blocks.0.attn.to_q")])
def test_a_lora_is_melted_into_the_network(pipes, tmp_path, family, part, layer, alpha):
    plain = load(pipes, family)
    before = plain.network.get_submodule(layer).weight
    tensors, change = lora_for(before, f"{part}.{layer}")
    said_alpha = {} if alpha is None else {f"{part}.{layer}.alpha": torch.tensor(alpha)}
    save_file(tensors | said_alpha, tmp_path / "style.safetensors")
    prior = load(pipes, family, lora=[Lora(str(tmp_path / "style.safetensors"), 0.5)])
    after = prior.network.get_submodule(layer).weight
    torch.testing.assert_close(after, before + 0.5 * (1 if alpha is None else alpha / 2) * change)    # Hu et al. 2021, 4.1
    assert not any("lora" in name for name, _ in prior.network.named_modules()) and prior.id != plain.id
    assert (said(prior, plain.condition(["a cat", ""])) - said(plain)).abs().max() > 1e-6


def test_a_lora_of_the_text_encoder_changes_what_is_heard(pipes, tmp_path):
    pipe = pipes("sd15")[0]
    layer = "text_model.encoder.layers.0.self_attn.q_proj"
    inner = layer.removeprefix("text_model.")
    tensors, change = lora_for(pipe.text_encoder.get_submodule(inner).weight, f"text_encoder.{layer}")
    unet_layer = "mid_block.attentions.0.transformer_blocks.0.attn1.to_q"
    more, _ = lora_for(pipe.unet.get_submodule(unet_layer).weight, f"unet.{unet_layer}")
    save_file(tensors | more, tmp_path / "both.safetensors")
    prior = load(pipes, lora=[Lora(str(tmp_path), 0.5)])             # the only file in a folder
    twin = copy.deepcopy(pipe.text_encoder)
    twin.get_submodule(inner).weight.data += 0.5 * change
    ids = pipe.tokenizer("a cat", padding="max_length", max_length=77, return_tensors="pt").input_ids
    with torch.no_grad():
        torch.testing.assert_close(prior.condition(["a cat"]).text, twin(ids).last_hidden_state, atol=1e-4, rtol=1e-4)


def test_a_lora_that_is_for_something_else_is_refused(pipes, tmp_path):
    layer = "mid_block.attentions.0.transformer_blocks.0.attn1.to_q"
    cases = {"nothing for 'unet'": lora_for(noise(4, 4), f"transformer.{layer}")[0],
             "does not fit this network": lora_for(noise(5, 5), f"unet.{layer}")[0]}
    for words, tensors in cases.items():
        save_file(tensors, tmp_path / "x.safetensors")
        with pytest.raises(PriorError, match=words) as caught:
            load(pipes, lora=[Lora(str(tmp_path / "x.safetensors"))])
        assert "\n" not in str(caught.value)
    with pytest.raises(PriorError, match="'./nowhere.safetensors' is no file, folder or hub id"):
        load(pipes, lora=[Lora("./nowhere.safetensors")])
    (tmp_path / "old.pt").write_bytes(b"pickled")
    with pytest.raises(PriorError, match="old.pt is no .safetensors file; a pickled one can run code"):
        load(pipes, lora=[Lora(str(tmp_path / "old.pt"))])
    save_file({"a": noise(1)}, tmp_path / "y.safetensors")
    with pytest.raises(PriorError, match="need one .safetensors file in .*, found x.safetensors, y.safetensors"):
        load(pipes, lora=[Lora(str(tmp_path))])


def test_a_word_is_read_with_the_vectors_that_it_learnt(pipes, tmp_path):
    pipe = pipes("sd15")[0]
    vectors = noise(2, WIDE)
    save_file({"emb_params": vectors}, tmp_path / "cat.safetensors")
    y = load(pipes, words=[Word(str(tmp_path / "cat.safetensors"), "<mine>")]).condition(["a <mine> hat"])
    ends, fill = len(pipe.tokenizer) - 1, 77
    ids = pipe.tokenizer("a hat")["input_ids"]                          # start, a, h, a, t, end
    inner = pipe.text_encoder.get_input_embeddings().weight
    rows = torch.cat([inner[ids[:2]], vectors, inner[ids[2:]]])
    rows = torch.cat([rows, inner[[ends]].expand(fill - len(rows), -1)])
    twin = copy.deepcopy(pipe.text_encoder)
    twin.get_input_embeddings().register_forward_hook(lambda module, given, out: rows[None])
    with torch.no_grad():
        want = twin(torch.full((1, 77), ends)).last_hidden_state
    torch.testing.assert_close(y.text, want, atol=1e-5, rtol=1e-4)


@pytest.fixture(scope="module")
def controlnet(pipes, tmp_path_factory):
    """family -> a ControlNet whose outputs are not zero, as they are before training, and its folder."""

    def get(family):
        with torch.random.fork_rng():
            torch.manual_seed(1)
            net = ControlNetModel.from_unet(pipes(family)[0].unet, conditioning_embedding_out_channels=(4, 8))
            for weight in net.parameters():
                torch.nn.init.normal_(weight, std=0.05)
        folder = tmp_path_factory.mktemp("control") / family
        net.save_pretrained(folder)
        return net, folder

    return get


def render(side=16):
    values = torch.rand(2, side, side, 3, generator=torch.Generator().manual_seed(1))
    normal = F.normalize(noise(2, side, side, 3), dim=-1)
    return SimpleNamespace(rgb=values.requires_grad_(), opacity=torch.ones(2, side, side, 1), premultiplied=values,
                           depth=1 + torch.rand(2, side, side, 1), normal=normal)


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_controlnets_add_to_the_skips_of_the_network(pipes, controlnet, family):
    net, folder = controlnet(family)
    wanted = [ControlNet(str(folder), "depth", 0.7), ControlNet(str(folder), "canny", 0.3)]
    prior, pipe, shown = load(pipes, family, controlnet=wanted), pipes(family)[0], render()
    assert len({prior.id, load(pipes, family).id, load(pipes, family, controlnet=wanted[:1]).id}) == 3
    query = Prompts(prior, "a cat")(torch.zeros(2), torch.zeros(2))
    seen = prior.control(shown, query, None)
    assert seen.shape == (2, 6, 16, 16) and not seen.requires_grad
    y = query.seeing(seen).positive
    x_t = noise(2, 4, 8, 8)
    near = 1 / shown.depth.permute(0, 3, 1, 2)
    low, high = near.amin((2, 3), keepdim=True), near.amax((2, 3), keepdim=True)
    depth = ((near - low) / (high - low)).expand(-1, 3, -1, -1)
    heard = {}
    if family == "sdxl":
        heard = {"text_embeds": y.pooled, "time_ids": torch.tensor([[16.0, 16, 0, 0, 16, 16]] * 2)}
    with torch.no_grad():
        parts = [net(x_t, T, y.text, picture, scale, added_cond_kwargs=heard or None, return_dict=False)
                 for picture, scale in ((depth, 0.7), (seen[:, 3:], 0.3))]
        down = tuple(a + b for a, b in zip(parts[0][0], parts[1][0], strict=True))
        want = pipe.unet(x_t, T, y.text, added_cond_kwargs=heard or None, down_block_additional_residuals=down,
                         mid_block_additional_residual=parts[0][1] + parts[1][1]).sample
        torch.testing.assert_close(prior.eps(x_t, T, y), want, atol=1e-4, rtol=1e-4)
        assert (prior.eps(x_t, T, query.positive) - want).abs().max() > 1e-4       # unseen, it is as without
    losses = SDS(prior, Config()).losses(shown, query, 0.5, torch.Generator().manual_seed(0))
    sum(losses.values()).backward()
    assert shown.rgb.grad.isfinite().all()


def test_an_id_is_of_what_a_controlnet_is_and_not_of_where_it_lies(pipes, controlnet, tmp_path):
    folder = controlnet("sd15")[1]
    ids = [load(pipes, controlnet=[ControlNet(str(path), "depth", weight)]).id for path, weight in
           ((folder, 0.7), (shutil.copytree(folder, tmp_path / "other"), 0.7), (folder, 0.3))]
    assert ids[0] == ids[1] != ids[2]


def test_normals_are_turned_into_the_camera_and_colored(pipes):
    """CONVENTIONS.md's orbit: at azimuth 90 degrees the camera is on +x, so a surface facing +x faces it."""
    axes = torch.eye(3).view(1, 3, 1, 3).expand(2, -1, -1, -1)              # pixels facing +x, +y, +z
    angles = torch.tensor([[0.0, 0.0], [torch.pi / 2, 0.0]])
    colors = _control.facing(axes, torch.ones(2, 1, 3, 1), angles)[..., 0]
    left, up, back = torch.tensor([1, 0.5, 0.5]), torch.tensor([0.5, 1, 0.5]), torch.tensor([0.5, 0.5, 1])
    torch.testing.assert_close(colors[0].T, torch.stack([1 - left, up, back]))     # from the front, +x is to the right
    torch.testing.assert_close(colors[1].T, torch.stack([back, up, left]))         # from +x, +z is to the left
    above = _control.facing(axes, torch.ones(2, 1, 3, 1), torch.tensor([[0.3, torch.pi / 2 - 1e-6]] * 2))
    torch.testing.assert_close(above[0, :, 1, 0], back, atol=1e-4, rtol=0)
    nothing = _control.facing(axes, torch.zeros(2, 1, 3, 1), angles)
    assert torch.equal(nothing[0, :, 0, 0], torch.tensor(_control.NOTHING))


def test_edges_are_thin_closed_and_only_where_the_picture_changes():
    x = torch.zeros(1, 3, 32, 32)
    x[..., 8:24, 8:24] = 1
    edges = _control.edges(x)[0, 0]
    ys, xs = edges.nonzero().T
    assert set(edges.unique().tolist()) == {0.0, 1.0} and 50 < edges.sum() < 90     # an outline, about 60 long
    distance = torch.maximum((ys - 15.5).abs(), (xs - 15.5).abs())
    assert ((distance - 8).abs() <= 1.5).all() and not edges[12:20, 12:20].any()
    faint = _control.edges(0.05 * x)
    assert not faint.any()
    assert not _control.edges(torch.full((1, 3, 16, 16), 0.3)).any()


def test_nothing_is_far_and_the_nearest_is_white():
    depth = torch.tensor([2.0, 1.0, 4.0, 0.0]).view(1, 1, 2, 2)
    got = _control.nearness(depth, torch.tensor([1.0, 1.0, 1.0, 0.0]).view(1, 1, 2, 2))
    torch.testing.assert_close(got.flatten(), torch.tensor([1 / 3, 1.0, 0.0, 0.0]))


def test_a_scene_without_what_the_controlnet_sees_is_told_so(pipes, controlnet):
    folder = controlnet("sd15")[1]
    for sees in ("depth", "normal"):
        prior = load(pipes, controlnet=[ControlNet(str(folder), sees)])
        query = Query(y := prior.condition(["a cat"] * 2), y)
        shown = render()
        if sees == "normal":
            with pytest.raises(PriorError, match="needs to know the camera's angles"):
                prior.control(shown, query, None)
        shown.depth = shown.normal = None
        with pytest.raises(PriorError, match=f"a ControlNet for {sees} needs a scene that draws it at every step"):
            prior.control(shown, query, None)
    with pytest.raises(PriorError, match="has no option 'controlnet'"):
        load(pipes, "sd3", controlnet=[ControlNet(str(folder))])


@pytest.fixture(scope="module")
def adapter(pipes, tmp_path_factory):
    """A random IP-Adapter in the layout of the published ones, and a picture."""
    folder = tmp_path_factory.mktemp("adapter")
    unet = pipes("sd15")[0].unet
    with torch.random.fork_rng():
        torch.manual_seed(0)
        eye = CLIPVisionModelWithProjection(CLIPVisionConfig(hidden_size=16, intermediate_size=16, num_hidden_layers=1,
                                                             num_attention_heads=2, image_size=224, patch_size=56,
                                                             projection_dim=20))
        tensors = {"image_proj.proj.weight": noise(4 * WIDE, 20), "image_proj.proj.bias": noise(4 * WIDE),
                   "image_proj.norm.weight": torch.ones(WIDE), "image_proj.norm.bias": torch.zeros(WIDE)}
    for i, name in enumerate(name for name in unet.attn_processors if "attn2" in name):
        width = unet.get_submodule(name.removesuffix(".processor")).to_q.weight.shape[0]
        for j, kind in enumerate("kv"):
            tensors[f"ip_adapter.{2 * i + 1}.to_{kind}_ip.weight"] = noise(width, WIDE, seed=9 + 2 * i + j) / 4
    (folder / "models").mkdir()
    save_file(tensors, folder / "models/ip-adapter_sd15.safetensors")
    eye.save_pretrained(folder / "models/image_encoder")
    picture = folder / "cat.png"
    from PIL import Image
    Image.effect_noise((40, 40), 90).convert("RGB").save(picture)
    return folder, picture


def test_a_picture_is_heard_beside_the_words_by_the_rows_that_are_asked_for(pipes, adapter):
    folder, picture = adapter
    prior, pipe = load(pipes, image=ImagePrompt(str(picture), str(folder), weight=0.6)), pipes("sd15")[0]
    plain = load(pipes)
    zero = torch.zeros(1)
    asked, unasked = prior.condition(["a cat"], zero, zero), prior.condition(["a cat"])
    x_t, t = noise(1, 4, 8, 8), T[:1]
    pipe = type(pipe).from_pretrained(pipes("sd15")[1], safety_checker=None, local_files_only=True)
    pipe.load_ip_adapter(folder, "models", "ip-adapter_sd15.safetensors", local_files_only=True)
    pipe.set_ip_adapter_scale(0.6)
    (embeds,) = pipe.prepare_ip_adapter_image_embeds([load_image(str(picture))], None, "cpu", 1, True)
    with torch.no_grad():
        for y, row in ((unasked, embeds[:1]), (asked, embeds[1:])):
            want = pipe.unet(x_t, t, y.text, added_cond_kwargs={"image_embeds": [row]}).sample
            torch.testing.assert_close(prior.eps(x_t, t, y), want, atol=1e-4, rtol=1e-4)
        assert (prior.eps(x_t, t, asked) - plain.eps(x_t, t, asked)).abs().max() > 1e-4


def test_a_picture_is_heard_in_little_memory_as_in_much(pipes, adapter):
    """The example of docs/priors.md: memory: 12 beside image."""
    folder, picture = adapter
    image, zero = ImagePrompt(str(picture), str(folder), weight=0.6), torch.zeros(2)
    small, whole = load(pipes, image=image, memory=12), load(pipes, image=image)
    assert small.id == whole.id != load(pipes, image=ImagePrompt(str(picture), str(folder), weight=0.5)).id
    asked = whole.condition(["a cat", ""], zero, zero)
    torch.testing.assert_close(said(small, asked), said(whole, asked), atol=1e-5, rtol=1e-4)


def test_an_adapter_or_a_picture_that_is_not_there_is_named(pipes, adapter, tmp_path):
    folder, picture = adapter
    with pytest.raises(PriorError, match="image.picture: there is no file 'nowhere.png'"):
        load(pipes, image=ImagePrompt("nowhere.png", str(folder)))
    with pytest.raises(PriorError, match="cannot use the IP-Adapter in .*other.safetensors"):
        load(pipes, image=ImagePrompt(str(picture), str(folder), "other.safetensors"))
