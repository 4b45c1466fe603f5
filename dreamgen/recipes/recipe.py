"""What a recipe says: plain dataclasses, torch-free, so that a wrong key is answered before anything heavy loads.

A recipe is a prompt, a prior, a list of stages {scene, guidance, cameras, optim, regularizers}, an export and a seed.
``scene`` and ``guidance`` are chosen by ``kind:``; their Config stands at the top of the file of that name in
``renderers/scenes`` or ``guidance/methods``. Of ``cameras`` (``dreamgen/cameras``) and ``export`` (``dreamgen/export``)
the scene decides which kinds there are, and which it is without ``kind:`` (``registry.DEFAULTS``).
"""

import re
import warnings
from dataclasses import dataclass, field
from typing import Any, Literal

from guidance.priors import Options
from guidance.ramp import Ramp
from guidance.ranges import fraction, not_negative, positive
from guidance.views import Texts, Views

from . import registry


@dataclass
class Optim:
    """Adam (torch's fused, dense one) and the length of the stage."""

    steps: int = 1000
    lr: float = 0.01                                # the grid's; other groups have their multiple of it
    lr_end: float = 1.0                             # what is left of it at the end: a cosine leads there; 1 = constant
    betas: tuple[float, float] = (0.9, 0.99)
    eps: float = 1e-15                              # as in Instant-NGP: rarely touched rows take full steps
    clip: float = 1.0                               # gradient norm over all parameters, 0 = never

    def __post_init__(self):
        positive(steps=self.steps, lr=self.lr, eps=self.eps)
        not_negative(clip=self.clip, lr_end=self.lr_end)


@dataclass
class Stage:
    scene: Any = None                               # <kind>.Config, chosen by `kind:`
    guidance: Any = None                            # <kind>.Config, chosen by `kind:`
    cameras: Any = field(default_factory=lambda: registry.read("cameras", registry.fallback("cameras")).config())
    optim: Optim = field(default_factory=Optim)
    regularizers: dict[str, Ramp] = field(default_factory=dict)     # the scene's regularizers by name, and their weight

    @property
    def particles(self) -> int:
        """How many scenes share the method: 1 for a kind that does not say."""
        return getattr(self.scene, "particles", 1)


@dataclass
class Prompt:
    """How the words become conditions; see guidance/prompts.py."""

    suffix: str = ""                                # behind the prompt: a style, as ", minimal flat 2d vector icon"
    negative: str = ""                              # what the picture should not be
    view_words: bool = True                         # append "front view", "side view", ... interpolated by azimuth
    perp_neg: float = 0.0                           # Perp-Neg: how hard the other views' words repel, 0 = off, usually 0.5 to 4
    views: Views = field(default_factory=Views)     # from where which words, and which weights of Perp-Neg
    texts: Texts = field(default_factory=Texts)     # of single views: {back: "the tail of {prompt}"}

    def __post_init__(self):
        not_negative(perp_neg=self.perp_neg)
        if self.perp_neg and not self.view_words:
            raise ValueError(f"perp_neg: need 0, or view_words=true, whose other views it repels, got {self.perp_neg}")
        if any(vars(self.texts).values()) and not self.view_words:
            raise ValueError("texts: need none, or view_words=true, for which they stand")


@dataclass
class Reference:
    """One picture that all views of a thing agree with: see guidance/reference.py, and dreamgen/state/pinned.py."""

    use: bool = True                                # false: every view by the words alone
    picture: str = ""                               # a file, the thing cut out over transparency; "" = the prior draws it
    fit: bool = True                                # bring the thing in it to the size at which the prior shows things
    weight: float = 1.0                             # of the loss that holds the view of it; 0 = it is shown to the prior, no more
    azimuth_deg: float = 40.0                       # from where it is seen: 0 the front, 90 the side seen from +x
    elevation_deg: float = 15.0
    pictures: int = 4                               # drawn; the one that shows the words most clearly is taken
    steps: int = 8                                  # of the sampler that draws them; more add specks
    scale: float = 4.0                              # its classifier-free guidance

    def __post_init__(self):
        positive(pictures=self.pictures, steps=self.steps)
        not_negative(scale=self.scale, weight=self.weight)
        if not -89 <= self.elevation_deg <= 89:
            raise ValueError(f"elevation_deg: need -89 to 89, got {self.elevation_deg:g}")
        if self.picture and not self.use:
            raise ValueError("use: need true with a picture")


@dataclass
class Start:
    """What the first scene begins from, if not from its own random start; see dreamgen/state/initial.py."""

    file: str = ""                                  # Gaussians begin from it, or from a mesh; so does a mesh; "" = no file
    fit: bool = True                                # bring its object to the middle and to the size of the prior's pictures
    up: Literal["x", "y", "z"] = "y"                # a model's axis that points up; its front is then +z (up y or x) or -y (up z)
    front_deg: float = 0.0                          # azimuth of its front from there, counter-clockwise seen from above
    pictures: int = 0                               # drawn from the prior; the one nearest to the prompt is taken
    steps: int = 20                                 # of the sampler
    scale: float = 4.0                              # classifier-free guidance of the sampler
    views: list[Literal["symmetric", "front", "corner", "side"]] = field(default_factory=list)
                                                    # from where, in turn; [] = all from where the cameras are
    calm: float = 1.0                               # noise that `views` begin from: 1 gives samples, less plainer pictures
    guided_from: float = 0.0                        # of the schedule: at the levels below, `views` are not guided

    def __post_init__(self):
        positive(steps=self.steps)
        not_negative(pictures=self.pictures, scale=self.scale)
        if not 0 < self.calm <= 1:
            raise ValueError(f"calm: need above 0 to 1, got {self.calm}")
        fraction(guided_from=self.guided_from)
        if self.file and self.pictures:
            raise ValueError(f"pictures: need 0 with a file, got {self.pictures}")
        for name, plain in (("up", "y"), ("front_deg", 0)):
            if not self.file and getattr(self, name) != plain:
                raise ValueError(f"{name}: need {plain} without a file, whose axes it tells, got {getattr(self, name)}")


@dataclass
class Recipe:
    prompt: str                                     # what the asset should be, in words
    seed: int = 0
    prior: str = "bundled"                          # a name, a folder, a .safetensors file or a hub id
    prior_options: Options = field(default_factory=Options)         # memory, LoRA, ControlNet ...; docs/priors.md
    prompts: Prompt = field(default_factory=Prompt)
    stages: list[Stage] = field(default_factory=list)
    start: Start = field(default_factory=Start)
    reference: Reference = field(default_factory=Reference)
    export: Any = field(default_factory=lambda: registry.read("export", registry.fallback("export")).config())
    candidates: int = 1                             # short first stages with seeds seed, seed+1, ...; the best goes on
    candidate_steps: float = 0.3                    # how short, as a fraction of the first stage
    previews: int = 12                              # pictures kept on the way, of a stage
    retries: int = 2                                # new seeds after a dead run (empty, full, flat, NaN)
    preflight: bool = True                          # try what each stage has of its own before the run begins
    checkpoint_seconds: float = 20.0                # at most this much work is lost to a kill -9
    device: str = "auto"                            # auto, cpu, cuda, mps
    precision: Literal["auto", "float32", "bfloat16", "float16"] = "auto"       # of the prior; auto times two, so runs
                                                    # that must be alike to the bit, on a busy machine, name one
    out: str = "runs"                               # the folder in which the run's folder is made

    @property
    def words(self) -> str:
        """What the prior is asked for."""
        return self.prompt + self.prompts.suffix

    def __post_init__(self):
        if not self.prompt.strip():
            raise ValueError('prompt: need a word, as in prompt="a red armchair", got only spaces')
        if not re.fullmatch(r"auto|cpu|mps|cuda(:\d+)?", self.device):
            raise ValueError(f"device: need auto, cpu, mps, cuda or cuda:0, got {self.device!r}")
        positive(candidates=self.candidates, candidate_steps=self.candidate_steps,
                 checkpoint_seconds=self.checkpoint_seconds)
        if self.candidate_steps > 1:
            raise ValueError(f"candidate_steps: need a fraction in (0, 1], got {self.candidate_steps}")
        not_negative(seed=self.seed, retries=self.retries, previews=self.previews)
        if not self.stages:
            raise ValueError("stages: need at least one")
        first, *others = (stage.particles for stage in self.stages)
        for i, count in enumerate(others, 1):
            if count != first:
                raise ValueError(f"stages.{i}.scene.particles: need {first}, as the first stage has, got {count}")
        scene = registry.kind_of(self.stages[0].scene)
        if self.start.pictures and registry.read("scene", scene).camera != "Sheet":
            raise ValueError(f"start.pictures: need 0 for {scene}, which cannot begin from a picture, got {self.start.pictures}")
        for i, stage in enumerate(self.stages):
            self.check(stage, f"stages.{i}", edits_nothing=i == 0 and not self.start.pictures)
            for name in ("negative", "perp_neg"):
                if getattr(self.prompts, name) and name not in stage.guidance.hears:
                    warnings.warn(f"stages.{i}.guidance.kind: {registry.kind_of(stage.guidance)} does not hear "
                                  f"prompts.{name}, which changes nothing in this stage", stacklevel=1)

    @staticmethod
    def check(stage: Stage, place: str, edits_nothing: bool) -> None:
        """What the parts of a stage need of each other."""
        lacks = getattr(stage.scene, "lacks", {})
        for name, weight in stage.regularizers.items():
            if name in lacks and any(weight.values):
                have = [each for each in registry.read("scene", registry.kind_of(stage.scene)).regularizers or ()
                        if each not in lacks]
                got = " to ".join(f"{value:g}" for value in dict.fromkeys(weight.values))
                raise ValueError(f"{place}.regularizers.{name}: need 0 {because(lacks[name])}, got {got}; "
                                 f"have {', '.join(have) or 'none'}")
        kind = registry.kind_of(stage.guidance)
        if edits_nothing and stage.guidance.edits:
            raise ValueError(f"{place}.guidance.kind: {kind} edits what is there already, and the first stage begins with "
                             "nothing; put it in a later stage, or set start.pictures")
        if stage.guidance.keeps and not hasattr(stage.cameras, "viewpoints"):
            raise ValueError(f"{place}.cameras.kind: need around for {kind}, which keeps a picture of each viewpoint, "
                             f"got {registry.kind_of(stage.cameras)}")
        if stage.guidance.keeps and stage.particles > 1:
            raise ValueError(f"{place}.scene.particles: need 1 for {kind}, whose pictures are of one object, "
                             f"got {stage.particles}")
        group = getattr(stage.guidance, "views", 1)         # of one object, which a method sees together
        if group > 1 and stage.particles > 1:
            raise ValueError(f"{place}.scene.particles: need 1 for {kind}, whose views are of one object, "
                             f"got {stage.particles}")
        if stage.cameras.views % group:
            raise ValueError(f"{place}.cameras.views: need a multiple of guidance.views = {group}, got {stage.cameras.views}")


def because(settings: dict[str, object]) -> str:
    """As "with normals: shaded and shaded: 0"."""
    return "with " + " and ".join(f"{name}: {value}" for name, value in settings.items())
