"""The border to every family: our gradient against one computed from the papers and diffusers' own pipelines.

A tiny random pipeline is built and saved by diffusers' classes. ``tests/guidance/independent.py`` asks it itself; there,
guidance.priors loads the folder. The two gradients in the picture must agree.
"""

import shutil
from types import SimpleNamespace

import pytest
import torch
import torch.nn.functional as F

from guidance import priors
from guidance.errors import PriorError
from guidance.methods.sds import SDS, Config
from guidance.prompts import Prompts
from tests.guidance.independent import backward
from tests.guidance.pipelines import MAKERS, PROMPT, T, noise, picture

NEGATIVE, SCALE = "blurry", 7.5


@pytest.mark.parametrize("family", MAKERS)
def test_the_gradient_is_that_of_an_independent_computation(pipes, load, family):
    pipe, prior, side = pipes(family)[0], load(family), 32 if family == "deepfloyd2" else 16
    ours, theirs = picture(side), picture(side)
    negative = "" if family == "unidiffuser" else NEGATIVE          # its own unguided picture is of no words
    query = Prompts(prior, PROMPT, negative, view_words=False)(torch.zeros(2), torch.zeros(2))
    rng = torch.Generator().manual_seed(3)
    query = query.seeing(prior.control(ours, query, rng))
    eps = noise(2, prior.channels, prior.size, prior.size)
    x0 = prior.encode(ours)
    method = SDS(prior, Config(guidance_scale=SCALE, rescale=0.0, clamp=False, weight="sigma2"))
    (method.grad(x0.detach(), query, T, eps) * x0).sum().backward()

    control = None
    if family == "deepfloyd2":                              # Saharia et al. 2022, 2.3: noise on the low resolution
        x = theirs.rgb.detach().permute(0, 3, 1, 2) * 2 - 1
        low = F.interpolate(x, (8, 8), mode="bilinear", antialias=True)
        up = F.interpolate(low, (32, 32), mode="bilinear", align_corners=True)
        f = torch.cos((torch.tensor([0.0, 251.0]).double() / 1000 + 0.008) / 1.008 * torch.pi / 2) ** 2
        abar = (f[1] / f[0]).float()
        control = abar.sqrt() * up + (1 - abar).sqrt() * noise(2, 3, 32, 32, seed=3)
    backward(pipe, family, theirs.rgb, T, eps, PROMPT, negative, SCALE, control)
    assert ours.rgb.grad.isfinite().all() and ours.rgb.grad.abs().max() > 0
    error = (ours.rgb.grad - theirs.rgb.grad).norm() / theirs.rgb.grad.norm()
    assert error < 1e-3
    assert not any(weight.requires_grad for weight in prior.network.parameters())


def test_unidiffuser_refuses_a_scene_of_latents_which_has_no_image_vector(load):
    shown = SimpleNamespace(rgb=torch.zeros(1, 8, 8, 3), latent=torch.zeros(1, 8, 8, 5))
    with pytest.raises(PriorError, match="scene.latent: need 0, because x0 is latents and an image vector, got 5"):
        load("unidiffuser").encode(shown)


@pytest.mark.parametrize("family, patch", [("sd3", 2), ("flux", 2), ("pixart", 2), ("sd15", 1)])
def test_a_picture_has_a_side_that_the_network_can_cut_into_tokens(pipes, tmp_path, family, patch):
    """With the published VAEs' 8 pixels a latent: 72 pixels are 9 of them."""
    folder = shutil.copytree(pipes(family)[1], tmp_path / "x")
    deeper = type(pipes(family)[0].vae).from_config(pipes(family)[0].vae.config, block_out_channels=(8,) * 4,
                                                    down_block_types=("DownEncoderBlock2D",) * 4,
                                                    up_block_types=("UpDecoderBlock2D",) * 4)
    deeper.save_pretrained(folder / "vae")
    if patch == 1:
        assert priors.load(folder, precision="float32", options=priors.Options(pixels=72)).size == 9
    else:
        with pytest.raises(PriorError, match="pixels: need a multiple of 16, got 72"):
            priors.load(folder, precision="float32", options=priors.Options(pixels=72))
