"""What every method in the folder keeps: its gradient, whatever the network predicts; a step with a real network."""

import importlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

import guidance.methods
from dreamgen.recipes.load import load
from guidance import priors
from guidance.methods._base import Extra
from guidance.methods._config import Guiding
from guidance.prompts import Prompts
from guidance.ramp import Ramp
from guidance.schedule import Schedule
from tests.guidance.closed import EPS, EPS2, FLOW, SOURCE, X0, T, asked, close, prior

KINDS = sorted(path.stem for path in Path(guidance.methods.__file__).parent.glob("[a-z]*.py"))
LATER = torch.tensor([31, 270, 655, 995])
norm = (FLOW.alpha**2 + FLOW.sigma**2).sqrt()
FLOW_AS_VP = Schedule(FLOW.alpha / norm, FLOW.sigma / norm)


def method(kind, of, **settings):
    """The method of that name, without clamp and rescale; VSD with an ideal student."""
    module = importlib.import_module(f"guidance.methods.{kind}")
    cfg = module.Config(**settings)
    if isinstance(cfg, Guiding):
        cfg = replace(cfg, clamp=False, rescale=0.0)
    return getattr(module, kind.upper())(of, cfg, *([prior(of.schedule)] if kind == "vsd" else []))


def grad(kind, of, **settings):
    query = asked(of, negative="not it", bad="bad", source="source", target="target")
    return method(kind, of, **settings).grad(X0, query, T, EPS, Extra(0.4, LATER, EPS2, SOURCE))


@pytest.mark.parametrize("kind", KINDS)
def test_a_method_hears_what_its_config_says_and_nothing_else(kind):
    of, hears = prior(), importlib.import_module(f"guidance.methods.{kind}").Config.hears
    plain = asked(of, bad="bad", source="source", target="target")
    asked_more = {"negative": asked(of, negative="not it", bad="bad", source="source", target="target"),
                  "perp_neg": replace(plain, repel=(of.condition(["not it"]).expand(4),), repel_weight=torch.ones(1, 4))}
    without, *others = (method(kind, of).grad(X0, query, T, EPS, Extra(0.4, LATER, EPS2, SOURCE))
                        for query in (plain, *asked_more.values()))
    assert {name for name, other in zip(asked_more, others, strict=True) if not torch.equal(other, without)} == {*hears}


@pytest.mark.parametrize("recipe, words, silent", [
    ("csd", ["prompts.perp_neg=1"], ["stages.0.guidance.kind: csd does not hear prompts.perp_neg"]),
    ("sds-bridge", ["prompts.negative=fog"], ["stages.2.guidance.kind: bridge does not hear prompts.negative"]),
    ("nfsd", [], []), ("csd", ["prompts.negative=fog"], []), ("asd", [], [])])
def test_a_recipe_says_which_of_its_prompts_are_not_heard(recipe, words, silent, recwarn):
    load(recipe, ["prompt=a cat", *words])
    assert [str(warning.message).partition(", which")[0] for warning in recwarn] == silent


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("prediction", ["sample", "v_prediction"])
def test_whatever_the_network_predicts_the_gradient_is_the_same(kind, prediction):
    close(grad(kind, prior(prediction=prediction)), grad(kind, prior()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_rectified_flow_of_the_same_pictures_has_the_same_gradient(kind):
    """A straight path, scaled level by level to alpha^2 + sigma^2 = 1, is a variance-preserving one.

    PDS with its true posterior: with two levels at one level's variance, the pull depends on the scale.
    """
    settings = dict(weight="x0", step=1) if kind == "pds" else dict(weight="x0")
    close(grad(kind, prior(FLOW, "flow"), **settings), grad(kind, prior(FLOW_AS_VP), **settings))


@pytest.mark.parametrize("kind", KINDS)
def test_every_gradient_is_clipped_and_then_scaled(kind):
    whole = grad(kind, prior(), strength=1.0)
    bound = whole.abs().max().item() / 2
    close(grad(kind, prior(), strength=0.25, clip=Ramp(0, 5 * bound / 2)), whole.clamp(-bound, bound) / 4)
    norms = whole.flatten(1).norm(dim=1)
    got = grad(kind, prior(), strength=0.25, clip_norm=norms.min().item()).flatten(1).norm(dim=1)
    torch.testing.assert_close(got, (norms.min() / 4).expand(4))


@pytest.mark.parametrize("kind", KINDS)
def test_the_surrogate_loss_has_the_methods_gradient_over_the_batch(kind):
    """Its value means nothing; its derivative in x0 is the gradient / B, and nothing flows through the prior."""
    of, x0 = prior(), X0.clone().requires_grad_()
    one, query = method(kind, of), asked(of, negative="not it", bad="bad", source="source", target="target")
    extra = Extra(0.4, LATER, EPS2, SOURCE)
    (got,) = torch.autograd.grad(one.loss(x0, query, T, EPS, extra), x0)
    close(got, one.grad(X0, query, T, EPS, extra) / 4)


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_with_a_network_gives_a_finite_gradient_and_repeats(kind, made):
    of = priors.load(made, precision="float32")
    module = importlib.import_module(f"guidance.methods.{kind}")
    grads = []
    for _ in range(2):
        one = getattr(module, kind.upper())(of, module.Config())
        angles = torch.tensor([0.0, 1.5, 3.0, -1.5])
        query = Prompts(of, "a red cat", negative="fog", perp_neg=1.0, others=one.texts())(angles, 0 * angles)
        query = replace(query, viewpoint=torch.arange(4))
        rgba = torch.rand(4, 16, 16, 4, generator=torch.Generator().manual_seed(0)).requires_grad_()
        picture, source = (SimpleNamespace(rgb=x[..., :3], premultiplied=x[..., :3], opacity=x[..., 3:])
                           for x in (rgba, 1 - rgba.detach()))
        losses = one.losses(picture, query, 0.3, torch.Generator().manual_seed(1), source if one.cfg.edits else None)
        sum(losses.values()).backward()
        grads.append(rgba.grad)
    assert grads[0].isfinite().all() and grads[0].any() and torch.equal(*grads)
    assert all(weight.grad is None for weight in of.network.parameters())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("vsd", "idu")])
def test_what_learns_and_keeps_nothing_has_no_state(kind):
    one = method(kind, prior())
    assert one.state_dict() == {}
    with pytest.raises(ValueError, match=f"{kind.upper()}: has no state, got other"):
        one.load_state_dict({"other": X0})


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "ism"])         # whose cost depends on the t drawn
def test_the_table_of_costs_has_the_rows_that_the_prior_is_asked(kind):
    table = (Path(guidance.methods.__file__).parents[2] / "docs/methods.md").read_text(encoding="utf-8")
    lines = table.partition("## What they cost")[2].splitlines()
    cells = (line.strip("| ").split(" | ") for line in lines if line.count(" | ") == 3)
    said = {name: rows for names, rows, *_ in cells for name in names.split(", ")}
    of = prior()
    one = method(kind, of)
    t, eps = one.draw(X0, 0.5, torch.Generator().manual_seed(0))
    one.grad(X0, asked(of, bad="bad", source="source", target="target"), t, eps, Extra(0.5, LATER, EPS2, SOURCE))
    rows = sum(of.asked) + (sum(one.student.asked) if kind == "vsd" else 0)
    assert rows / len(X0) == float(said[kind].partition(" +")[0])
