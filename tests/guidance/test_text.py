"""The sentence encoder in the box, packed to int8."""

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from guidance.priors import bundled
from guidance.priors.bundled.network import TOKENS
from guidance.priors.bundled.pack_text import packed, unpacked
from guidance.priors.bundled.text import TEXT
from guidance.priors.loading.files import check_card

CAPTIONS = ["a red apple, front view", "a wooden table", "fire hydrant", ""]
ORIGINAL = Path(__file__).with_name("minilm_states.safetensors")        # of CAPTIONS, by the float32 encoder


def test_the_encoder_in_the_box_gives_the_originals_token_states():
    states, mask = bundled.text.encode(TEXT, CAPTIONS, TOKENS)
    want = load_file(ORIGINAL)
    assert states.shape == (4, TOKENS, 384) and torch.equal(mask, want["mask"])
    cosine = F.cosine_similarity(states[mask], want["states"].float(), dim=-1)
    assert cosine.mean() > 0.999 and cosine.min() > 0.995


def test_the_encoder_in_the_box_says_where_it_is_from():
    card = check_card(TEXT)
    assert card["licence"] == "Apache-2.0"
    assert set(card["files"]) == {"config.json", "model.safetensors", "tokenizer.json"}


def test_packing_is_within_half_a_step_of_each_row():
    W = torch.randn(50, 40, generator=torch.Generator().manual_seed(0)) * torch.logspace(-1, 3, 50)[:, None]
    W[7] = 0
    state = {"w": W, "b": torch.ones(3), "pooler.dense.weight": W}
    small = packed(state)
    assert small["w"].dtype == torch.int8 and set(small) == {"w", "w.scale", "b"}
    back = unpacked(small)
    assert ((back["w"] - W).abs() <= 0.502 * W.abs().amax(1, keepdim=True) / 127 + 1e-12).all()
    assert torch.equal(back["b"], state["b"])


def test_view_words_cost_the_same_number_of_tokens():
    views = [f"a teapot, {view} view" for view in ("front", "side", "back", "overhead")]
    _, mask = bundled.text.encode(TEXT, views, TOKENS)
    assert mask.sum(1).unique().numel() == 1


def test_a_long_prompt_loses_its_middle_and_keeps_its_view(made):
    long = "a cat " + "and a cat " * 200
    with pytest.warns(UserWarning, match="prompt: this prior reads 14 tokens, and leaves out the middle of 'a cat and"):
        states, mask = bundled.text.encode(made / "text", [f"{long}, front view", f"{long}, back view"], TOKENS)
    assert mask.all()
    assert (states[0] - states[1]).abs().max() > 1e-3


def test_texts_encode_alike_alone_and_together(made):
    together, _ = bundled.text.encode(made / "text", CAPTIONS, TOKENS)
    for caption, states in zip(CAPTIONS, together, strict=True):
        alone, _ = bundled.text.encode(made / "text", [caption], TOKENS)
        torch.testing.assert_close(alone[0], states, atol=1e-5, rtol=1e-5)
