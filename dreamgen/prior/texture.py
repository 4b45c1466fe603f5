r"""A texture read as sharply as the picture can show it, and no more: what is finer flickers from view to view.

    level = round(log2(texels a sample spans)),    a level has half the texels of the one before, each the mean of four

within a level bilinearly; the texture repeats beyond [0, 1]. Means are taken of premultiplied colour, or a leaf would
get the colour of what was cut away around it. Source: Williams, Pyramidal Parametrics, 1983.
"""

import numpy as np


class Texture:
    """The pyramid of one picture."""

    def __init__(self, image: np.ndarray):
        """``image``: [H, W, 3 or 4] uint8 sRGB, straight alpha."""
        image = np.asarray(image)
        if image.shape[2] == 3:
            image = np.concatenate([image, np.full_like(image[..., :1], 255)], 2)
        self.holes = bool((image[..., 3] < 255).any())
        if self.holes:
            premultiplied = np.rint(image[..., :3] * (image[..., 3:] / 255)).astype(np.uint8)
            image = np.concatenate([premultiplied, image[..., 3:]], 2)
        self.levels = [image]
        while min(self.levels[-1].shape[:2]) > 1:
            self.levels.append(halved(self.levels[-1]))

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) texels."""
        return self.levels[0].shape[1], self.levels[0].shape[0]

    def at(self, uv: np.ndarray, texels: np.ndarray) -> np.ndarray:
        """[N, 4] float32 straight colour and opacity in [0, 1].

        Args:
            uv: [N, 2], origin at the top left.
            texels: [N] of the texture that the sample spans, along an edge.
        """
        level = np.rint(np.log2(np.maximum(texels, 1))).astype(np.int64).clip(0, len(self.levels) - 1)
        out = np.empty((len(uv), 4), np.float32)
        for k in np.unique(level):
            here = level == k
            out[here] = bilinear(self.levels[k], uv[here])
        out[:, :3] /= np.maximum(out[:, 3:], 1e-6)
        return out


def halved(image: np.ndarray) -> np.ndarray:
    """[ceil(H/2), ceil(W/2), C] uint8, means of four."""
    H, W = image.shape[:2]
    image = np.pad(image, ((0, H % 2), (0, W % 2), (0, 0)), mode="edge").astype(np.uint16)
    total = image[::2, ::2] + image[1::2, ::2] + image[::2, 1::2] + image[1::2, 1::2]
    return ((total + 2) // 4).astype(np.uint8)


def bilinear(image: np.ndarray, uv: np.ndarray) -> np.ndarray:
    """[N, C] float32 in [0, 1]; texel centres at +0.5."""
    H, W = image.shape[:2]
    x, y = (uv % 1.0).T * ((W,), (H,)) - 0.5
    left, top = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    right_share, low_share = (x - left).astype(np.float32)[:, None], (y - top).astype(np.float32)[:, None]
    columns, rows = (left % W, (left + 1) % W), (top % H, (top + 1) % H)
    upper, lower = (image[row, columns[0]] * (1 - right_share) + image[row, columns[1]] * right_share for row in rows)
    return (upper * (1 - low_share) + lower * low_share) / 255
