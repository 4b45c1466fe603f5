"""Scales and shares of noise that change during a stage: a ramp's value at the stage's progress is what counts."""

import importlib

import pytest
import torch

from guidance.methods._base import Extra
from guidance.ramp import Ramp
from guidance.ranges import fraction, not_negative
from tests.guidance.closed import EPS, SOURCE, X0, T, asked, close, prior

SCALED = ("sds", "sjc", "ism", "sdi", "asd", "hifa", "nfsd", "pds", "dds", "rfds", "mvsds", "vsd")
PROGRESS = 0.25


def made(kind, progress, **settings):
    """The gradient of a method at X0 and T."""
    module, of = importlib.import_module(f"guidance.methods.{kind}"), prior()
    learner = {"student": of} if kind == "vsd" else {}
    method = module.Method(of, module.Config(**settings), **learner)
    query = asked(of, bad="bad", source="source", was="what it was")
    extra = Extra(progress, level=(T + 5).clamp(max=999), noise=EPS.flip(0), source=SOURCE)
    return method.grad(X0, query, T, EPS, extra)


@pytest.mark.parametrize("kind, name", [*((kind, "guidance_scale") for kind in SCALED), ("sdi", "eta"),
                                        ("sdi", "inversion_scale")])
def test_a_ramp_is_its_value_at_the_stages_progress(kind, name):
    """2 to 6, at a quarter of the stage: 3; and not what it begins or ends with."""
    ramp = Ramp(2.0, 6.0) if name != "eta" else Ramp(0.2, 0.6)
    got = made(kind, PROGRESS, **{name: ramp})
    close(got, made(kind, PROGRESS, **{name: Ramp(ramp(PROGRESS), ramp(PROGRESS))}))
    close(got, made(kind, PROGRESS, **{name: ramp(PROGRESS)}))                      # a bare number is a ramp that stays put
    for value in (ramp.start, ramp.end):
        assert (got - made(kind, PROGRESS, **{name: value})).abs().max() > 1e-3 * got.abs().max()


def test_asds_later_level_follows_its_ramp():
    """t' = t + U(0, eta) (t - t_min): eta four times as large, four times as far."""
    from guidance.methods.asd import ASD, Config
    of, t = prior(), torch.full((64,), 500)

    def moved(progress):
        method = ASD(of, Config(eta=Ramp(0.1, 0.4), t_min=Ramp(0.02, 0.02)))
        return method.extra(X0, t, progress, torch.Generator().manual_seed(3), None).level - t
    near, far = moved(0.0), moved(1.0)
    assert 20 < near.float().mean() < 28 and (far - 4 * near >= 0).all() and (far - 4 * near <= 4).all()


@pytest.mark.parametrize("progress, value", [(0.0, 0.0), (0.1, 0.0), (0.2, 2.0), (0.3, 4.0), (0.4, 4.0), (0.5, 4.0),
                                             (0.6, 3.0), (0.8, 1.0), (0.9, 1.0)])
def test_a_ramp_of_several_lines_goes_through_its_corners(progress, value):
    assert Ramp(0.0, 1.0, 0.1, 0.8, at=[0.3, 0.5, 0.7], via=[4.0, 4.0, 2.0])(progress) == pytest.approx(value, abs=1e-12)


def test_two_corners_at_one_place_are_a_jump():
    ramp = Ramp(0.0, 2.0, at=[0.5, 0.5], via=[1.0, 5.0])
    assert [round(ramp(u), 9) for u in (0.25, 0.4999999999, 0.5, 0.75)] == [0.5, 1.0, 5.0, 3.5]


@pytest.mark.parametrize("at, via, why", [([0.3], [], "via: need a value for each of at, 1, got 0"),
                                          ([0.5, 0.3], [1.0, 1.0], "at: need rising progress from begin to finish, 0.2 to 0.8"),
                                          ([0.9], [1.0], "at: need rising"), ([0.1], [1.0], "at: need rising")])
def test_corners_that_do_not_rise_or_have_no_value_are_refused(at, via, why):
    with pytest.raises(ValueError, match=why):
        Ramp(0.0, 1.0, 0.2, 0.8, at, via)


def test_a_corner_out_of_range_is_refused_as_the_ends_are():
    with pytest.raises(ValueError, match="guidance_scale: need >= 0, got -1.0"):
        not_negative(guidance_scale=Ramp(0.0, 1.0, at=[0.5], via=[-1.0]))
    with pytest.raises(ValueError, match=r"t_min: need fractions in \[0, 1\], got 0.0, 1.5, 1.0"):
        fraction(t_min=Ramp(0.0, 1.0, at=[0.5], via=[1.5]))


def test_a_step_tells_its_level_as_a_fraction_of_the_schedule():
    from guidance.methods.sds import SDS, Config
    of = prior()
    method = SDS(of, Config(t_min=Ramp(0.4, 0.4), t_max=Ramp(0.4, 0.4)))
    of.control, of.encode = (lambda *given: None), (lambda picture: picture)
    method.losses(X0.clone().requires_grad_(), asked(of), 0.0, torch.Generator().manual_seed(0))
    assert method.metrics["t"].item() == pytest.approx(0.4, abs=2e-3) and method.metrics.keys() == {"t"}
