"""Programs on a pretended GPU: no device fault, and a bounded number of waits a step."""

import pytest
import torch
from pretended_gpu import GPU, DeviceFault, on_gpu, pretended


def test_it_computes_with_real_numbers_and_their_gradients():
    with pretended() as gpu:
        x = torch.arange(6.0, device="meta").requires_grad_()
        layer = on_gpu(torch.nn.Linear(6, 2))
        layer(x).square().sum().backward()
        assert isinstance(x.grad, GPU) and isinstance(layer.weight.grad, GPU)
        weight, bias, grad, value = layer.weight.cpu(), layer.bias.cpu(), x.grad.cpu(), x.detach().cpu()
    torch.testing.assert_close(grad, 2 * (weight @ value + bias) @ weight)
    assert not gpu.faults and gpu.kernels


@pytest.mark.parametrize("wrong", [
    lambda a, b: a + b, lambda a, b: torch.cat([a, b]), lambda a, b: b[torch.zeros(1, dtype=torch.long, device="meta")],
    lambda a, b: torch.where(b > 0, a, a)])
def test_tensors_of_two_devices_are_a_fault(wrong):
    with pretended():
        with pytest.raises(DeviceFault, match="test_pretended_gpu.py"):
            wrong(torch.zeros(3, device="meta"), torch.zeros(3))


def test_what_cuda_allows_is_no_fault():
    with pretended() as gpu:
        a = torch.zeros(3, device="meta")
        a + torch.tensor(1.0)
        a[torch.tensor([0, 1])]
        a.copy_(torch.ones(3))
    assert not gpu.faults and sum(gpu.copies.values()) == 2


@pytest.mark.parametrize("wait", [lambda a: a.sum().item(), lambda a: a.tolist(), lambda a: a[a > 0], lambda a: a.to("cpu"),
                                  lambda a: a.nonzero(), lambda a: bool(a.any())])
def test_what_the_cpu_waits_for_is_counted(wait):
    with pretended() as gpu:
        a = torch.ones(3, device="meta")
        gpu.reset()
        wait(a)
    assert sum(gpu.syncs.values()) >= 1
