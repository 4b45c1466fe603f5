"""int8 weights: near the weights they were made of, half of float16's room, and a prior that answers the same."""

import pytest
import torch

from guidance import priors
from guidance.errors import PriorError
from guidance.priors.bundled import network, packed
from tests.tiny import make_prior


def drawn(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(0))


def test_a_weight_is_off_by_half_a_step_of_its_row_at_most():
    w = {"matrix": drawn(64, 128) * torch.logspace(-4, 2, 64)[:, None], "kernel": drawn(32, 64, 3, 3), "bias": drawn(64)}
    back = packed.unpack(packed.pack(w))
    assert back.keys() == w.keys()
    for name in ("matrix", "kernel"):
        step = w[name].flatten(1).abs().amax(1) / 127
        off = (back[name] - w[name]).flatten(1).abs().amax(1)
        assert (off <= step * 0.501).all() and off.max() > 0, name
    torch.testing.assert_close(back["bias"].float(), w["bias"], atol=2e-3, rtol=1e-3)


def test_a_matrix_takes_half_of_float16s_room():
    w = drawn(256, 256)
    assert sum(t.numel() * t.element_size() for t in packed.pack({"w": w}).values()) < 0.53 * 2 * w.numel()


def test_rows_of_zeros_and_tensors_that_are_no_weights_come_back():
    w = {"w": torch.zeros(80, 80), "step": torch.arange(6), "one.scale": drawn(8)}
    back = packed.unpack(packed.pack(w))
    assert (back["w"] == 0).all() and torch.equal(back["step"], w["step"]) and back["one.scale"].shape == (8,)


@pytest.mark.parametrize("sighted", [True, False])
def test_a_packed_prior_loads_through_the_same_door_and_answers_nearly_the_same(tmp_path, monkeypatch, sighted):
    monkeypatch.setattr(packed, "SMALL", 64)
    folder = make_prior(tmp_path / "whole", sighted=sighted)
    whole = priors.load(str(folder), "cpu", "float32")
    network.write(tmp_path / "packed", whole.network, network.scheduler_of(whole.scheduler_config), {"words": ["ball"]},
                  "a card", int8=True)
    (tmp_path / "packed" / "text").symlink_to(folder / "text")
    prior = priors.load(str(tmp_path / "packed"), "cpu", "float32")
    y = whole.condition(["a red ball"], torch.tensor([0.5]), torch.tensor([0.2]))
    x_t, t = drawn(1, 4, whole.size, whole.size), torch.tensor([400])
    with torch.no_grad():
        one, other = whole.eps(x_t, t, y), prior.eps(x_t, t, y)
    assert 0 < (one - other).norm() / one.norm() < 0.02
    assert prior.card["words"] == ["ball"] and prior.id != whole.id
    assert not any(str(folder) in path.read_text() for path in (tmp_path / "packed").glob("*/*.json"))


def test_packed_weights_that_are_not_finite_are_said_to_be_so(tmp_path):
    whole = priors.load(str(make_prior(tmp_path / "whole")), "cpu", "float32")
    whole.network.mean.draw.bias.data[0] = float("nan")
    network.write(tmp_path / "packed", whole.network, network.scheduler_of(whole.scheduler_config), {}, "", int8=True)
    with pytest.raises(PriorError, match="mean/.* weights that are not finite, draw.bias the first"):
        priors.load(str(tmp_path / "packed"), "cpu", "float32")
