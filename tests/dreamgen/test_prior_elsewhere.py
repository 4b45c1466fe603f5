"""``prior sample`` and ``prior score`` with a prior from elsewhere, and a prior of one's own that says the clean picture."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from shapes import CPU, TINY, make

from dreamgen.errors import ConfigError
from dreamgen.training import ask
from dreamgen.training.train import train
from guidance import priors
from guidance.methods.sds import SDS, Config
from guidance.priors import PriorError
from guidance.prompts import Prompts
from tests.guidance.pipelines import picture, save


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_a_prior_from_elsewhere_draws_and_judges(tmp_path, monkeypatch, family):
    monkeypatch.setenv("DREAMGEN_CACHE", str(tmp_path / "cache"))
    save(family, tmp_path / "x")
    prior = priors.load(tmp_path / "x", precision="float32")
    sheet = ask.draw_sheet(prior, ["a red cat"], views=2, steps=2)
    assert sheet.dtype == np.uint8 and sheet.std() > 0
    with pytest.raises(PriorError, match="sampler: 'ddpm', have ddim"):
        ask.draw_sheet(prior, ["a red cat"], views=0, steps=2, sampler="ddpm")
    Image.effect_noise((16, 16), 90).save(tmp_path / "cat.png")
    got = ask.score(prior, tmp_path / "cat.png", "a cat", draws=1, against=["a dog", "a hat"])
    assert {name for name, _ in got.ranking} == {"a cat", "a dog", "a hat"}
    for against, words in ((None, "keeps no list of words; say what else it could be, --against"),
                           (["a cat"], "there is no other name to compare it with")):
        with pytest.raises(ConfigError, match=words):
            ask.score(prior, tmp_path / "cat.png", "a cat", draws=1, against=against)
    with pytest.raises(ConfigError, match="keeps no list of words"):
        ask.known_words(prior)


def test_a_prior_that_says_the_clean_picture_samples_and_distils(tmp_path):
    list(train(make(tmp_path / "shapes"), tmp_path / "mine", replace(TINY, images=32, prediction="sample"), CPU))
    prior = priors.load(tmp_path / "mine", precision="float32")
    assert prior.scheduler_config["prediction_type"] == "sample"
    y = prior.condition(["a red apple"])
    for sampler in ("sde-dpm++", "dpm++", "ddim"):
        x0 = prior.sample(y, 4, 2.0, torch.Generator().manual_seed(0), sampler)
        assert x0.isfinite().all() and x0.abs().max() < 3
    with torch.no_grad():                               # the network's own words, whatever they are called
        x_t, t = torch.randn(1, 4, prior.size, prior.size, generator=torch.Generator().manual_seed(0)), torch.tensor([400])
        torch.testing.assert_close(prior.schedule.x0_from(prior.eps(x_t, t, y), x_t, t), prior.network(x_t, t, y),
                                   atol=1e-4, rtol=1e-4)
    shown = picture(prior.size)
    shown.premultiplied = shown.rgb
    query = Prompts(prior, "a red apple")(torch.zeros(2), torch.zeros(2))
    sum(SDS(prior, Config()).losses(shown, query, 0.5, torch.Generator().manual_seed(0)).values()).backward()
    assert shown.rgb.grad.isfinite().all() and shown.rgb.grad.abs().max() > 0
