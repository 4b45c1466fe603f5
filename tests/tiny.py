"""A prior of the bundled family with random weights, in a folder, small enough to be made in a second."""

import shutil
from pathlib import Path

import torch
from diffusers import DDPMScheduler, UNet2DConditionModel
from transformers import BertConfig, BertModel

from guidance.priors.bundled.mean import Mean
from guidance.priors.bundled.sight import Sight
from guidance.priors.bundled.text import TEXT

STATES = 32         # width of the token states


def make_prior(folder: Path, sighted: bool = True) -> Path:
    """``sighted``: it can be shown a reference; those of before could not."""
    parts = 1 + sighted
    with torch.random.fork_rng():
        torch.manual_seed(0)
        unet = UNet2DConditionModel(
            sample_size=8, in_channels=16 * parts + 4, out_channels=16, block_out_channels=(8, 16), layers_per_block=1,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), norm_num_groups=4, attention_head_dim=2,
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), cross_attention_dim=STATES,
            class_embed_type="projection", projection_class_embeddings_input_dim=4 + parts * STATES)
        mean = Mean(parts * STATES, channels=4, size=4, width=16)
        sight = Sight(channels=16, size=8, states=STATES, pose=4) if sighted else None
        text = BertModel(BertConfig(hidden_size=STATES, num_hidden_layers=1, num_attention_heads=2,
                                    intermediate_size=32), add_pooling_layer=False)
    unet.save_pretrained(folder / "unet")
    mean.save_pretrained(folder / "mean")
    if sight is not None:
        sight.save_pretrained(folder / "sight")
    scheduler = DDPMScheduler(beta_schedule="squaredcos_cap_v2", prediction_type="v_prediction")
    scheduler.save_pretrained(folder / "scheduler")
    text.save_pretrained(folder / "text")
    shutil.copyfile(TEXT / "tokenizer.json", folder / "text" / "tokenizer.json")
    return folder
