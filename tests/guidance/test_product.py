r"""A product of priors against its closed form.

Of Gaussians with means m_k and one deviation, to the powers w_k with sum 1: a Gaussian of mean sum_k w_k m_k, the same
deviation, whose eps is the weighted sum.
"""

import pytest
import torch

from guidance import priors
from guidance.lora import Student
from guidance.methods.sds import SDS, Config
from guidance.priors import PriorError, factors
from guidance.priors.families import bundled
from guidance.priors.product import Product
from guidance.prompts import Prompts
from tests.guidance.closed import FLOW, PLAIN, STD, X0, M, T, asked, close, expected, guided_mean, levels
from tests.ideal import IdealPrior


class Factor(IdealPrior):
    card, resolution, network = {}, 4, torch.nn.Identity()


ONE, TWO = Factor(M, std=STD), Factor({word: -2 * M[word] for word in M}, std=STD)


def test_a_product_is_the_gaussian_of_the_weighted_mean():
    of = Product([ONE, TWO], [3.0, 1.0])
    alpha, sigma, V = levels(T)
    mean = 0.75 * guided_mean(7) + 0.25 * -2 * guided_mean(7)
    close(expected(SDS(of, Config(**PLAIN, guidance_scale=7)), asked(of)), alpha * sigma * (X0 - mean) / V)


def test_each_prior_reads_its_own_encoding_of_the_text():
    """TWO's texts are longer and narrower here; nothing of one reaches the other."""
    class Longer(Factor):
        def condition(self, prompts, azimuth=None, elevation=None):
            y = super().condition(prompts, azimuth, elevation)
            text = y.text.view(len(prompts), 8, 8)
            return type(y)(text, torch.ones(len(prompts), 8, dtype=torch.bool), y.pose, text[:, 0])

    of = Product([ONE, Longer(TWO.means, std=STD)], [1.0, 1.0])
    query = Prompts(of, "it", view_words=False)(torch.zeros(4), torch.zeros(4))
    assert query.positive.text.shape == (4, 9, 64) and query.positive.pooled.shape == (4, 8)
    want = sum(prior.eps(X0, T, prior.condition(["it"]).expand(4)) for prior in (ONE, TWO)) / 2
    close(of.eps(X0, T, query.positive), want)


@pytest.mark.parametrize("change, words", [
    (dict(size=8), "need the size of 'ideal', 4, for a product, got 8"),
    (dict(schedule=FLOW), "its levels of noise are not those of 'ideal'")])
def test_priors_of_other_worlds_are_refused(change, words):
    with pytest.raises(PriorError, match=words):
        Product([ONE, Factor(**change)], [1, 1])


def test_a_weight_of_nothing_is_refused():
    with pytest.raises(PriorError, match="prior 'ideal': need a weight > 0, got 0"):
        Product([ONE, TWO], [1, 0])


@pytest.mark.parametrize("text, want", [
    ("bundled", [(1.0, "bundled")]), ("./a+b", [(1.0, "./a+b")]),
    ("0.7 * bundled + 0.3 * ./mine", [(0.7, "bundled"), (0.3, "./mine")]),
    ("0.7*bundled + 3e-1*./mine", [(0.7, "bundled"), (0.3, "./mine")]),
    ("bundled + ./mine", [(1.0, "bundled"), (1.0, "./mine")])])
def test_a_product_is_written_as_a_sum_of_scores(text, want):
    assert factors(text) == want


@pytest.mark.parametrize("text", ["-1 * bundled + 2 * ./mine", "0 * bundled", "bundled * 0.7", "2 * 3 * bundled", "2 * "])
def test_a_sum_that_is_none_is_answered_with_an_example(text):
    with pytest.raises(PriorError, match=r"need positive weights before their priors, as in 0.7 \* bundled"):
        factors(text)


def test_all_factors_have_the_precision_that_the_first_one_chose(made, monkeypatch):
    faster = iter([True, False])
    monkeypatch.setattr(bundled, "emulated", lambda device: False)
    monkeypatch.setattr(bundled, "pays", lambda low, full: next(faster))
    of = priors.load(f"{made} + {made}")
    assert [prior.precision for prior in of.priors] == ["bfloat16"] * 2 and of.precision == "bfloat16"


def test_a_product_of_folders_loads_trains_a_student_and_samples(made):
    one, of = priors.load(made, precision="float32"), priors.load(f"0.5 * {made} + 0.5 * {made}", precision="float32")
    x_t = torch.randn(2, 4, 16, 16, generator=torch.Generator().manual_seed(0))
    t, angles = torch.tensor([100, 700]), torch.zeros(2)
    y, z = (prior.condition(["a cat", "a dog"], angles, angles) for prior in (one, of))
    with torch.no_grad():
        torch.testing.assert_close(of.eps(x_t, t, z), one.eps(x_t, t, y))
        student = Student(of, 2, False, torch.Generator().manual_seed(0))
        torch.testing.assert_close(student.eps(x_t, t, z), of.eps(x_t, t, z))
        student.weights["camera.2.weight"].add_(0.1)
        for name, weight in student.weights.items():
            if "lora_B" in name:
                weight.add_(0.1)
        assert (student.eps(x_t, t, z) - of.eps(x_t, t, z)).abs().max() > 1e-3
        torch.testing.assert_close(of.eps(x_t, t, z), one.eps(x_t, t, y))
        assert of.sample(z, 2, 2.0, torch.Generator().manual_seed(0)).isfinite().all()
    assert of.name.startswith("0.5 * ") and of.id != one.id


def test_its_error_has_no_bound_where_that_of_one_has_none():
    clean = Factor(M, std=STD, prediction="sample")
    assert Product([ONE, TWO], [1.0, 1.0]).prediction == "epsilon" and Product([ONE, clean], [1.0, 1.0]).prediction == "sample"
