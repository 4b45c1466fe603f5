"""A reference is looked at once: the prior's answers are those of a network that looks anew at every call."""

import pytest
import torch

from guidance import priors
from guidance.lora import Student
from guidance.priors.product import Product
from guidance.prompts import Prompts
from guidance.reference import Reference
from tests.tiny import make_prior

ANGLES = torch.tensor([0.2, 2.0]), torch.tensor([0.1, 0.3])
LEVELS = torch.tensor([300, 700])


@pytest.fixture
def prior(tmp_path):
    return priors.load(str(make_prior(tmp_path / "prior")), "cpu", "float32")


@pytest.fixture
def looks(prior):
    """The rows of each run of the sight so far."""
    rows = []
    prior.network.sight.register_forward_hook(lambda module, given, made: rows.append(len(given[0])))
    return rows


def noise(seed, *shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def reference(prior, seed=0, azimuth=0.7):
    return Reference(noise(seed, 1, 4, prior.size, prior.size).tanh(), torch.tensor([azimuth]), torch.tensor([0.26]))


def question(prior, shown):
    """Two rows that are shown it and two that are not, as guidance asks."""
    query = Prompts(prior, "a ball", reference=shown)(*ANGLES)
    return type(query.positive).cat([query.positive, query.negative])


def plainly(prior, x_t, t, condition):
    with torch.no_grad():
        value = prior.network(x_t, t, condition)
    return prior.schedule.eps_from(prior.scheduler_config["prediction_type"], value, x_t, t)


def answer(prior, condition, seed=1):
    x_t, t = noise(seed, len(condition), 4, prior.size, prior.size), LEVELS.repeat(len(condition) // 2)
    with torch.no_grad():
        return prior.eps(x_t, t, condition), plainly(prior, x_t, t, condition)


def test_the_answers_are_those_of_a_network_that_looks_anew(prior):
    for seed, azimuth in ((0, 0.7), (0, 0.7), (0, -0.5), (3, -0.5)):
        got, want = answer(prior, question(prior, reference(prior, seed, azimuth)))
        torch.testing.assert_close(got, want, rtol=1e-4, atol=1e-5)


def test_one_reference_is_looked_at_once_and_another_picture_or_camera_again(prior, looks):
    x_t, t = noise(1, 4, 4, prior.size, prior.size), LEVELS.repeat(2)
    one, other, turned = reference(prior), reference(prior, 3), reference(prior, 3, -0.5)
    for shown, seen in ((one, 1), (one, 1), (other, 2), (turned, 3), (turned, 3), (one, 4)):
        prior.eps(x_t, t, question(prior, shown))
        assert looks == [1] * seen


def test_where_nothing_is_shown_nothing_is_looked_at(prior, looks):
    got, want = answer(prior, question(prior, None))
    assert torch.equal(got, want) and not looks


def test_several_references_in_one_batch_are_each_looked_at(prior, looks):
    """And each row's answer is the one that it has alone."""
    one, two = (Prompts(prior, "a ball", reference=reference(prior, seed))(*ANGLES).positive for seed in (0, 3))
    both = type(one).cat([one, two])
    got, _ = answer(prior, both)
    assert looks[0] == 4
    x_t = noise(1, 4, 4, prior.size, prior.size)
    with torch.no_grad():
        alone = torch.cat([prior.eps(x_t[:2], LEVELS, one), prior.eps(x_t[2:], LEVELS, two)])
    torch.testing.assert_close(got, alone, rtol=1e-4, atol=1e-5)


def test_a_sight_that_is_trained_looks_every_time(prior, looks):
    """A student's LoRA in every layer is also in the sight: its features change as it learns, and reach its weights."""
    student = Student(prior, 2, True, torch.Generator().manual_seed(0))
    condition = question(prior, reference(prior))
    x_t, t = noise(1, 4, 4, prior.size, prior.size), LEVELS.repeat(2)
    prior.eps(x_t, t, condition)
    before = student.eps(x_t, t, condition)
    before.square().mean().backward()
    name = next(name for name in student.weights if name.startswith("sight") and "lora_B" in name)
    assert student.weights[name].grad.abs().max() > 0
    with torch.no_grad():
        student.weights[name] += 1.0
    assert (student.eps(x_t, t, condition) - before).abs().max() > 1e-4
    assert looks == [1, 4, 4]           # the student's copy counts in the same list


def test_a_product_shows_the_reference_to_each_of_its_priors(prior, tmp_path):
    other = priors.load(str(make_prior(tmp_path / "other")), "cpu", "float32")
    with torch.no_grad():
        for weight in other.network.parameters():
            weight *= 1.1
    blind = priors.load(str(make_prior(tmp_path / "blind", sighted=False)), "cpu", "float32")
    product = Product([prior, other], [3.0, 1.0])
    assert product.sees and not Product([prior, blind], [1.0, 1.0]).sees
    shown, x_t = reference(prior), noise(1, 4, 4, prior.size, prior.size)
    got = product.eps(x_t, LEVELS.repeat(2), question(product, shown))
    want = sum(w * plainly(each, x_t, LEVELS.repeat(2), question(each, shown)) for w, each in ((0.75, prior), (0.25, other)))
    torch.testing.assert_close(got, want, rtol=1e-4, atol=1e-5)
    assert (got - product.eps(x_t, LEVELS.repeat(2), question(product, None))).abs().max() > 1e-4
