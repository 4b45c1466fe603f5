"""A hub on this machine: what is fetched, what is not, and the sentence for each way to be refused."""

import re
import socket
import time
import urllib.request

import pytest
from huggingface_hub import constants
from huggingface_hub.utils import close_session

from guidance import priors
from guidance.priors import Options, PriorError
from guidance.priors.loading import hub as _hub
from guidance.priors.loading import registry
from tests.guidance.hub import COMMIT, Hub
from tests.guidance.pipelines import save


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hub") / "sd15"
    save("sd15", folder)
    (folder / "unet/diffusion_pytorch_model.bin").write_bytes(b"pickled")
    (folder / "unet/diffusion_pytorch_model.non_ema.safetensors").write_bytes(b"not wanted")
    return folder


@pytest.fixture
def hub(served, tmp_path, monkeypatch):
    server = Hub(served)
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("DREAMGEN_CACHE", str(tmp_path / "dreamgen"))
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr(_hub, "PATIENCE", 0.3)
    close_session()
    yield server
    close_session()
    server.close()


def refused(id, **options):
    with pytest.raises(PriorError) as caught:
        priors.load(id, options=Options(**options))
    sentence = str(caught.value)
    assert "\n" not in sentence and "Traceback" not in sentence
    return sentence


def test_an_id_is_fetched_once_and_then_needs_no_hub(hub, monkeypatch):
    prior = priors.load("tiny/model", precision="float32")
    files = [path for path in hub.asked if "/resolve/" in path]
    assert prior.name == "tiny/model" and any(path.endswith("unet/diffusion_pytorch_model.safetensors") for path in files)
    assert not any(path.endswith((".bin", ".non_ema.safetensors")) for path in files)
    hub.asked.clear()
    block_sockets(monkeypatch)
    again = priors.load("tiny/model", precision="float32", options=Options(offline=True))
    assert hub.asked == [] and again.id == prior.id


@pytest.mark.parametrize("owner, words", [
    ("deleted", "'deleted/model' is not on http://127.0.0.1:.*: deleted, renamed or private .then `hf auth login`."),
    ("private", "'private/model' is not on http://127.0.0.1:.*: deleted, renamed or private"),
    ("gated", "is gated: accept its licence on http://127.0.0.1:.*/gated/model, then `hf auth login`, then run this"),
    ("sealed", "is gated: accept its licence on http://127.0.0.1:.*/sealed/model, then `hf auth login`, then run this"),
    ("waiting", "is gated, and your account has not been let in yet: ask on http://127.0.0.1:.*/waiting/model"),
    ("badtoken", r"refuses your token for 'badtoken/model' \(401\): `hf auth login`"),
    ("forbidden", r"refuses your token for 'forbidden/model' \(403\)"),
    ("disabled", "'disabled/model' was disabled by"),
    ("slow", r"cannot reach http://127.0.0.1:\d+ \(ReadTimeout: .*is not in the cache .*`hf download slow/model`"),
    ("broken", "http://127.0.0.1:.* answers 500 for 'broken/model': try again later"),
    ("portal", r"cannot reach http://127.0.0.1:.*JSONDecodeError"),
    ("short", "the download of 'short/model' broke off .*: run this again")])
def test_each_refusal_has_its_own_sentence_and_says_what_to_type(hub, monkeypatch, owner, words):
    if owner == "short":                                    # the hub's client waits between its attempts
        monkeypatch.setattr(time, "sleep", lambda seconds: None)
    sentence = refused(f"{owner}/model")
    assert re.search(words, sentence), sentence
    assert sentence.startswith(f"prior '{owner}/model': ") and "prior=PATH" in sentence


def test_a_hub_that_is_not_there_is_said_to_be_unreachable(hub, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    assert "cannot reach http://127.0.0.1:1 (ConnectError" in refused("tiny/model")


def test_offline_says_so_and_opens_no_socket(hub, monkeypatch):
    block_sockets(monkeypatch)
    sentence = refused("tiny/model", offline=True)
    assert "this is offline" in sentence and "`hf download tiny/model`" in sentence
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert "this is offline" in refused("tiny/model")
    assert hub.asked == []


def test_what_is_in_the_cache_is_the_commit_that_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    pinned, other = (registry.Entry("sd", ids, "none", 1, 1, 16, revision=COMMIT) for ids in
                     (("tiny/model",), ("tiny/first", "tiny/model")))
    newest = registry.Entry("sd", ("tiny/model",), "none", 1, 1, 16)
    found = []
    for commit, ref in (("f" * 40, "main"), (COMMIT, "")):
        folder = tmp_path / "models--tiny--model"
        (folder / "snapshots" / commit).mkdir(parents=True)
        (folder / "snapshots" / commit / "model_index.json").write_text("{}")
        if ref:
            (folder / "refs").mkdir()
            (folder / "refs" / ref).write_text(commit)
        found.append([_hub.cached(entry) for entry in (newest, pinned, other)])
    assert found == [[True, False, True], [True, True, True]]


def test_the_advice_names_the_commit_that_is_taken(hub):
    entry = registry.Entry("sd", ("tiny/model", "tiny/mirror"), "none", 1, 1, 16, revision=COMMIT)
    with pytest.raises(PriorError, match=f"`hf download tiny/model --revision {COMMIT}`.*`hf download tiny/mirror`"):
        _hub.fetched("x", entry.ids, entry, True)


def test_an_upscalers_second_scheduler_is_fetched_too():
    from fnmatch import fnmatch
    wanted = ("image_noising_scheduler/scheduler_config.json", "tokenizer_2/spiece.model", "unet/config.json",
              "text_encoder/model.safetensors.index.json", "transformer/diffusion_pytorch_model-1-of-2.safetensors")
    assert all(any(fnmatch(name, pattern) for pattern in _hub.patterns("")) for name in wanted)


def test_mirrors_are_tried_in_order(hub):
    entry = registry.Entry("sd", ("deleted/first", "gated/second", "tiny/third"), "none", 1, 1, 16)
    assert (_hub.fetched("x", entry.ids, entry, False) / "model_index.json").is_file()
    owners = [path.removeprefix("api/models/").split("/")[0] for path in hub.asked]
    assert list(dict.fromkeys(owners)) == ["deleted", "gated", "tiny"]
    with pytest.raises(PriorError, match="'deleted/first' is not on .*; 'gated/second' is gated: .*prior=PATH"):
        _hub.fetched("x", entry.ids[:2], entry, False)


def test_a_gated_prior_that_the_hub_hides_is_still_called_gated(hub):
    entry = registry.Entry("sd", ("deleted/first",), "none", 1, 1, 16, gated=True)
    with pytest.raises(PriorError, match="'deleted/first' is gated: accept its licence"):
        _hub.fetched("x", entry.ids, entry, False)


def test_a_commit_that_is_gone_is_replaced_by_the_newest_with_a_warning(hub):
    entry = registry.Entry("sd", ("moved/model",), "none", 1, 1, 16, revision="refs/pr/6")
    with pytest.warns(UserWarning, match="'moved/model' has no commit refs/pr/6 any more; taking the newest"):
        folder = _hub.fetched("x", entry.ids, entry, False)
    assert folder.name == COMMIT


def test_half_size_weights_are_fetched_where_there_are_some_and_the_others_where_not(hub, served):
    entry = registry.Entry("sd", ("tiny/model",), "none", 1, 1, 16, variant="fp16")
    assert (_hub.fetched("x", entry.ids, entry, False) / "unet/diffusion_pytorch_model.safetensors").is_file()


def test_a_file_that_broke_in_the_cache_is_named_with_the_command_that_fetches_it_again(hub):
    folder = _hub.fetched("model", ("tiny/model",), None, False)
    weights = folder / "unet/diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    sentence = refused("tiny/model")
    assert "is truncated or no safetensors file" in sentence and "`hf download tiny/model --force-download`" in sentence


def block_sockets(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
