"""What this machine has and what would run on it, as a list of findings; nothing is changed, nothing downloaded."""

import importlib.util
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

from .. import __version__

OURS = ("dreamgen", "renderers", "guidance")            # the top-level packages of this program
NEEDED = ("torch", "numpy", "numba", "diffusers", "transformers", "peft", "huggingface_hub", "safetensors", "omegaconf",
          "pyyaml", "trimesh", "xatlas", "fast-simplification", "scikit-image", "scipy", "pillow", "imageio-ffmpeg", "rich")
OPTIONAL = (            # import name, what for, licence, how to get it
    ("viser", "dreamgen view", "Apache-2.0", "pip install viser"),
    ("triton", "kernels on a GPU; comes with torch's CUDA wheels, and needs a C compiler", "MIT", "pip install triton"),
    ("nerfacc", "compositing on a GPU, if RENDERERS_BACKEND names it", "MIT", "pip install nerfacc"),
    ("gsplat", "Gaussians on a GPU, if RENDERERS_BACKEND names it", "Apache-2.0", "pip install gsplat"),
    ("sentencepiece", "prompts of DeepFloyd IF and PixArt", "Apache-2.0", "pip install sentencepiece protobuf"),
    ("shtab", "dreamgen completion", "MPL-2.0", "pip install shtab"),
    ("ray", "dreamgen batch --on ray", "Apache-2.0", "pip install ray[client]"),
    ("s3fs", "dreamgen batch --out s3://...", "BSD-3-Clause", "pip install s3fs"),
    ("pxr", "dreamgen export --to usdz", "Apache-2.0 and others (TOST-1.0)", "pip install usd-core"),
    ("tinycudann", "the hash grid on a GPU, if RENDERERS_BACKEND names it", "BSD-3-Clause",
     "build: github.com/NVlabs/tiny-cuda-nn"),
    ("nvdiffrast", "triangles on a GPU, if RENDERERS_BACKEND names it", "NVIDIA's own, non-commercial (research, evaluation)",
     "build: github.com/NVlabs/nvdiffrast"),
    ("pydiffvg", "vector pictures by another program, to compare with", "Apache-2.0", "build: github.com/BachiLi/diffvg"),
)
ROOM = 2.0              # GB free below which a run may not fit
MARKS = {"ok": "  ", "missing": "- ", "away": "> ", "problem": "! "}
LEGEND = {"missing": "works without it", "away": "not on this machine; the hint brings it"}
WIDTH = 25                  # of the names' column: of the longest one


@dataclass(frozen=True)
class Finding:
    section: str
    name: str
    value: str
    state: str = "ok"           # ok; missing: optional; away: to be fetched, or locked; problem: something will not work
    hint: str = ""              # what to type


def examine() -> Iterator[Finding]:
    """All findings, each as soon as it is known: the first import of torch on a machine takes a while. A part of the machine
    that cannot be examined is a finding, too."""
    for part in (program, shadows, devices, threads, backends, libraries, priors, storage):
        try:
            yield from part()
        except Exception as error:          # a doctor who faints at the sight of a broken library is no help
            yield Finding(part.__name__, "cannot be examined", f"{type(error).__name__}: {error}", "problem")


def program() -> Iterator[Finding]:
    yield Finding("program", "dreamgen", f"{__version__} in {Path(__file__).parents[1]}")
    yield Finding("program", "python", f"{platform.python_version()} at {sys.executable}")
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    yield Finding("program", "system", f"{system}, {os.cpu_count()} CPUs")


def shadows() -> Iterator[Finding]:
    """Other projects use our top-level names as well (``guidance`` is a package on PyPI)."""
    here, owners = Path(__file__).parents[2], packages_distributions()
    for name in OURS:
        spec = importlib.util.find_spec(name)
        places = [Path(place).parent for place in (spec.submodule_search_locations if spec else None) or []]
        others = [owner for owner in owners.get(name, []) if owner != "dreamgen"]
        if here not in places:
            at = f"is found at {places[0] / name}, not" if places else "is not found"
            yield Finding("names", name, f"{at} at {here / name}", "problem", "take that folder off the Python path")
        elif others:
            yield Finding("names", name, f"belongs to {', '.join(others)} as well; one overwrote the other", "problem",
                          f"pip uninstall {others[0]}, then `pip install .` in the clone again, or use another "
                          "virtual environment")
        else:
            yield Finding("names", name, str(here / name))


def devices() -> Iterator[Finding]:
    import torch

    from ..state.build import device
    yield Finding("devices", "auto", f"means {device('auto')}")
    if torch.cuda.is_available():
        for i in range(torch.cuda.device_count()):
            card = torch.cuda.get_device_properties(i)
            known, own = torch.cuda.get_arch_list(), f"sm_{card.major}{card.minor}"
            runs = not known or own in known or any(arch <= own and arch[:-1] == own[:-1] for arch in known)
            value = f"{card.name}, {card.total_memory / 2**30:.0f} GB, {own}"
            hint = "" if runs else f"this torch has kernels for {', '.join(known)} only; install another build"
            yield Finding("devices", f"cuda:{i}", value, "ok" if runs else "problem", hint)
    else:
        with_cuda = f"torch is built for CUDA {torch.version.cuda}, but no GPU or driver answers"
        built = with_cuda if torch.version.cuda else f"this torch ({torch.__version__}) is built without"
        yield Finding("devices", "cuda", built, "missing", "not needed; for one, see pytorch.org/get-started")
    if torch.backends.mps.is_available():
        yield Finding("devices", "mps", "Apple GPU")


def threads() -> Iterator[Finding]:
    import numba
    import torch
    yield Finding("threads", "torch", str(torch.get_num_threads()))
    layers = ", ".join(numba.config.THREADING_LAYER_PRIORITY)
    yield Finding("threads", "numba", f"{numba.config.NUMBA_NUM_THREADS}, layers {layers}")
    policy = os.environ.get("OMP_WAIT_POLICY", "not set")
    passive = policy.upper() == "PASSIVE"
    yield Finding("threads", "OMP_WAIT_POLICY", policy, "ok" if passive else "missing",
                  "" if passive else "PASSIVE is 2 to 4 times faster on a machine that does anything else")


def backends() -> Iterator[Finding]:
    """Each operation: what runs, what else could, and why the rest cannot."""
    from types import ModuleType

    from renderers.ops import _dispatch

    from ..state.build import device
    for kind in dict.fromkeys((device("auto").type, "cpu")):
        for op in _dispatch.operations():
            known = _dispatch.backends(op, kind)
            there = [name for name, module in known.items() if isinstance(module, ModuleType)]
            absent = [f"{name} ({error})" for name, error in known.items() if not isinstance(error, ModuleType)]
            chosen = next(name for name, module in known.items() if module is _dispatch.choose(op, kind))
            others = [name for name in there if name != chosen]
            words = [f"{chosen} runs", *([f"also {', '.join(others)}"] if others else []),
                     *([f"not {', '.join(absent)}"] if absent else [])]
            slow = chosen == "reference" and len(known) > 1
            yield Finding("backends", f"{op} on {kind}", "; ".join(words), "missing" if slow else "ok")


def libraries() -> Iterator[Finding]:
    for name in NEEDED:
        found = _version(name)
        yield Finding("libraries", name, found) if found else \
            Finding("libraries", name, "missing", "problem", f"pip install {name}")
    for name, use, licence, how in OPTIONAL:
        there = importlib.util.find_spec(name) is not None
        value = f"{_version(name) or 'there' if there else 'not installed'}; {use}; {licence}"
        yield Finding("libraries", name, value, "ok" if there else "missing", "" if there else how)


def priors() -> Iterator[Finding]:
    """The priors in the box and the text encoder that they share: licence, and whether their files are the card's; and
    which of the world's are here already."""
    from guidance import priors
    from guidance.priors.loading import registry
    from guidance.priors.loading.files import CARD, check_card
    from guidance.priors.loading.hub import cached
    weights = Path(priors.__file__).parents[1] / "weights"
    for folder in [*(weights / name for name in priors.boxed()), weights / "text"]:
        try:
            card = check_card(folder)
        except priors.PriorError as error:
            yield Finding("priors", folder.name, str(error), "problem", "reinstall dreamgen")
            continue
        licence = card.get("licence", "licence not stated")
        files = len(card.get("files", {}))
        check = f"{files} files as {CARD} lists them" if files else f"no {CARD} to check its files by"
        yield Finding("priors", folder.name, f"{licence}; {check}; {folder}")
    found = {"in the cache": [], "to be fetched": [], "gated": []}
    for name, entry in registry.ENTRIES.items():
        place = "in the cache" if cached(entry) else "gated" if entry.gated else "to be fetched"
        found[place].append(f"{name} ({entry.licence})" if place == "in the cache" else name)
    yield Finding("priors", "in the cache", ", ".join(found["in the cache"]) or "none of a hub")
    yield Finding("priors", "to be fetched", ", ".join(found["to be fetched"]), "away", "prior=NAME fetches it")
    yield Finding("priors", "gated", ", ".join(found["gated"]), "away", "accept the licence, then `hf auth login`")


def storage() -> Iterator[Finding]:
    from ..recipes.load import recipes
    yield Finding("storage", "recipes", ", ".join(recipes()) or "none", "ok" if recipes() else "problem")
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    yield Finding("storage", "here", f"{free:.1f} GB free in {Path.cwd()}", "ok" if free > ROOM else "problem",
                  "" if free > ROOM else "--out puts runs elsewhere")
    yield _writable("runs are made here", Path.cwd(), "--out puts runs elsewhere")
    cache = os.environ.get("NUMBA_CACHE_DIR")
    places = [Path(cache)] if cache else [Path(__file__).parents[2] / "renderers", Path.home()]     # numba tries both
    hint = "set NUMBA_CACHE_DIR to a folder that can be written"
    tried = [_writable("compiled kernels are kept", place, hint) for place in places]
    yield next((finding for finding in tried if finding.state == "ok"), tried[0])


def as_text(found: Iterable[Finding]) -> Iterator[str]:
    """Lines of aligned columns by section, each as soon as its finding is known; last what the marks before them mean, and how
    many are problems."""
    section, states = "", []
    for f in found:
        if f.section != section:
            yield from ["", f.section] if section else [f.section]
        section = f.section
        states.append(f.state)
        yield f"{MARKS[f.state]}{f.name:<{WIDTH}}  {f.value}" + (f"  ->  {f.hint}" if f.hint else "")
    yield ""
    yield from (f"{MARKS[state]}{meaning}" for state, meaning in LEGEND.items() if state in states)
    problems = states.count("problem")
    yield f"{MARKS['problem'] if problems else ''}{problems or 'no'} problem{'s' * (problems != 1)}"


def as_json(found: Iterable[Finding]) -> str:
    return json.dumps([asdict(f) for f in found], indent=2, ensure_ascii=False)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _writable(name: str, folder: Path, hint: str) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding("storage", name, str(folder))
    except OSError as error:
        return Finding("storage", name, f"{folder} cannot be written ({error.strerror})", "problem", hint)
