r"""Views of a flat picture: what a camera is to a scene in space, a sheet is to one on paper.

    view_b(p) = picture(H_b p),     p = (x, y, 1), x and y in [-1, 1] across the view, H_b p divided by its third entry

x goes right and y down. Beyond the picture there is nothing: opacity 0. So a view that is moved, cropped or tilted
shows premultiplied color and opacity as the picture has them, and no background has to be made up.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import grid_sample, interpolate

from .checks import check
from .scene import Render


@dataclass(frozen=True)
class Sheet:
    """B views of one flat picture, of one size.

    Attributes:
        homography: [B, 3, 3] from a view's coordinates to the picture's, both [-1, 1] from edge to edge.
        size: (H, W) pixels of a view; the picture is drawn at that size, too.
    """

    homography: Tensor
    size: tuple[int, int]

    def __post_init__(self):
        check("Sheet", "homography [B 3 3]", self.homography)

    def __len__(self) -> int:
        return len(self.homography)

    def __getitem__(self, rows) -> "Sheet":
        """The views of a slice or an index tensor, still a batch."""
        return Sheet(self.homography[rows], self.size)

    def to(self, device: torch.device | str) -> "Sheet":
        return Sheet(self.homography.to(device), self.size)

    @property
    def upright(self) -> bool:
        """Whether every view is the whole picture as it is."""
        return bool((self.homography == torch.eye(3, device=self.homography.device)).all())


def upright(size: tuple[int, int], views: int = 1) -> Sheet:
    """The whole picture as it is."""
    return Sheet(torch.eye(3).repeat(views, 1, 1), size)


def viewed(picture: Tensor, sheet: Sheet, background: Tensor | None = None) -> Render:
    """B views of one picture.

    Upright ones are the picture itself. Others are read bilinearly between the pixels, so draw the picture at twice the
    size that is needed in the end: what a tilt shrinks would otherwise alias.

    Args:
        picture: [h, w, 4] premultiplied sRGB and opacity in [0, 1], of any size; filtered down to ``sheet.size``.
        background: sRGB, broadcastable to [B, H, W, 3], behind everything; white if None.

    Returns:
        A Render without depth, differentiable in the picture and the background.
    """
    check("viewed", "picture [h w 4]", picture)
    premultiplied, opacity = read(picture.permute(2, 0, 1)[None], sheet).split((3, 1), -1)
    return Render(premultiplied, opacity, premultiplied).over(1.0 if background is None else background)


def read(planes: Tensor, sheet: Sheet) -> Tensor:
    """[B, H, W, C] what ``viewed`` reads of any planes [1, C, h, w]; 0 beyond them."""
    if planes.shape[-2:] != sheet.size:
        planes = interpolate(planes, sheet.size, mode="bilinear", antialias=True, align_corners=False)
    planes = planes.expand(len(sheet), -1, -1, -1)
    if not sheet.upright:
        planes = grid_sample(planes, places(sheet).to(planes), "bilinear", "zeros", align_corners=False)
    return planes.permute(0, 2, 3, 1)


def places(sheet: Sheet) -> Tensor:
    """[B, H, W, 2] as (x, y): where in the picture each pixel centre of each view lies."""
    H, W = sheet.size
    device = sheet.homography.device
    y, x = torch.meshgrid((torch.arange(H, device=device) + 0.5) * 2 / H - 1,
                          (torch.arange(W, device=device) + 0.5) * 2 / W - 1, indexing="ij")
    p = torch.stack([x, y, torch.ones_like(x)], -1)                                         # [H, W, 3]
    p = torch.einsum("bij,hwj->bhwi", sheet.homography, p)
    return p[..., :2] / p[..., 2:]


def homography(corners: Tensor) -> Tensor:
    """[B, 3, 3] that take (-1, -1), (1, -1), (1, 1), (-1, 1) to ``corners`` [B, 4, 2], no three of them on a line.

    Eight linear equations a view: h . (x, y, 1) (1, or the target) with h_33 = 1.
    """
    check("homography", "corners [B 4 2]", corners)
    square = corners.new_tensor([[-1, -1], [1, -1], [1, 1], [-1, 1]]).expand_as(corners)
    one, zero = torch.ones_like(square[..., :1]), torch.zeros_like(torch.cat([square, square[..., :1]], -1))
    p = torch.cat([square, one], -1)                                                        # [B, 4, 3]
    u, v = corners.split(1, -1)
    rows = torch.cat([torch.cat([p, zero, -u * square], -1), torch.cat([zero, p, -v * square], -1)], 1)     # [B, 8, 8]
    h = torch.linalg.solve(rows, torch.cat([u, v], 1))[..., 0]
    return torch.cat([h, torch.ones_like(h[:, :1])], 1).view(-1, 3, 3)
