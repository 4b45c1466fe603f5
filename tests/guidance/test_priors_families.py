"""The border to every family: our gradient against one computed here, from the papers and diffusers' own pipelines.

A tiny random pipeline is built and saved by diffusers' classes. Here, its encoders are asked through the pipeline's own
``encode_prompt`` and its network is called directly; the schedule, guidance and weight are written out again. There,
guidance.priors loads the folder. The two gradients in the picture must agree.
"""

import pytest
import torch
import torch.nn.functional as F

from guidance.methods.sds import SDS, Config
from guidance.prompts import Prompts
from tests.guidance.pipelines import MAKERS, PIXELS, PROMPT, T, noise, picture

NEGATIVE, SCALE = "blurry", 7.5
FLOWS = ("sd3", "flux", "flux_schnell")


def levels(family):
    """alpha and sigma [2, 1, 1, 1] at T, by the papers."""
    u = (T.double() + 1) / 1000
    if family in FLOWS:                                     # Esser et al. 2024, eq. 23; of Flux dev, e^mu(tokens)
        tokens = 16                                         # 8 x 8 latents in patches of 2 x 2
        shift = {"sd3": 3.0, "flux_schnell": 3.0}.get(family)
        shift = shift or torch.tensor(0.5 + (1.15 - 0.5) / (4096 - 256) * (tokens - 256)).double().exp()
        sigma = shift * u / (1 + (shift - 1) * u)
        alpha = 1 - sigma
    elif family in PIXELS:                                  # Nichol and Dhariwal 2021, eq. 17
        f = torch.cos((torch.arange(1001).double() / 1000 + 0.008) / 1.008 * torch.pi / 2) ** 2
        alpha, sigma = (f[T + 1] / f[0]).sqrt(), (1 - f[T + 1] / f[0]).sqrt()
    else:
        if family.startswith("pixart"):
            beta = torch.linspace(0.0001, 0.02, 1000).double()
        else:
            beta = torch.linspace(0.00085**0.5, 0.012**0.5, 1000).double() ** 2
        abar = (1 - beta).cumprod(0)[T]
        alpha, sigma = abar.sqrt(), (1 - abar).sqrt()
    return alpha.float().view(-1, 1, 1, 1), sigma.float().view(-1, 1, 1, 1)


def latent(pipe, x):
    c = pipe.vae.config
    return (pipe.vae.encode(x).latent_dist.mean - (c.shift_factor or 0)) * c.scaling_factor


def texts(pipe, family):
    """What diffusers' pipeline makes of prompt and negative prompt: two tuples of tensors with one row."""
    if family.startswith("sd2") or family in ("sd15", "lcm", "unidiffuser"):
        y, u = pipe.encode_prompt(PROMPT, "cpu", 1, True, NEGATIVE)
        return (y,), (u,)
    if family == "sdxl":
        y, u, py, pu = pipe.encode_prompt(PROMPT, device="cpu", negative_prompt=NEGATIVE)
        return (y, py), (u, pu)
    if family in PIXELS:
        y, u = pipe.encode_prompt(PROMPT, device="cpu", negative_prompt=NEGATIVE)
        return (y,), (u,)
    if family == "sd3":
        y, u, py, pu = pipe.encode_prompt(PROMPT, None, None, device="cpu", negative_prompt=NEGATIVE)
        return (y, py), (u, pu)
    if family.startswith("flux"):
        return tuple(pipe.encode_prompt(text, None, device="cpu")[:2] for text in (PROMPT, NEGATIVE))
    y, my, u, mu = pipe.encode_prompt(PROMPT, negative_prompt=NEGATIVE, device="cpu", max_sequence_length=(
        120 if family == "pixart" else 300))
    return (y, my), (u, mu)


def network(pipe, family, x_t, text, control=None):
    """What diffusers' network says of x_t for one text, as its pipeline calls it."""
    text = [part.expand(len(x_t), *part.shape[1:]) for part in text]
    if family == "sd15" or family == "sd21":
        return pipe.unet(x_t, T, text[0]).sample
    if family == "lcm":
        w = pipe.get_guidance_scale_embedding(torch.full((2,), 7.5), embedding_dim=16)
        return pipe.unet(x_t, T, text[0], timestep_cond=w).sample
    if family == "sdxl":
        sizes = torch.tensor([[16.0, 16, 0, 0, 16, 16]] * 2)
        return pipe.unet(x_t, T, text[0], added_cond_kwargs={"text_embeds": text[1], "time_ids": sizes}).sample
    if family == "deepfloyd":
        return pipe.unet(x_t, T, text[0]).sample[:, :3]
    if family == "deepfloyd2":
        return pipe.unet(torch.cat([x_t, control], 1), T, text[0], class_labels=torch.full((2,), 250)).sample[:, :3]
    time = 1000 * levels(family)[1].flatten()
    if family == "sd3":
        return pipe.transformer(x_t, text[0], text[1], time).sample
    if family.startswith("flux"):
        row, column = torch.arange(4).repeat_interleave(4), torch.arange(4).repeat(4)
        places = torch.stack([torch.zeros(16), row, column], 1)
        guidance = torch.full((2,), 3.5) if family == "flux" else None
        patches = pipe._pack_latents(x_t, 2, 16, 8, 8)
        said = pipe.transformer(patches, text[0], text[1], time / 1000, places, torch.zeros(text[0].shape[1], 3),
                                guidance).sample
        return pipe._unpack_latents(said, 16, 16, pipe.vae_scale_factor)
    if family == "pixart":
        shape = {"resolution": torch.full((2, 2), 16.0), "aspect_ratio": torch.ones(2, 1)}
        return pipe.transformer(x_t, text[0], T, shape, encoder_attention_mask=text[1].float()).sample[:, :4]
    nothing = {"resolution": None, "aspect_ratio": None}
    return pipe.transformer(x_t, text[0], T, nothing, encoder_attention_mask=text[1].float()).sample[:, :4]


def to_eps(family, value, x_t, alpha, sigma):
    if family == "sd21":
        return alpha * value + sigma * x_t                          # v = alpha eps - sigma x0
    if family == "lcm":                                             # Luo et al. 2023, eq. 9 and section 4.1's c's
        x0, kt = (x_t - sigma * value) / alpha, 10.0 * T.view(-1, 1, 1, 1)
        f = 0.25 / (kt**2 + 0.25) * x_t + kt / (kt**2 + 0.25).sqrt() * x0
        return (x_t - alpha * f) / sigma
    if family in FLOWS:
        return x_t + alpha * value                                  # the velocity eps - x0
    return value


@pytest.mark.parametrize("family", [f for f in MAKERS if f != "unidiffuser"])
def test_the_gradient_is_that_of_an_independent_computation(pipes, load, family):
    pipe, prior, side = pipes(family)[0], load(family), 32 if family == "deepfloyd2" else 16
    ours, theirs = picture(side), picture(side)
    query = Prompts(prior, PROMPT, NEGATIVE, view_words=False)(torch.zeros(2), torch.zeros(2))
    rng = torch.Generator().manual_seed(3)
    query = query.seeing(prior.control(ours, query, rng))
    eps = noise(2, prior.channels, prior.size, prior.size)
    x0 = prior.encode(ours)
    method = SDS(prior, Config(guidance_scale=SCALE, rescale=0.0, clamp=False, weight="sigma2"))
    (method.grad(x0.detach(), query, T, eps) * x0).sum().backward()

    x = theirs.rgb.permute(0, 3, 1, 2) * 2 - 1
    control = None
    if family == "deepfloyd2":                              # Saharia et al. 2022, 2.3: noise on the low resolution
        low = F.interpolate(x.detach(), (8, 8), mode="bilinear", antialias=True)
        up = F.interpolate(low, (32, 32), mode="bilinear", align_corners=True)
        f = torch.cos((torch.tensor([0.0, 251.0]).double() / 1000 + 0.008) / 1.008 * torch.pi / 2) ** 2
        abar = (f[1] / f[0]).float()
        control = abar.sqrt() * up + (1 - abar).sqrt() * noise(2, 3, 32, 32, seed=3)
    clean = x if family in PIXELS else latent(pipe, x)
    alpha, sigma = levels(family)
    with torch.no_grad():
        x_t = alpha * clean + sigma * eps
        said = (network(pipe, family, x_t, text, control) for text in texts(pipe, family))
        y, u = (to_eps(family, value, x_t, alpha, sigma) for value in said)
        gradient = sigma**2 * (u + SCALE * (y - u) - eps)   # Poole et al. 2022, eq. 3, w = sigma^2
    (gradient * clean).sum().backward()
    assert ours.rgb.grad.isfinite().all() and ours.rgb.grad.abs().max() > 0
    error = (ours.rgb.grad - theirs.rgb.grad).norm() / theirs.rgb.grad.norm()
    assert error < 1e-3
    assert not any(weight.requires_grad for weight in prior.network.parameters())


def test_unidiffusers_gradient_is_that_of_both_halves_of_its_picture(pipes, load):
    """Bao et al. 2023, eq. 6: the noise of latents and CLIP's vector; no words are noise at the text's last level."""
    pipe, prior = pipes("unidiffuser")[0], load("unidiffuser")
    ours, theirs = picture(16), picture(16)
    query = Prompts(prior, PROMPT, view_words=False)(torch.zeros(2), torch.zeros(2))
    eps = noise(2, 5, 8, 8)
    x0 = prior.encode(ours)
    method = SDS(prior, Config(guidance_scale=SCALE, rescale=0.0, weight="sigma2"))
    (method.grad(x0.detach(), query, T, eps) * x0).sum().backward()

    x = theirs.rgb.permute(0, 3, 1, 2)
    processor = pipe.clip_image_processor
    mean, std = (torch.tensor(c).view(3, 1, 1) for c in (processor.image_mean, processor.image_std))
    latents, vector = latent(pipe, 2 * x - 1), pipe.image_encoder((x - mean) / std).image_embeds
    eps_vector = eps[:, 4].flatten(1)[:, :20]
    alpha, sigma = levels("unidiffuser")
    (states, _) = pipe.encode_prompt(PROMPT, "cpu", 1, False)
    text = pipe.text_decoder.encode(states)
    nothing = torch.randn(77, 8, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        x_t = alpha * latents + sigma * eps[:, :4]
        v_t = alpha[:, 0, 0] * vector + sigma[:, 0, 0] * eps_vector
        y = pipe.unet(x_t, v_t[:, None], text.expand(2, -1, -1), T, torch.zeros(2).long())
        u = pipe.unet(x_t, v_t[:, None], nothing.expand(2, -1, -1), T, torch.full((2,), 1000))
        gradients = [w * (u_i + SCALE * (y_i - u_i) - e) for y_i, u_i, e, w in (
            (y[0], u[0], eps[:, :4], sigma**2), (y[1][:, 0], u[1][:, 0], eps_vector, sigma[:, 0, 0] ** 2))]
    ((gradients[0] * latents).sum() + (gradients[1] * vector).sum()).backward()
    assert (ours.rgb.grad - theirs.rgb.grad).norm() / theirs.rgb.grad.norm() < 1e-3
