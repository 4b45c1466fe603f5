"""Meshes whose every number is known: a sphere with poles, and a box with a color at each corner of its texture."""

import numpy as np

from renderers.assets import Mesh

RED, GREEN, BLUE, YELLOW = (220, 20, 30), (20, 200, 60), (30, 60, 210), (230, 210, 20)


def quarters(edge: int = 32) -> np.ndarray:
    """[edge, edge, 3] uint8: red top left, green top right, blue bottom left, yellow bottom right."""
    picture = np.zeros((edge, edge, 3), np.uint8)
    h = edge // 2
    picture[:h, :h], picture[:h, h:], picture[h:, :h], picture[h:, h:] = RED, GREEN, BLUE, YELLOW
    return picture


def sphere(rings: int = 8, radius: float = 0.4) -> Mesh:
    """A UV sphere, front (+z) in the middle of its texture, v growing downwards; volume just under 4/3 pi r^3."""
    n = 2 * rings
    u, v = np.meshgrid(np.linspace(0, 1, n + 1), np.linspace(0, 1, rings + 1))
    azimuth, polar = (u - 0.5) * 2 * np.pi, v * np.pi
    normals = np.stack([np.sin(azimuth) * np.sin(polar), np.cos(polar), np.cos(azimuth) * np.sin(polar)], -1)
    normals, uv = normals.reshape(-1, 3).astype(np.float32), np.stack([u, v], -1).reshape(-1, 2).astype(np.float32)
    a = (np.arange(rings)[:, None] * (n + 1) + np.arange(n)).ravel()
    b, c, d = a + 1, a + n + 1, a + n + 2
    faces = np.concatenate([np.stack([a, c, b], 1)[n:], np.stack([b, c, d], 1)[:-n]])       # no slivers at the poles
    used = slice(1, -1)                         # the first and the last vertex belonged to slivers alone
    return Mesh(vertices=np.float32(radius) * normals[used], faces=(faces - 1).astype(np.int32), normals=normals[used],
                uv=uv[used], texture=quarters())


def box(size: tuple[float, float, float] = (0.2, 0.4, 0.6)) -> Mesh:
    """Six quads of four vertices each, every one showing the whole texture upright when looked at from outside."""
    right = np.float32([[1, 0, 0], [-1, 0, 0], [0, 0, -1], [0, 0, 1], [1, 0, 0], [1, 0, 0]])
    up = np.float32([[0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 0, -1], [0, 0, 1]])
    normals = np.cross(right, up).astype(np.float32)
    corners = np.float32([[-1, 1], [1, 1], [-1, -1], [1, -1]])          # top left, top right, bottom left, bottom right
    vertices = normals[:, None] + corners[None, :, :1] * right[:, None] + corners[None, :, 1:] * up[:, None]
    faces = np.int32([[0, 2, 1], [1, 2, 3]])[None] + 4 * np.arange(6, dtype=np.int32)[:, None, None]
    vertices = vertices.reshape(-1, 3) * np.float32(size) / 2
    return Mesh(vertices=vertices, faces=faces.reshape(-1, 3), normals=normals.repeat(4, axis=0),
                uv=np.tile(np.float32([[0, 0], [1, 0], [0, 1], [1, 1]]), (6, 1)),
                texture=quarters(), colors=np.tile(np.uint8([RED, GREEN, BLUE, YELLOW]), (6, 1)))
