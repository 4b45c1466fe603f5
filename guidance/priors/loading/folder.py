"""The parts of a prior in diffusers' layout, ``folder/unet/config.json`` and so on, with one-sentence errors."""

import hashlib
from math import exp
from pathlib import Path

import torch
from diffusers import DDPMScheduler
from torch import nn

from ...errors import BrokenFile, PriorError
from ...schedule import PRESERVING, Schedule
from .files import check_tensors, fingerprint, heading, parameters, read_json
from .quiet import quiet

INDEX = "model_index.json"
SHARDS = "*.safetensors.index*.json"
RELATED = ("StableDiffusion", "DiffusionPipeline", "LatentConsistency")        # names whose parts say more than they do
PLAIN = {"SD3Transformer2DModel": "StableDiffusion3Pipeline", "UniDiffuserModel": "UniDiffuserPipeline"}
PASSED_OVER = (".non_ema", ".fp16")             # beside the weights that are meant; the half ones only if alone


def pipeline(folder: Path) -> str:
    """The class of the pipeline whose parts are there, whatever their author drove them with; else the one that
    model_index.json names, "" without that file."""
    named = index(folder).get("_class_name", "")
    return by_parts(folder) or named if not named or named.startswith(RELATED) else named


def index(folder: Path) -> dict:
    """model_index.json, empty without that file."""
    return read_json(folder / INDEX) if (folder / INDEX).is_file() else {}


def by_parts(folder: Path) -> str:
    """The plainest pipeline with these parts, "" where they leave it open."""
    places = [folder / part / "config.json" for part in ("unet", "transformer")]
    config = next((read_json(place) for place in places if place.is_file()), {})
    has = {part for part in ("vae", "text_encoder", "text_encoder_2") if (folder / part).is_dir()}
    kind = config.get("_class_name", "")
    if kind == "UNet2DConditionModel" and config.get("addition_embed_type") == "text_time":
        return "StableDiffusionXLPipeline" if len(has) == 3 else ""
    if kind == "UNet2DConditionModel" and has == {"vae", "text_encoder"}:
        return "StableDiffusionPipeline"
    return PLAIN.get(kind, "")


def shapes_of(folder: Path) -> dict[str, list[int]]:
    """The shapes of the weights in a part's folder by name, from their heads alone."""
    return {name: shape for file in stored(folder)[1] for name, shape in heading(file).shapes.items()}


def stored(folder: Path) -> tuple[str | None, list[Path]]:
    """The variant (None or "fp16") and the files of the weights in a part's folder, all of them there."""
    files = sorted(folder.glob("*.safetensors"))
    whole = [f for f in files if not any(mark in f.name for mark in PASSED_OVER)]
    variant, chosen = (None, whole) if whole else ("fp16", [f for f in files if PASSED_OVER[1] in f.name])
    if not chosen:
        found = ", ".join(sorted(p.name for p in folder.glob("*"))) or "nothing"
        raise PriorError(f"prior: {folder} has no .safetensors, found {found}")
    for index in folder.glob(SHARDS):
        if (".fp16" in index.name) == (variant == "fp16"):
            for shard in sorted(set(read_json(index)["weight_map"].values())):
                check_tensors(folder / shard)
    for file in chosen:
        check_tensors(file)
    return variant, chosen


def load_part(kind: type[nn.Module], folder: Path, part: str, dtype: torch.dtype) -> nn.Module:
    """The module in ``folder/part``, frozen, on the CPU; its tensors arrive one by one, so that there is one copy."""
    config = read_json(folder / part / "config.json")
    variant, _ = stored(folder / part)
    try:
        with quiet():
            module, info = kind.from_pretrained(
                folder / part, torch_dtype=dtype, variant=variant, use_safetensors=True, local_files_only=True,
                low_cpu_mem_usage=True, output_loading_info=True)
    except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
        reason = str(error).strip().splitlines()[-1].partition(". If you")[0].strip()
        raise PriorError(f"prior: the weights in {folder / part} do not fit its config.json: {reason}") from None
    if missing := sorted(info["missing_keys"]):
        raise PriorError(f"prior: the weights in {folder / part} lack {len(missing)} tensors, {missing[0]} the first "
                         f"({config.get('_class_name', kind.__name__)})")
    if broken := not_finite(module):
        raise BrokenFile(f"prior: the weights in {folder / part} are not finite, {broken} the first")
    return module.eval().requires_grad_(False)


def not_finite(module: nn.Module) -> str:
    """The name of the first weight with a value that is no number or infinite, "" for none."""
    return next((name for name, weight in module.named_parameters()
                 if weight.numel() and not all(end.isfinite() for end in weight.aminmax())), "")


def schedule_of(folder: Path, name: str, part: str = "scheduler") -> tuple[str, Schedule, dict]:
    """The prediction, the schedule and the configuration of a variance-preserving scheduler; raises PriorError for another."""
    config = read_json(folder / part / "scheduler_config.json")
    kind, prediction = config.get("_class_name", ""), config.get("prediction_type", "epsilon")
    if is_flow(config):
        raise PriorError(f"prior '{name}': its scheduler {kind} is of a rectified flow, and a network of this family is read "
                         "with a variance-preserving one, such as DDPMScheduler")
    if prediction not in PRESERVING:
        raise PriorError(f"prior '{name}': prediction_type '{prediction}', have {', '.join(PRESERVING)}")
    if kind.startswith("EDM"):
        raise PriorError(f"prior '{name}': its scheduler {kind} scales the network's input, which no family here does")
    known = {key: config[key] for key in ("num_train_timesteps", "beta_start", "beta_end", "beta_schedule",
                                          "trained_betas", "rescale_betas_zero_snr") if config.get(key) is not None}
    return prediction, Schedule.from_alphas_cumprod(DDPMScheduler.from_config(known).alphas_cumprod), config


def is_flow(config: dict) -> bool:
    """Whether a scheduler's configuration is of a rectified flow: its own class, or another's that takes such levels."""
    return config.get("_class_name", "").startswith("FlowMatch") or bool(config.get("use_flow_sigmas"))


def flow_of(folder: Path, tokens: int) -> Schedule:
    """The schedule of a rectified flow over pictures of so many tokens; raises PriorError for another scheduler.

    Its shift is constant, or e^mu with mu a line in ``tokens`` (Flux dev), as diffusers' pipelines draw it.
    """
    config = read_json(folder / "scheduler" / "scheduler_config.json")
    if not is_flow(config):
        raise PriorError(f"prior '{folder.name}': its scheduler {config.get('_class_name', '')} is not of a rectified flow, as "
                         "its network is; need FlowMatchEulerDiscreteScheduler, or one with use_flow_sigmas")
    shift = config.get("shift", config.get("flow_shift", 1.0))
    if config.get("use_dynamic_shifting"):
        (x0, y0), (x1, y1) = ((config.get(f"{end}_image_seq_len", length), config.get(f"{end}_shift", mu))
                              for end, length, mu in (("base", 256, 0.5), ("max", 4096, 1.15)))
        shift = exp(y0 + (y1 - y0) * (tokens - x0) / (x1 - x0))
    return Schedule.rectified_flow(config.get("num_train_timesteps", 1000), shift)


def deciding(part: Path) -> list[Path]:
    """The files of a part's folder that decide what it computes: weights and configuration, all of them there."""
    read_json(part / "config.json")
    return [*stored(part)[1], part / "config.json"]


def digest(folder: Path, parts: tuple[str, ...], more: str) -> str:
    """16 hexadecimal digits of the weights and configurations in ``parts``, and of what was added to them."""
    files = [file for part in parts for file in deciding(folder / part)]
    return hashlib.sha256("".join([*map(fingerprint, files), more]).encode()).hexdigest()[:16]


def gigabytes(folder: Path, size: int) -> float:
    """Of the weights in a part's folder with ``size`` bytes a value."""
    return sum(map(parameters, stored(folder)[1])) * size / 1e9
