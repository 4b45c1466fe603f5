"""A pipeline's weights under the names of the original Stable Diffusion code, as single files have them."""

import re

import torch

RESNET = {"norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0",
          "conv2": "out_layers.3", "conv_shortcut": "skip_connection"}
OUTER = {"conv_in": "input_blocks.0.0", "conv_norm_out": "out.0", "conv_out": "out.2",
         "time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2"}

VAE = {"down_blocks.": "down.", "mid_block.resnets.0": "mid.block_1", "mid_block.resnets.1": "mid.block_2",
       "mid_block.attentions.0": "mid.attn_1", "resnets.": "block.", "downsamplers.0.conv": "downsample.conv",
       "upsamplers.0.conv": "upsample.conv", "conv_norm_out": "norm_out", "conv_shortcut": "nin_shortcut",
       "group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}


def unet_name(name: str) -> str:
    """For two levels with one layer each: down (resnet, downsampler), (resnet, attention); up the other way round."""
    for ours, theirs in OUTER.items():
        if name.startswith(ours + "."):
            return "model.diffusion_model." + theirs + name.removeprefix(ours)
    block, kind, rest = re.fullmatch(r"(down_blocks\.\d|up_blocks\.\d|mid_block)\.(\w+\.\d)\.(.*)", name).groups()
    j = int(kind[-1])
    if kind.startswith("resnets"):
        part, _, tail = rest.partition(".")
        rest = f"{RESNET[part]}.{tail}"
    place = {"down_blocks.0": {"resnets": "1.0", "downsamplers": "2.0"},
             "down_blocks.1": {"resnets": "3.0", "attentions": "3.1"},
             "up_blocks.0": {"resnets": f"{j}.0", "attentions": f"{j}.1", "upsamplers": "1.2"},
             "up_blocks.1": {"resnets": f"{2 + j}.0"},
             "mid_block": {"resnets": f"{2 * j}", "attentions": "1"}}[block][kind[:-2]]
    if kind.startswith("downsamplers"):
        rest = rest.replace("conv", "op")
    side = {"d": "input_blocks", "u": "output_blocks", "m": "middle_block"}[block[0]]
    return f"model.diffusion_model.{side}.{place}.{rest}"


def vae_name(name: str) -> str:
    name = re.sub(r"up_blocks\.(\d)", lambda found: f"up.{1 - int(found[1])}", name)
    for ours, theirs in VAE.items():
        name = name.replace(ours, theirs)
    return "first_stage_model." + name


def original(pipe) -> dict[str, torch.Tensor]:
    tensors = {unet_name(name): tensor for name, tensor in pipe.unet.state_dict().items()}
    for name, tensor in pipe.vae.state_dict().items():
        flat = re.search(r"attentions.0.to_\w+(\.0)?\.weight", name)            # there, a convolution of one pixel
        tensors[vae_name(name)] = tensor[..., None, None] if flat else tensor
    for name, tensor in pipe.text_encoder.state_dict().items():
        name = name if name.startswith("text_model.") else f"text_model.{name}"
        tensors[f"cond_stage_model.transformer.{name}"] = tensor
    return {name: tensor.contiguous() for name, tensor in tensors.items()}
