r"""What all families but the bundled one share: a network from a folder, text encoders, pictures over a background.

    eps(x_t, t, y) = schedule.eps_from(prediction, predict(x_t, t, y))

A family implements ``predict``, the call of its network. It may also override ``read``, how texts are encoded;
_latent.py adds x0 as latents. The network computes in its own precision; inputs and outputs are float32.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from ...conditions import Condition, Picture, Query
from .. import bundled
from ..adding import lora
from ..adding.found import digest_of
from ..adding.words import add_word, read_word
from ..loading.encoders import Encoded, Tower, encode, files
from ..loading.files import fingerprint, read_json
from ..loading.folder import digest, gigabytes, load_part, shapes_of
from ..loading.memory import Plan, dtype_for, plan
from ..options import Options, nothing_added
from ..resize import resized
from ..sampling import chosen, ddim


@dataclass(frozen=True)
class Spec:
    """What a family reads from a prior's folder.

    Attributes:
        part: the folder of the network, and ``kind`` its class.
        towers: the text encoders, in the order in which ``read`` gets them.
        options: names of the Options that it has.
        lora: a LoRA loader of diffusers, or None.
        others: parts besides the network whose weights decide what it says.
    """

    part: str
    kind: type[nn.Module]
    towers: tuple[Tower, ...]
    options: tuple[str, ...]
    lora: type | None = None
    others: tuple[str, ...] = ()


class Frozen:
    """A ``Prior``; see guidance/priors/__init__.py. Over pixels, unless a subclass encodes them.

    Subclasses set ``prediction``, ``schedule``, ``size`` and ``channels``, and implement ``predict``.
    """

    pixels, opacity, sees = True, False, False

    def __init__(self, spec: Spec, folder: Path, device: str | torch.device, precision: str, options: Options):
        nothing_added(folder.name, options, spec.options)
        self.folder, self.spec, self.options, self.card = folder, spec, options, {}
        self.name, self.device = folder.name, torch.device(device)
        self.dtype = dtype_for(precision, self.device)
        self.added = digest_of(options)
        others = [*sorted(folder.glob("*scheduler/scheduler_config.json")),
                  *(file for tower in spec.towers for file in files(folder, tower))]
        asked = f"{options.guidance or ''}" + f" {options.pixels} pixels" * bool(options.pixels)
        self.id = digest(folder, (spec.part, *spec.others), "".join([self.added, *map(fingerprint, others), asked]))
        self.plan = self.planned(options.memory)
        self.texts: dict[str, tuple[Tensor, Tensor, Tensor | None]] = {}    # states, mask, pooled of those seen so far
        network = load_part(spec.kind, folder, spec.part, self.dtype)
        self.network = self.placed(self.adapted(self.melted(network)))

    @property
    def precision(self) -> str:
        return str(self.dtype).removeprefix("torch.")

    def planned(self, memory: int) -> Plan:
        if not memory:
            return Plan()
        network = gigabytes(self.folder / self.spec.part, self.dtype.itemsize)
        encoders = [gigabytes(self.folder / tower.encoder, 2) for tower in self.spec.towers]
        return plan(memory, self.device.type, network, max(encoders))

    def adapted(self, network: nn.Module) -> nn.Module:
        """The network with additions that change its structure; most families have none."""
        return network

    def placed(self, network: nn.Module) -> nn.Module:
        """On the device, whole or layer by layer."""
        if not self.plan.offload:
            return network.to(self.device)
        network.enable_group_offload(onload_device=self.device, offload_type="leaf_level",
                                     use_stream=self.device.type == "cuda")
        return network

    def encode(self, picture: Picture) -> Tensor:
        return self.shown(picture)

    def shown(self, picture: Picture) -> Tensor:
        """The picture over its background, [B, 3, R, R] in [-1, 1], float32; differentiable."""
        return resized(picture.rgb.permute(0, 3, 1, 2).float(), self.resolution) * 2 - 1

    @property
    def resolution(self) -> int:
        return self.size

    def decode(self, x0: Tensor) -> tuple[Tensor, Tensor]:
        rgb = (x0.permute(0, 2, 3, 1) / 2 + 0.5).clamp(0, 1)
        return rgb, torch.ones_like(rgb[..., :1])

    def control(self, picture: Picture, query: Query, rng: torch.Generator) -> Tensor | None:
        return None

    def eps(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        return self.schedule.eps_from(self.prediction, self.predict(x_t, t, condition).float(), x_t, t)

    def predict(self, x_t: Tensor, t: Tensor, condition: Condition) -> Tensor:
        """The network's output [B, C, S, S] for ``x_t`` at the levels ``t`` [B], in its own precision."""
        raise NotImplementedError

    def condition(self, prompts: list[str], azimuth: Tensor | None = None,
                  elevation: Tensor | None = None) -> Condition:
        new = list(dict.fromkeys(p for p in prompts if p not in self.texts))
        if new:
            text, mask, pooled = self.read(new)
            pooled = [None] * len(new) if pooled is None else pooled
            self.texts.update(zip(new, zip(text, mask, pooled, strict=True), strict=True))
        text, mask, pooled = ([row[i] for row in map(self.texts.__getitem__, prompts)] for i in range(3))
        pose = torch.zeros(len(prompts), bundled.network.POSE) if azimuth is None else self.pose(azimuth, elevation)
        y = Condition(torch.stack(text), torch.stack(mask), pose, None if pooled[0] is None else torch.stack(pooled))
        return Condition(**{name: None if part is None else part.to(self.device) for name, part in y.parts().items()})

    def read(self, texts: list[str]) -> tuple[Tensor, Tensor, Tensor | None]:
        """Token states [N, L, D], mask [N, L] and pooled [N, Q] or None; here, those of the only encoder."""
        encoded = self.towered(0, texts)
        return encoded.text, encoded.mask, None

    def towered(self, i: int, texts: list[str]) -> Encoded:
        """The texts as the ``i``-th encoder reads them."""
        add = self.add if self.added else None
        return encode(self.folder, self.spec.towers[i], texts, self.device, self.plan, self.added, add)

    def add(self, part: str, encoder: nn.Module, tokenizer) -> dict[str, str]:
        """LoRA and words into an encoder; how each word that it has vectors for is spelled for it."""
        for each in self.options.lora:
            lora.melt(encoder, self.changes(each.path, self.network.config)[part], each.weight)
        configs = [read_json(self.folder / tower.encoder / "config.json") for tower in self.spec.towers]
        widths = [config.get("hidden_size") or config.get("d_model") for config in configs]         # a CLIP's or a T5's
        width = encoder.get_input_embeddings().weight.shape[1]
        learnt = [(word.token, read_word(word.path, word.token, width, widths, self.options.offline))
                  for word in self.options.words]
        return {token: add_word(token, vectors, encoder, tokenizer) for token, vectors in learnt if vectors is not None}

    def changes(self, path: str, config) -> dict[str, dict[str, lora.Change]]:
        """What the LoRA at ``path`` changes, by part and module."""
        parts = self.spec.part, *(tower.encoder for tower in self.spec.towers)
        return lora.read(path, self.spec.lora, config, parts, self.options.offline)

    def melted(self, network: nn.Module) -> nn.Module:
        """The network with each LoRA's share of it; raises PriorError for one that fits neither it nor the encoders."""
        if self.options.lora:
            shapes = {tower.encoder: shapes_of(self.folder / tower.encoder) for tower in self.spec.towers}
            shapes = {part: {name.removeprefix(lora.INNER): shape for name, shape in of.items()} for part, of in shapes.items()}
            shapes[self.spec.part] = {name: list(weight.shape) for name, weight in network.named_parameters()}
        for each in self.options.lora:
            changes = self.changes(each.path, network.config)
            lora.check(each.path, changes, shapes)
            lora.melt(network, changes[self.spec.part], each.weight)
        return network.requires_grad_(False)

    def pose(self, azimuth: Tensor, elevation: Tensor) -> Tensor:
        """[B, 4] as the bundled prior's: (1, sin, cos, sin). These networks have no camera input; VSD's student has."""
        return bundled.network.pose(azimuth, elevation)

    def unknown_words(self, prompt: str) -> list[str]:
        return []

    def nearest_words(self, prompt: str) -> list[tuple[str, float]]:
        return []

    def sample(self, condition: Condition, steps: int = 20, scale: float = 4.0,
               rng: torch.Generator | None = None, sampler: str = "") -> Tensor:
        """x0 [B, C, S, S] by DDIM, which for a rectified flow is Euler's method; without ``rng``, from seed 0."""
        chosen(sampler, ("ddim",))
        rng = rng or torch.Generator().manual_seed(0)
        return ddim(self, condition, self.condition([""]).expand(len(condition)), steps, scale, rng)

    def inputs(self, *tensors: Tensor) -> tuple[Tensor, ...]:
        """The tensors in the network's precision."""
        return tuple(tensor.to(self.dtype) for tensor in tensors)


def towers_in(folder: Path, towers: tuple[Tower, ...]) -> tuple[Tower, ...]:
    """Those whose encoder is in the folder: some are left out to save room."""
    return tuple(tower for tower in towers if (folder / tower.encoder).is_dir())
