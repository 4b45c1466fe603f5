"""A family's gradient in the picture, computed from the papers and diffusers' own pipelines; nothing of ``guidance`` is in it.

    g = sigma^2 (eps_u + s (eps_y - eps_u) - eps),    dL/d picture = g . d x0 / d picture       (Poole et al. 2022, eq. 3)

The pipeline's encoders are asked through its own ``encode_prompt`` and its network is called directly, in the network's
precision; the schedule, guidance and weight are written out again.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

PIXELS = ("deepfloyd", "deepfloyd2")
FLOWS = ("sd3", "flux", "flux_schnell")


def levels(family: str, t: Tensor, side: int) -> tuple[Tensor, Tensor]:
    """alpha and sigma [B, 1, 1, 1] at the levels ``t`` [B] of latents of ``side``, by the papers."""
    u = (t.double() + 1) / 1000
    if family in FLOWS:                                     # Esser et al. 2024, eq. 23; of Flux dev, e^mu(tokens)
        tokens = (side // 2) ** 2                           # patches of 2 x 2
        shift = {"sd3": 3.0, "flux_schnell": 3.0}.get(family)
        shift = shift or torch.tensor(0.5 + (1.15 - 0.5) / (4096 - 256) * (tokens - 256)).double().exp()
        sigma = shift * u / (1 + (shift - 1) * u)
        alpha = 1 - sigma
    elif family in PIXELS:                                  # Nichol and Dhariwal 2021, eq. 17
        f = torch.cos((torch.arange(1001).double() / 1000 + 0.008) / 1.008 * torch.pi / 2) ** 2
        alpha, sigma = (f[t + 1] / f[0]).sqrt(), (1 - f[t + 1] / f[0]).sqrt()
    else:
        if family.startswith("pixart"):
            beta = torch.linspace(0.0001, 0.02, 1000).double()
        else:
            beta = torch.linspace(0.00085**0.5, 0.012**0.5, 1000).double() ** 2
        abar = (1 - beta).cumprod(0)[t]
        alpha, sigma = abar.sqrt(), (1 - abar).sqrt()
    return alpha.float().view(-1, 1, 1, 1), sigma.float().view(-1, 1, 1, 1)


def latent(pipe, x: Tensor) -> Tensor:
    c = pipe.vae.config
    return (pipe.vae.encode(x).latent_dist.mean - (c.shift_factor or 0)) * c.scaling_factor


def texts(pipe, family: str, prompt: str, negative: str) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """What diffusers' pipeline makes of prompt and negative prompt: two tuples of tensors with one row."""
    if family.startswith("sd2") or family in ("sd15", "lcm", "unidiffuser"):
        y, u = pipe.encode_prompt(prompt, "cpu", 1, True, negative)
        return (y,), (u,)
    if family == "sdxl":
        y, u, py, pu = pipe.encode_prompt(prompt, device="cpu", negative_prompt=negative)
        return (y, py), (u, pu)
    if family in PIXELS:
        y, u = pipe.encode_prompt(prompt, device="cpu", negative_prompt=negative)
        return (y,), (u,)
    if family == "sd3":
        y, u, py, pu = pipe.encode_prompt(prompt, None, None, device="cpu", negative_prompt=negative)
        return (y, py), (u, pu)
    if family.startswith("flux"):
        return tuple(pipe.encode_prompt(text, None, device="cpu")[:2] for text in (prompt, negative))
    y, my, u, mu = pipe.encode_prompt(prompt, negative_prompt=negative, device="cpu", max_sequence_length=(
        120 if family == "pixart" else 300))
    return (y, my), (u, mu)


def network(pipe, family: str, x_t: Tensor, t: Tensor, text: tuple[Tensor, ...], control: Tensor | None = None) -> Tensor:
    """What diffusers' network says of ``x_t`` [B, C, S, S] for one text, as its pipeline calls it; float32."""
    called = pipe.transformer if getattr(pipe, "transformer", None) is not None else pipe.unet
    B, S = len(x_t), x_t.shape[-1]
    time = 1000 * levels(family, t, S)[1].flatten()
    x, *text = (part.to(called.dtype) for part in (x_t, *(part.expand(B, *part.shape[1:]) for part in text)))
    return said(pipe, family, called, x, t, time, text, control).float()


def said(pipe, family, called, x, t, time, text, control):
    B, S = len(x), x.shape[-1]
    if family == "sd15" or family == "sd21":
        return called(x, t, text[0]).sample
    if family == "lcm":
        w = pipe.get_guidance_scale_embedding(torch.full((B,), 7.5), embedding_dim=called.config.time_cond_proj_dim)
        return called(x, t, text[0], timestep_cond=w).sample
    if family == "sdxl":
        R = float(S * pipe.vae_scale_factor)
        sizes = torch.tensor([[R, R, 0, 0, R, R]] * B).to(x)
        return called(x, t, text[0], added_cond_kwargs={"text_embeds": text[1], "time_ids": sizes}).sample
    if family == "deepfloyd":
        return called(x, t, text[0]).sample[:, :3]
    if family == "deepfloyd2":
        return called(torch.cat([x, control], 1), t, text[0], class_labels=torch.full((B,), 250)).sample[:, :3]
    if family == "sd3":
        return called(x, text[0], text[1], time).sample
    if family.startswith("flux"):
        n = S // 2
        row, column = torch.arange(n).repeat_interleave(n), torch.arange(n).repeat(n)
        places = torch.stack([torch.zeros(n * n), row, column], 1)
        guidance = torch.full((B,), 3.5) if family == "flux" else None
        patches = pipe._pack_latents(x, B, x.shape[1], S, S)
        value = called(patches, text[0], text[1], time / 1000, places, torch.zeros(text[0].shape[1], 3), guidance).sample
        R = S * pipe.vae_scale_factor
        return pipe._unpack_latents(value, R, R, pipe.vae_scale_factor)
    shape = {"resolution": None, "aspect_ratio": None}
    if called.use_additional_conditions:
        shape = {"resolution": torch.full((B, 2), float(S * pipe.vae_scale_factor)), "aspect_ratio": torch.ones(B, 1)}
    return called(x, text[0], t, shape, encoder_attention_mask=text[1]).sample[:, :4]


def to_eps(family: str, value: Tensor, x_t: Tensor, t: Tensor) -> Tensor:
    alpha, sigma = levels(family, t, x_t.shape[-1])
    if family == "sd21":
        return alpha * value + sigma * x_t                          # v = alpha eps - sigma x0
    if family == "lcm":                                             # Luo et al. 2023, eq. 9 and section 4.1's c's
        x0, kt = (x_t - sigma * value) / alpha, 10.0 * t.view(-1, 1, 1, 1)
        f = 0.25 / (kt**2 + 0.25) * x_t + kt / (kt**2 + 0.25).sqrt() * x0
        return (x_t - alpha * f) / sigma
    if family in FLOWS:
        return x_t + alpha * value                                  # the velocity eps - x0
    return value


def backward(pipe, family: str, rgb: Tensor, t: Tensor, eps: Tensor, prompt: str, negative: str, scale: float,
             control: Tensor | None = None) -> None:
    """Leave the gradient in ``rgb`` [B, R, R, 3], sRGB at the network's own size; eps [B, C, S, S] as the prior's x0."""
    x = rgb.permute(0, 3, 1, 2) * 2 - 1
    if family == "unidiffuser":
        return both_halves(pipe, x, t, eps, prompt, scale)
    clean = x if family in PIXELS else latent(pipe, x)
    alpha, sigma = levels(family, t, clean.shape[-1])
    with torch.no_grad():
        x_t = alpha * clean + sigma * eps
        y, u = (to_eps(family, network(pipe, family, x_t, t, text, control), x_t, t)
                for text in texts(pipe, family, prompt, negative))
        gradient = sigma**2 * (u + scale * (y - u) - eps)
    (gradient * clean).sum().backward()


def both_halves(pipe, x: Tensor, t: Tensor, eps: Tensor, prompt: str, scale: float) -> None:
    """Bao et al. 2023, eq. 6: the noise of latents and CLIP's vector; no words are noise at the text's last level."""
    processor, eye, dtype = pipe.clip_image_processor, pipe.image_encoder, pipe.unet.dtype
    mean, std = (torch.tensor(c).view(3, 1, 1) for c in (processor.image_mean, processor.image_std))
    seen = F.interpolate(x / 2 + 0.5, (eye.config.image_size,) * 2, mode="bilinear", antialias=True, align_corners=False)
    latents, vector = latent(pipe, x), eye((seen - mean) / std).image_embeds
    width = vector.shape[1]
    eps_vector = eps[:, 4].flatten(1)[:, :width]
    alpha, sigma = levels("unidiffuser", t, x.shape[-1])
    ((states,), _) = texts(pipe, "unidiffuser", prompt, "")
    text = pipe.text_decoder.encode(states)
    nothing = torch.randn(text.shape[1:], generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        x_t = (alpha * latents + sigma * eps[:, :4]).to(dtype)
        v_t = (alpha[:, 0, 0] * vector + sigma[:, 0, 0] * eps_vector).to(dtype)
        y = pipe.unet(x_t, v_t[:, None], text.to(dtype).expand(len(x), -1, -1), t, torch.zeros_like(t))
        u = pipe.unet(x_t, v_t[:, None], nothing.to(dtype).expand(len(x), -1, -1), t, torch.full_like(t, 1000))
        gradients = [w * (u_i.float() + scale * (y_i.float() - u_i.float()) - e) for y_i, u_i, e, w in (
            (y[0], u[0], eps[:, :4], sigma**2), (y[1][:, 0], u[1][:, 0], eps_vector, sigma[:, 0, 0] ** 2))]
    ((gradients[0] * latents).sum() + (gradients[1] * vector).sum()).backward()
