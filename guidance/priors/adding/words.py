"""New words of the text encoders: textual inversion (Gal et al., arXiv:2208.01618).

    embedding[token] <- what was learnt
"""

import difflib
from collections.abc import Collection

import torch
from torch import Tensor, nn

from ...errors import PriorError
from ..loading.files import read_tensors
from .found import file_of

UNNAMED = ("emb_params", "clip_l", "clip_g", "string_to_param.*")       # names of vectors that are no word's


def read_word(path: str, token: str, width: int, widths: Collection[int], offline: bool) -> Tensor | None:
    """The vectors [K, D] that a file has for an encoder of D = ``width`` features; None if it has them for another one of
    the prior's, of ``widths``, alone.

    diffusers writes {token: vector}; A1111 {"emb_params": vectors}; for SDXL, {"clip_l": ..., "clip_g": ...}, or two files. Of
    several words ``token`` says which; a single one may be called anything.

    Raises:
        PriorError: no vectors in the file, none of that name, or none that fits an encoder of the prior.
    """
    tensors = {key: t if t.ndim == 2 else t[None] for key, t in read_tensors(file_of(path, offline)).items()}
    if odd := [key for key, t in tensors.items() if t.ndim != 2 or not t.is_floating_point()]:
        raise PriorError(f"prior: '{path}' has no words: '{odd[0]}' in it is no vector")
    words = [key for key in tensors if key not in UNNAMED]
    if len(words) > 1:
        if token not in words:
            guess = difflib.get_close_matches(token, words, 1)
            raise PriorError(f"prior: '{path}' has the words {', '.join(sorted(words))}, and no '{token}'"
                             + (f"; did you mean '{guess[0]}'?" if guess else "; name one of them"))
        tensors = {token: tensors[token]}
    by_width = {t.shape[-1]: t for t in tensors.values()}
    if not {width, *widths} & {*by_width}:
        raise PriorError(f"prior: the word in '{path}' has {' and '.join(map(str, by_width))} features, and the text "
                         f"encoder{'s' * (len(widths) > 1)} {' and '.join(map(str, widths))}")
    return by_width.get(width)


@torch.no_grad()
def add_word(token: str, vectors: Tensor, encoder: nn.Module, tokenizer) -> str:
    """How ``token`` is spelled from now on: as K new tokens in a row, which mean ``vectors`` [K, D]."""
    if not vectors.isfinite().all():
        raise PriorError(f"prior: the word '{token}' has vectors that are not finite")
    names = [token, *(f"{token}_{k}" for k in range(1, len(vectors)))]
    if set(names) & set(tokenizer.get_vocab()):
        raise PriorError(f"prior: the word '{token}' is in the tokenizer already; give another, as '<my-{token}>'")
    tokenizer.add_tokens(names)
    encoder.resize_token_embeddings(len(tokenizer), mean_resizing=False)
    weight = encoder.get_input_embeddings().weight
    for name, vector in zip(names, vectors, strict=True):
        weight[tokenizer.convert_tokens_to_ids(name)] = vector.to(weight)
    return " ".join(names)
