"""Where an add-on's weights are, and what of it names them: a file, the only one in a folder, or a hub's id."""

import hashlib
import re
from pathlib import Path

from ...errors import PriorError
from ..loading.files import fingerprint, heading
from ..loading.hub import add_on
from ..options import Options

SAFE = "*.safetensors"
PEFT = "adapter_config.json"            # peft's settings, beside its weights
WEIGHTS = "adapter_model.safetensors"   # peft's own name of those
PREFIX = "base_model.model."            # of the names in them


def file_of(given: str, offline: bool) -> Path:
    """The safetensors file of an add-on: the file itself, the only one in a folder, or that of a hub's id."""
    path = Path(given).expanduser()
    if path.is_file() and path.suffix == ".safetensors":
        return path
    if path.is_file():
        raise PriorError(f"prior: {path} is no .safetensors file; a pickled one can run code, and is not read")
    if not path.is_dir():
        if not re.fullmatch(r"[\w-][\w.-]*/[\w.-]+", given):
            raise PriorError(f"prior: '{given}' is no file, folder or hub id")
        path = add_on(given, (SAFE, PEFT), offline)
    files = sorted(path.glob(SAFE))
    if len(files) != 1:
        raise PriorError(f"prior: need one .safetensors file in {path}, found "
                         f"{', '.join(f.name for f in files) or 'none'}; name the file itself")
    return files[0]


def digest_of(options: Options) -> str:
    """A hash of what is added to network and encoders, "" for nothing."""
    parts = [*(f"lora {lora_print(file_of(x.path, options.offline))} {x.weight}" for x in options.lora),
             *(f"word {fingerprint(file_of(x.path, options.offline))} {x.token}" for x in options.words)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest() if parts else ""


def lora_print(file: Path) -> str:
    """Of a LoRA, and of peft's settings of it."""
    return "".join(map(fingerprint, [file, *settings_beside(file)]))


def settings_beside(file: Path) -> list[Path]:
    """peft's settings of a LoRA, in its folder; none if peft did not write it, as its name and those of its tensors tell."""
    beside = file.parent / PEFT
    ours = beside.is_file() and (file.name == WEIGHTS or any(name.startswith(PREFIX) for name in heading(file).shapes))
    return [beside] if ours else []
