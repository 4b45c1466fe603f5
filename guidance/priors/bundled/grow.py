r"""Begin a network for pictures of twice the size with trained weights (progressive growing: Karras et al.,
arXiv:1710.10196).

    2S pixels with fold 2f and S pixels with fold f have the same grid. One pixel becomes four, (c, i, j):
    first layer    w'[c, i, j] = w[c, i // 2, j // 2] / 2      so the noise of the four sums to unit variance
    last layer     w'[c, i, j] = s w[c, i // 2, j // 2]        s = -1 where v becomes x0: v = -x0 at pure noise

All other layers keep their shapes and weights, except for inputs that hear of a reference: they begin at zero. The schedule
of the larger size is shifted by the same factor (network.make_scheduler), so the inner layers see at level t what they
saw there before. The output is right only near pure noise, so a training must follow.
"""

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor

from .mean import Mean
from .network import CHANNELS, POSE, Network
from .sight import Sight


def grown(origin: Network, flip: bool) -> Network:
    """``origin`` at twice its pixels and fold, with a sight.

    Args:
        flip: one of the two networks predicts x0 and the other v.
    """
    old, states = origin.unet.config, origin.unet.config.cross_attention_dim
    folded = 4 * old.out_channels
    unet = UNet2DConditionModel.from_config({
        **old, "in_channels": 2 * folded + CHANNELS, "out_channels": folded,
        "projection_class_embeddings_input_dim": POSE + 2 * states})
    sign = -1.0 if flip else 1.0
    sights = origin.sight is not None
    weights = origin.unet.state_dict()
    enter = weights["conv_in.weight"]
    x, rest = enter.split([old.out_channels, enter.shape[1] - old.out_channels], 1)
    reference, mean_image = rest.split([rest.shape[1] - CHANNELS, CHANNELS], 1)
    reference = quartered(reference, 1) / 4 if sights else enter.new_zeros(len(enter), folded, *enter.shape[2:])
    weights["conv_in.weight"] = torch.cat([quartered(x, 1) / 2, reference, mean_image], 1)
    for name in ("conv_out.weight", "conv_out.bias"):
        weights[name] = sign * quartered(weights[name], 0)
    conditions = "class_embedding.linear_1.weight"
    weights[conditions] = widened(weights[conditions], POSE + 2 * states)
    unet.load_state_dict(weights)
    mean = Mean(2 * states, CHANNELS, origin.mean.config.size, origin.mean.config.width)
    mean_weights = origin.mean.state_dict()
    mean.load_state_dict(mean_weights | {"read.0.weight": widened(mean_weights["read.0.weight"], 2 * states)})
    sight = Sight(folded, old.sample_size, states, POSE)
    if sights:
        shown = origin.sight.state_dict()
        sight.load_state_dict(shown | {"enter.weight": quartered(shown["enter.weight"], 1) / 4})
    return Network(unet, mean, sight).to(origin.device)


def quartered(weight: Tensor, dim: int) -> Tensor:
    """Channels (c, i, j) of fold f along ``dim``, each repeated for the four pixels that it becomes with fold 2f."""
    fold = round((weight.shape[dim] / CHANNELS) ** 0.5)
    parts = weight.unflatten(dim, (CHANNELS, fold, fold))
    parts = parts.repeat_interleave(2, dim + 1).repeat_interleave(2, dim + 2)
    return parts.flatten(dim, dim + 2)


def widened(weight: Tensor, inputs: int) -> Tensor:
    """``weight`` [N, M] with ``inputs`` columns, the new ones zero."""
    return torch.cat([weight, weight.new_zeros(len(weight), inputs - weight.shape[1])], 1)
