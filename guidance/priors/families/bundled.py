"""The bundled prior: pixels with opacity, conditioned on text and on the camera's angles.

A diffusers UNet2DConditionModel that receives a mean image beside x_t; see ``bundled/network.py``.
"""

import hashlib
import re
import time
from math import isqrt
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import UNet2DConditionModel
from torch import Tensor

from ...conditions import Condition, Picture, Query, Source
from ...errors import PriorError
from ...schedule import PRESERVING
from .. import bundled
from ..bundled import packed
from ..bundled.mean import Mean
from ..bundled.network import CHANNELS, POSE, SIGHT_PARTS, TOKENS, Glance, Network
from ..bundled.sight import Sight
from ..bundled.text import TEXT
from ..loading.files import check_card, check_tensors, read_json, sha256
from ..loading.folder import not_finite
from ..options import Options, nothing_added
from ..sampling import sample

MODULES = {"unet": UNet2DConditionModel, "mean": Mean, "sight": Sight}
WEIGHTS = "diffusion_pytorch_model.safetensors"

FUNCTION_WORDS = ("a", "an", "the", "of", "with", "and", "in", "on", "view")      # never worth a warning
GUIDED_FROM = 0.4       # of the schedule: below, samples with guidance had specks, and without it they have none
PROBE_GAIN = 1.1        # bfloat16 must be this much faster to be worth its rounding (0.1 to 0.4 % rms of eps)


def recognises(folder: Path) -> bool:
    if not (folder / "unet/config.json").is_file() or (folder / "model_index.json").is_file():
        return False
    config = read_json(folder / "unet" / "config.json")
    channels, states = config.get("out_channels") or 0, config.get("cross_attention_dim") or 0
    sights = 1 + (folder / SIGHT_PARTS[0]).is_file()
    return (config.get("projection_class_embeddings_input_dim") == POSE + sights * states
            and channels == CHANNELS * isqrt(channels // CHANNELS) ** 2
            and config.get("in_channels") == sights * channels + CHANNELS)


def load(folder: Path, device: str | torch.device, precision: str, options: Options) -> "Bundled":
    nothing_added(folder.name, options)
    card = check_card(folder)
    for part in modules(folder):
        check_tensors(folder / part / WEIGHTS)
    scheduler_config = read_json(folder / "scheduler" / "scheduler_config.json")
    if (prediction := scheduler_config.get("prediction_type")) not in PRESERVING:
        raise PriorError(f"prior '{folder}': prediction_type '{prediction}', have {', '.join(PRESERVING)}")
    chosen = network(folder, torch.float32 if precision == "auto" else getattr(torch, precision), device)
    if precision == "auto" and not emulated(device):
        low = network(folder, torch.bfloat16, device)
        chosen = low if pays(low, chosen) else chosen
    return Bundled(folder, card, chosen, scheduler_config)


def network(folder: Path, dtype: torch.dtype, device: str | torch.device) -> Network:
    """The frozen network; channels_last is 5 to 15 % faster (two AVX-512 cores, 2 and 8 rows, both precisions)."""
    loaded = Network(*(read(folder, name, kind, dtype) for name, kind in modules(folder).items()))
    return loaded.to(device, memory_format=torch.channels_last).eval().requires_grad_(False)


def modules(folder: Path) -> dict[str, type]:
    """What the prior consists of; those of before November 2026 have no sight."""
    return {name: kind for name, kind in MODULES.items() if (folder / name).is_dir() or name != "sight"}


def read(folder: Path, name: str, kind: type, dtype: torch.dtype) -> torch.nn.Module:
    where = f"prior '{folder}': {name}/{WEIGHTS}"
    way = read_packed if packed.is_packed(folder / name / WEIGHTS) else read_plain
    try:
        part, missing, stray = way(folder / name, kind, dtype)
    except (OSError, RuntimeError, ValueError) as error:
        reason = str(error).strip().splitlines()[-1].strip()
        raise PriorError(f"{where} does not fit {name}/config.json: {reason}") from None
    if missing:
        raise PriorError(f"{where} lacks {len(missing)} tensors, {missing[0]} the first")
    if stray:
        raise PriorError(f"{where} has {len(stray)} tensors too many, {stray[0]} the first")
    if broken := not_finite(part):
        raise PriorError(f"{where}: weights that are not finite, {broken} the first")
    return part


def read_plain(folder: Path, kind: type, dtype: torch.dtype) -> tuple[torch.nn.Module, list[str], list[str]]:
    """A part as diffusers keeps it, and the tensors that it lacks; what is too much diffusers leaves out."""
    part, info = kind.from_pretrained(folder, torch_dtype=dtype, use_safetensors=True, local_files_only=True,
                                      low_cpu_mem_usage=False, output_loading_info=True)
    return part, info["missing_keys"], []


def read_packed(folder: Path, kind: type, dtype: torch.dtype) -> tuple[torch.nn.Module, list[str], list[str]]:
    """A part of int8 weights, and the tensors that it lacks and that are too much."""
    part = kind.from_config(kind.load_config(folder))
    missing, stray = part.load_state_dict(packed.read(folder / WEIGHTS), strict=False)
    return torch.nn.Module.to(part, dtype), missing, stray          # diffusers' own `to` warns of nothing


def emulated(device: str | torch.device) -> bool:
    """Whether bfloat16 is converted to float32 and back for each operation, as on a CPU with AVX2 at most: no need to try."""
    return torch.device(device).type == "cpu" and torch.backends.cpu.get_cpu_capability() in ("AVX2", "NO AVX")


def pays(low: Network, full: Network) -> bool:
    """Whether ``low`` is faster by PROBE_GAIN; the calls alternate, so that other work on the machine slows both."""
    times = [(seconds(low), seconds(full)) for _ in range(4)][1:]       # the first warms up
    return min(full for _, full in times) > PROBE_GAIN * min(low for low, _ in times)


@torch.no_grad()
def seconds(network: Network) -> float:
    """One call with two rows."""
    start = time.perf_counter()
    like = dict(device=network.device)
    text = torch.ones(2, TOKENS, network.unet.config.cross_attention_dim, **like)
    nothing = Condition(text, torch.ones(2, TOKENS, dtype=torch.bool, **like), torch.zeros(2, POSE, **like))
    value = network(torch.zeros(2, CHANNELS, network.size, network.size, **like), torch.zeros(2, **like), nothing)
    value[0, 0, 0, 0].item()                                            # waits for a GPU
    return time.perf_counter() - start


class Bundled:
    """A ``Prior``; see guidance/priors/__init__.py."""

    channels, pixels, opacity = CHANNELS, True, True

    def __init__(self, folder: Path, card: dict, network: Network, scheduler_config: dict):
        self.name, self.card, self.folder = folder.name, card, folder
        self.words = set(words(" ".join([*card.get("words", []), *card.get("colours", [])])))
        self.text_folder = folder / "text" if (folder / "text").is_dir() else TEXT
        parts = "".join(sha256(folder / name) for name in bundled.network.parts(folder))
        self.id = hashlib.sha256(parts.encode()).hexdigest()[:16]
        self.network, self.scheduler_config = network, scheduler_config
        self.size = self.resolution = network.size
        self.schedule, self.prediction = bundled.network.schedule_of(scheduler_config), scheduler_config["prediction_type"]
        self.texts: dict[str, tuple[Tensor, Tensor]] = {}       # token states and masks of the texts seen so far
        self.looks: dict[str, tuple[Source, Glance]] = {}    # the last reference and its features

    @property
    def sees(self) -> bool:
        """Whether it can be shown a reference; see guidance/reference.py."""
        return self.network.sight is not None

    @property
    def precision(self) -> str:
        return str(self.network.dtype).removeprefix("torch.")

    def encode(self, picture: Picture) -> Tensor:
        x = torch.cat([picture.premultiplied, picture.opacity], -1).permute(0, 3, 1, 2)     # [B, 4, H, W]
        if x.shape[-2:] != (self.size, self.size):
            x = F.interpolate(x, (self.size, self.size), mode="bilinear", antialias=True, align_corners=False)
        return x.float() * 2 - 1

    def decode(self, x0: Tensor) -> tuple[Tensor, Tensor]:
        x = (x0.permute(0, 2, 3, 1) / 2 + 0.5).clamp(0, 1)
        return x[..., :3], x[..., 3:]

    def control(self, picture: Picture, query: Query, rng: torch.Generator) -> None:
        """Nothing: the network hears of the picture through x_t alone."""

    def eps(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        value = self.network(x_t, t, condition, glance=self.glance(condition))
        return self.schedule.eps_from(self.prediction, value, x_t, t)

    def glance(self, condition: Condition) -> Glance | None:
        """The features of the reference, where all rows that are shown one are shown the same: computed for the first
        call, as a run shows one in thousands. None where they may differ, or the sight itself is being trained."""
        sight, source = self.network.sight, condition.source
        if sight is None or source is None or any(weight.requires_grad for weight in sight.parameters()):
            return None
        known = self.looks.get("last")
        if known is None or known[0] is not source:
            with torch.no_grad():
                known = self.looks["last"] = (source, self.network.look(source.shown(self, condition[:1])))
        B, one, shown = len(condition), known[1], condition.reference_pose[:, :1].to(self.network.dtype)
        return Glance(one.folded.expand(B, -1, -1, -1) * shown[..., None, None], one.tokens.expand(B, -1, -1),
                      one.summary.expand(B, -1) * shown, shown > 0)

    def condition(self, prompts: list[str], azimuth: Tensor | None = None,
                  elevation: Tensor | None = None) -> Condition:
        new = list(dict.fromkeys(p for p in prompts if p not in self.texts))
        if new:
            self.texts.update(zip(new, zip(*bundled.text.encode(self.text_folder, new, TOKENS), strict=True), strict=True))
        text, mask = (torch.stack(parts).to(self.network.device) for parts in zip(*(self.texts[p] for p in prompts), strict=True))
        pose = torch.zeros(len(prompts), POSE) if azimuth is None else self.pose(azimuth, elevation)
        return Condition(text, mask, pose.to(text))

    def pose(self, azimuth: Tensor, elevation: Tensor) -> Tensor:
        return bundled.network.pose(azimuth, elevation)

    def unknown_words(self, prompt: str) -> list[str]:
        """By the lists ``words`` and ``colours`` of its card; none without them."""
        known = {*self.words, *FUNCTION_WORDS}
        return list(dict.fromkeys(w for w in words(prompt) if w not in known)) if self.words else []

    def nearest_words(self, prompt: str) -> list[tuple[str, float]]:
        """By the cosine of the sentence encoder's pooled states."""
        return bundled.text.nearest(self.text_folder, prompt, self.card.get("words", []), TOKENS)

    def sample(self, condition: Condition, steps: int = 20, scale: float = 4.0, rng: torch.Generator | None = None,
               sampler: str = "") -> Tensor:
        """x0 [B, 4, S, S] by "sde-dpm++" (DPM-Solver++ with noise, the usual one of 16 steps or more), "dpm++" (of fewer),
        "ddim" or "ddpm"; without ``rng``, from seed 0."""
        query = Query(condition, self.condition([""]).expand(len(condition)))
        rng = rng or torch.Generator().manual_seed(0)
        return sample(self, self.scheduler_config, query, steps, scale, rng, sampler, GUIDED_FROM)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
