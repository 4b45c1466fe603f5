"""Priors that live on a hub: taken from the cache, else downloaded; each refusal is said in a sentence.

The only file that opens a socket; it does so for names and ids of a hub alone, never for a folder or a file.
``offline`` and ``HF_HUB_OFFLINE=1`` keep it from that, too. ``HF_ENDPOINT`` names another hub.
"""

import os
import warnings
from pathlib import Path

from huggingface_hub import HfApi, constants, errors, snapshot_download, try_to_load_from_cache

from ...errors import PriorError
from .registry import GONE, Entry, named

WEIGHTED = ("unet", "transformer", "vae", "text_encoder*", "image_encoder", "text_decoder")
TAKEN = ("model_index.json", "*scheduler/*.json", "*tokenizer*/*", "feature_extractor/*.json", "image_processor/*.json",
         *(f"{part}/{name}" for part in WEIGHTED for name in ("config.json", "*.index*.json")))
LEFT = ("*.bin", "*.pt", "*.ckpt", "*.onnx*", "*.msgpack", "*.non_ema*", "*openvino*", "*flax*")
HALF = ".fp16"
PATIENCE = 15.0         # seconds for a first answer


class Unreachable(OSError):
    """No hub answers, or what answers is none."""


REFUSALS = (errors.HTTPError, errors.HFValidationError, OSError)         # HTTPError: of the hub's own HTTP client


def fetched(name: str, ids: tuple[str, ...], entry: Entry | None, offline: bool, weights: bool = True) -> Path:
    """The folder of the first of ``ids`` that can be had; without ``weights``, its configurations and tokenizers alone.

    Raises:
        PriorError: none can; the sentence says of each why not, and what to type.
    """
    variant = entry.variant if entry else ""
    refusals = []
    for id in ids:
        revision = revision_of(id, entry)
        try:
            folder = snapshot(id, revision, patterns(variant) if weights else TAKEN, offline)
            if weights and not any(folder.glob("*/diffusion_pytorch_model*.safetensors")):     # not in this variant
                folder = snapshot(id, revision, patterns("" if variant else "fp16"), offline)
            return folder
        except REFUSALS as error:
            refusals.append(refusal(id, error, entry is not None and entry.gated and id == ids[0], revision))
            if isinstance(error, Unreachable):          # nor would it answer for the mirrors, which it has too
                break
    raise PriorError(f"prior '{name}': {'; '.join(refusals)}; a folder or a .safetensors file does as well, prior=PATH, "
                     "or the one in the box, prior=bundled, with a paper's recipe preset=bundled")


def add_on(id: str, wanted: tuple[str, ...], offline: bool) -> Path:
    """The folder of an add-on's files on a hub, by patterns of their names; raises PriorError."""
    try:
        return snapshot(id, "", wanted, offline)
    except REFUSALS as error:
        raise PriorError(f"prior: {refusal(id, error, False)}") from None


def snapshot(id: str, revision: str, wanted: tuple[str, ...], offline: bool) -> Path:
    """The wanted files: from the cache if they are all there, without asking; else downloaded.

    A commit that the hub has lost is replaced by the newest, with a warning.
    """
    left = [*LEFT, *(() if any(HALF in name for name in wanted) else (f"*{HALF}*",))]
    ask = dict(repo_id=id, allow_patterns=list(wanted), ignore_patterns=left, endpoint=hub())
    try:
        return Path(snapshot_download(revision=revision or None, local_files_only=True, **ask))
    except errors.LocalEntryNotFoundError:
        if offline or constants.HF_HUB_OFFLINE:
            raise
    try:
        knock(id, revision)
    except errors.RevisionNotFoundError:
        warnings.warn(f"prior: '{id}' has no commit {revision[:12]} any more; taking the newest", stacklevel=2)
        knock(id, revision := "")
    return Path(snapshot_download(revision=revision or None, **ask))


def knock(id: str, revision: str) -> None:
    """Raise what the hub says against ``id``, or Unreachable; with a time limit, which snapshot_download has not."""
    try:
        HfApi(endpoint=hub()).model_info(id, revision=revision or None, timeout=PATIENCE)
    except (errors.HfHubHTTPError, errors.HFValidationError):
        raise
    except (errors.HTTPError, OSError, ValueError) as error:
        raise Unreachable(reason(error)) from None


def patterns(variant: str) -> tuple[str, ...]:
    """The files that a prior needs: its configurations, and its weights in one variant."""
    name = f"*{HALF}*.safetensors" if variant else "*.safetensors"
    return (*TAKEN, *(f"{part}/{name}" for part in WEIGHTED))


def refusal(id: str, error: Exception, gated: bool, revision: str = "") -> str:
    """Why ``id`` could not be had, and what to type."""
    page, there = f"{hub()}/{id}", hub()
    status = error.response.status_code if isinstance(error, errors.HfHubHTTPError) else None
    if isinstance(error, errors.HFValidationError):
        return f"'{id}' is no id of a hub"
    if isinstance(error, errors.GatedRepoError) or (gated and isinstance(error, errors.RepositoryNotFoundError)):
        if status == 403:
            return f"'{id}' is gated, and your account has not been let in yet: ask on {page}, then run this again"
        return f"'{id}' is gated: accept its licence on {page}, then `hf auth login`, then run this again"
    if isinstance(error, errors.RepositoryNotFoundError):
        known = GONE.get(id) or (named(id) or ("",))[0]
        return (f"'{id}' is not on {there}: deleted, renamed or private (then `hf auth login`)"
                + (f"; as prior={known} its mirrors are tried" if known and id in GONE else ""))
    if isinstance(error, errors.DisabledRepoError):
        return f"'{id}' was disabled by {there}"
    if status in (401, 403):
        return f"{there} refuses your token for '{id}' ({status}): `hf auth login` with one that may read it"
    fetch = f"`{download(id, revision)}`" + f" (after accepting its licence on {page}, and `hf auth login`)" * gated
    if isinstance(error, Unreachable):
        return (f"cannot reach {there} ({error}), and '{id}' is not in the cache {constants.HF_HUB_CACHE}: check the "
                f"network, or {fetch} elsewhere and copy it")
    if isinstance(error, errors.LocalEntryNotFoundError):
        return (f"'{id}' is not whole in the cache {constants.HF_HUB_CACHE}, and this is offline: once with a network, "
                f"{fetch}")
    if status is not None:
        return f"{there} answers {status} for '{id}': try again later"
    return f"the download of '{id}' broke off ({reason(error)}): run this again, what is whole is kept"


def hub() -> str:
    return os.environ.get("HF_ENDPOINT", constants.ENDPOINT).rstrip("/")


def reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {(str(error).strip().splitlines() or [''])[0]}".rstrip(": ")


def revision_of(id: str, entry: Entry | None) -> str:
    """The commit of ``id`` that is taken, "" for the newest; the mirrors of an entry have commits of their own."""
    return entry.revision if entry and id == entry.ids[0] else ""


def download(id: str, revision: str) -> str:
    """What to type to have ``id``, at ``revision`` where there is one."""
    return f"hf download {id}" + (f" --revision {revision}" if revision else "")


def cached(entry: Entry) -> bool:
    """Whether a prior's index lies in the cache, of its commit, under one of its ids."""
    return any(isinstance(try_to_load_from_cache(id, "model_index.json", revision=revision_of(id, entry) or None), str)
               for id in entry.ids)
