"""A checkpoint in one .safetensors file, as web UIs share them: unpacked once into diffusers' layout, then a folder.

The tensors identify the architecture, but a file has no tokenizer and no scheduler. Their small files come from a prior of
the same architecture, ``base``, which is known for most; so does a VAE or a text encoder that the file lacks. The file's
prediction type (contents.py) is written into the scheduler. The unpacked folder is cached under the file's digest, so it
is made once; it is as large as the file.
"""

import json
import os
import shutil
import warnings
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    SD3Transformer2DModel,
    StableDiffusion3Pipeline,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from diffusers.loaders.single_file_model import SINGLE_FILE_LOADABLE_CLASSES
from diffusers.loaders.single_file_utils import SingleFileComponentError
from torch import nn

from ...errors import PriorError
from ..options import Options
from . import registry
from .contents import lacking, other_than_a_prior, stated_prediction
from .encoders import Tower, cache
from .encoders import encoder as text_encoder
from .files import Heading, fingerprint, heading, read_json, read_tensors
from .folder import INDEX, load_part, pipeline
from .hub import fetched
from .quiet import quiet

PIPELINES = {kind.__name__: kind for kind in (StableDiffusionPipeline, StableDiffusionXLPipeline,
                                              StableDiffusion3Pipeline)}
PARTS = {"unet": UNet2DConditionModel, "transformer": SD3Transformer2DModel, "vae": AutoencoderKL}
UNET = "model.diffusion_model."
CROSS = UNET + "input_blocks.2.1.transformer_blocks.0.attn2.to_k.weight"        # [.., width of the text's states]
JOINT = UNET + "joint_blocks."
T5 = "text_encoders.t5xxl."


def unpacked(file: Path, options: Options) -> Path:
    """The folder of what is in ``file``.

    Raises:
        PriorError: a broken file, an architecture that is not known or not whole, a base that cannot be had.
    """
    head = heading(file)
    if other := other_than_a_prior(head):
        raise PriorError(f"prior '{file}': {other}")
    prediction, zero_snr = stated_prediction(file, head)
    base = options.base or recognised(file, head.shapes, prediction)
    missing = lacking(head)
    config = Path(base).expanduser()
    if not config.is_dir():
        if not (known := registry.named(base)):
            raise PriorError(f"prior '{file}': base: '{base}' is no folder and no name, have "
                             f"{', '.join(registry.ENTRIES)}")
        name, entry = known
        config = fetched(name, entry.ids, entry, options.offline, weights=bool(missing))
    kind = PIPELINES.get(pipeline(config))
    if kind is None:
        raise PriorError(f"prior '{file}': base: {config} is of {pipeline(config) or 'no pipeline'}, and single files "
                         f"are read for {', '.join(PIPELINES)}")
    if missing and kind is not StableDiffusionPipeline:
        raise PriorError(f"prior '{file}': has no {' and no '.join(missing)}; use the folder in diffusers' layout, with all "
                         "its parts")
    borrowed = [part for part in missing if any((config / part).glob("*.safetensors"))]
    if len(borrowed) < len(missing):
        raise PriorError(f"prior '{file}': has no {' and no '.join(missing)}, and neither has {config}; name a folder that "
                         "has, prior_options.base=FOLDER, and it is taken from there")
    if missing:
        warnings.warn(f"{file.name} has no {' and no '.join(missing)}; taken from {base}", stacklevel=2)
    mark = "".join([f"-{prediction}" * bool(prediction), "-zero" * zero_snr, *(f"-{part}" for part in borrowed)])
    folder = cache() / "files" / f"{file.stem}-{fingerprint(file)[:16]}-{fingerprint(config / INDEX)[:8]}{mark}"
    if not (folder / INDEX).is_file():
        unpack(kind, file, config, head, folder, borrowed, scheduling(prediction, zero_snr))
    return folder


def scheduling(prediction: str, zero_snr: bool) -> dict:
    """What a file says of its schedule, under the names of a scheduler's configuration."""
    return ({"prediction_type": prediction} if prediction else {}) | ({"rescale_betas_zero_snr": True} if zero_snr else {})


def unpack(kind, file: Path, config: Path, head: Heading, folder: Path, borrowed: list[str], schedule: dict) -> None:
    """Write the folder beside its place and rename it, so that what is there is whole."""
    given = {"feature_extractor": None, "safety_checker": None} if kind is StableDiffusionPipeline else {}
    if kind is StableDiffusion3Pipeline and not any(name.startswith(T5) for name in head.shapes):
        given = {"text_encoder_3": None, "tokenizer_3": None}
    if "vae" in borrowed:
        given["vae"] = load_part(AutoencoderKL, config, "vae", head.dtype)
    if "text_encoder" in borrowed:
        given["text_encoder"] = text_encoder(config, Tower())
    try:
        with quiet():
            pipe = kind.from_single_file(str(file), config=str(config), torch_dtype=head.dtype, local_files_only=True,
                                         **given)
    except (SingleFileComponentError, OSError, ValueError, KeyError, RuntimeError, TypeError, AttributeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        if isinstance(error, NotImplementedError) and (names := absent(file, config, set(borrowed))):
            reason = f"lacks {len(names)} tensors, {names[0]} the first"
        raise PriorError(f"prior '{file}': does not fit {config}: {reason}") from None
    if names := unfilled(pipe.components):
        raise PriorError(f"prior '{file}': does not fit {config}: lacks {len(names)} tensors, {names[0]} the first")
    beside = folder.with_name(f"{folder.name}.{os.getpid()}")
    with quiet():
        pipe.save_pretrained(beside)
    written = beside / "scheduler" / "scheduler_config.json"
    written.write_text(json.dumps(read_json(written) | schedule, indent=2), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(beside, folder)


def absent(file: Path, config: Path, borrowed: set[str]) -> list[str]:
    """The tensors of network and VAE that are not in ``file``, under diffusers' names, which does not say them itself."""
    names = []
    for part, kind in PARTS.items():
        if part not in borrowed and (config / part).is_dir():
            settings = kind.load_config(config / part)
            with torch.device("meta"):
                wanted = kind.from_config(settings).state_dict()
            renamed = SINGLE_FILE_LOADABLE_CLASSES[kind.__name__]["checkpoint_mapping_fn"]
            found = renamed(config=settings, checkpoint=read_tensors(file))
            names += [f"{part}.{name}" for name in wanted if name not in found]
    return names


def unfilled(parts: dict) -> list[str]:
    """The weights of a pipeline's parts for which nothing was in the file."""
    return [f"{part}.{name}" for part, module in parts.items() if isinstance(module, nn.Module)
            for name, weight in module.named_parameters() if weight.is_meta]


def recognised(file: Path, shapes: dict[str, list[int]], prediction: str = "") -> str:
    """The name of a prior of the same architecture, by the names and shapes of the tensors and by the prediction, where
    the file says which; raises PriorError."""
    if JOINT + "0.x_block.attn.qkv.weight" in shapes:
        if JOINT + "37.x_block.attn.qkv.weight" in shapes:
            return "sd35-large"
        return "sd35" if JOINT + "0.x_block.attn2.qkv.weight" in shapes else "sd3"
    if any(name.startswith(("double_blocks.", UNET + "double_blocks.")) for name in shapes):
        raise PriorError(f"prior '{file}': has Flux's transformer alone, without encoders and VAE; use its folder in "
                         "diffusers' layout, or prior=flux")
    if any(name.startswith("conditioner.embedders.1.") for name in shapes):
        return "sdxl"
    width = shapes.get(CROSS, [0])[-1]
    if width == 768:
        return "sd15"
    if width == 1024 and prediction:
        return "sd21" if prediction == "v_prediction" else "sd21-base"
    if width == 1024:
        raise PriorError(f"prior '{file}': is a Stable Diffusion 2, and does not say what it predicts; add "
                         "prior_options.base=sd21 (768 pixels, v) or sd21-base (512 pixels, epsilon)")
    first = next(iter(shapes), "no tensor at all")
    raise PriorError(f"prior '{file}': of no architecture that is known in a single file, its first tensor is "
                     f"'{first}'; prior_options.base= may name a prior of the same kind")
