r"""A triangle mesh: signed distances on a lattice, the surface between them, a rasterizer with smooth silhouettes.

    s = s_0 + S(delta),    (vertices, faces) = D(s, nodes + 0.3 tanh(offset) / cells)

S is the mean with the nearest nodes, so that neither a step nor its noise is of one node. D is marching tetrahedra
(``renderers/tetrahedra.py``) or FlexiCubes, with weights of its own (``renderers/flexicubes.py``). Vertices are then smoothed
(``renderers/ops/taubin/``), if asked, as part of the scene: what is drawn is what is exported. s_0 is a true distance,
in edges of a cube, at the start, and again every ``renew`` steps (``renderers/distance.py``); delta is then 0 again.
Topology can change. DMTet (Shen et al., arXiv:2111.04276) as Magic3D (arXiv:2211.10440), Fantasia3D (arXiv:2303.13873)
and ProlificDreamer (arXiv:2305.16213) refine it, on a lattice of our own. Its color or material: ``renderers/painted.py``.

It begins as a ball or an ellipsoid; as what a model of somebody's encloses (``renderers/enclosed.py``); or from a field: the
level of its optical depth whose silhouettes are the field's, and its colors, copied if it has as large a hash grid, else
fitted (``renderers/color_fit.py``). If a step leaves no surface, the last one comes back, steps are halved, and the run says
so; the second time it stays empty, and the run's health ends it.

Differentiable in everything that it learns; the color not in where the surface lies. ``shape: 0`` fixes the surface.
Draw at twice the prior's pixels or more: a silhouette's gradient is that of a pixel's width.
"""

import warnings
from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch import Tensor
from torch.nn import Parameter
from torch.nn.functional import normalize

from .. import surface_terms as terms
from ..background import Background
from ..camera import Camera, project, rays
from ..distance import matched, renewed
from ..enclosed import ellipsoid, enclosed, lost
from ..flexicubes import WEIGHTS, Cubes, DualSurface, dual
from ..level import level_set
from ..ops.antialias import antialias, edges_of
from ..ops.rasterize import rasterize
from ..ops.taubin import taubin
from ..ops.varying import varying
from ..painted import Painted
from ..scene import Field, Mirrored, Render
from ..tetrahedra import Lattice, Surface, march, take
from ._config import GRID, fractions, not_negative, positive, within

CAMERA = "Camera"
ASSET = "Mesh"
REGULARIZERS = ("normal", "laplacian", "sign", "eikonal", "deviation")
THIN = 0.3              # opacity of what a surface begins with: thin arms are fog in a short NeRF; what is too thick is shaped
FREE = 0.3              # of a cube's edge that a node may move: less than half of the way to its neighbour


@dataclass
class Config:
    particles: int = 1              # meshes that share the method; see renderers/particles.py
    cells: int = 40                 # cubes of the lattice along an edge of the box
    surface: Literal["tetrahedra", "flexicubes"] = "tetrahedra"         # how it is found between the nodes
    radius: float = 0.35            # metres, of the ball that it begins as where no stage is before it
    stretch: tuple[float, float, float] = (1.0, 1.0, 1.0)       # ... along x, y and z: then it is an ellipsoid
    shape: float = 1.0              # cubes' edges a step at lr 1: rate of the distances as a multiple of it; 0 fixes them
    offset: float = 0.5             # ... and of the nodes' offsets, as a share of that
    weights: float = 1.0            # ... and of flexicubes' weights, likewise
    mirror: Literal["none", "x", "z", "auto"] = "none"          # across which axis tetrahedra are their own image; mirror.py
    renew: int = 50                 # steps between renewals of the distances
    smooth: int = 0                 # rounds of Taubin's smoothing of the vertices
    levels: int = 12                # of the colors' hash grid, as in nerf
    base: int = 16
    finest: int = 256
    log2_table: int = 15
    hidden: int = 32                # width of the one hidden layer
    layers_rate: float = 0.3        # learning rate of the layers, as a share of the grid's
    picture: Literal["color", "normal"] = "color"       # what training pictures show; normal: (n + 1) / 2
    frame: Literal["world", "camera"] = "world"         # of a picture of normals
    material: Literal["color", "pbr"] = "color"         # pbr: base color, roughness and metal under a light that moves
    shaded: float = 0.0             # probability of a Lambertian training picture
    textureless: float = 0.5        # ... and then, of a white one
    background_rate: float = 0.1    # of a learned background
    background: Literal["random", "white", "black", "learned"] = "random"

    def __post_init__(self):
        positive(self, "particles", "radius", "renew", "hidden")
        if self.hidden % 4:
            raise ValueError(f"hidden: need a multiple of 4, got {self.hidden}")
        if self.finest < self.base:
            raise ValueError(f"finest: need >= base = {self.base}, got {self.finest}")
        within(self, **GRID, cells=(4, 128))
        fractions(self, "shaded", "textureless")
        if not all(0 < share * self.radius < 0.5 for share in self.stretch):
            raise ValueError(f"stretch: need > 0, and with radius = {self.radius} less than 0.5 m, got {list(self.stretch)}")
        if self.mirror != "none" and self.surface != "tetrahedra":
            raise ValueError(f"mirror: need 'none' with surface: {self.surface}, got '{self.mirror}'")
        if self.material == "pbr" and self.shaded:
            raise ValueError(f"shaded: need 0 with material: pbr, whose pictures have light always, got {self.shaded}")
        not_negative(self, "shape", "offset", "weights", "smooth", "layers_rate", "background_rate")

    @property
    def lacks(self) -> dict[str, dict[str, object]]:
        """The regularizers that it does not have, and with which setting: all of a surface that is fixed."""
        if not self.shape:
            return dict.fromkeys(REGULARIZERS, {"shape": 0})
        return {} if self.surface == "flexicubes" else {"deviation": {"surface": self.surface}}


@dataclass(frozen=True)
class MeshRender(Render):
    """A Render with what the regularizers need."""

    surface: Surface | None = None          # that was drawn; None of an empty one
    distance: Tensor | None = None          # [N] at the nodes, which it was made of
    edges: Tensor | None = None             # [E, 4] of its triangles, ``edges_of``


class MESH(Painted):
    failure_hints = {"empty": "the surface has vanished twice: lower scene.shape or regularizers, or begin with a larger object",
                     "full": "lower scene.shape", "flat": "raise guidance.guidance_scale"}

    def __init__(self, cfg: Config, rng: torch.Generator):
        super().__init__(cfg, rng)
        self.lattice = (Cubes if cfg.surface == "flexicubes" else Lattice)(cfg.cells)
        moves = cfg.shape > 0
        self.delta = Parameter(torch.zeros(self.lattice.count), requires_grad=moves)
        self.offset = Parameter(torch.zeros(self.lattice.count, 3), requires_grad=moves and cfg.offset > 0)
        self.weights = Parameter(torch.zeros(cfg.cells**3, WEIGHTS), moves) if cfg.surface == "flexicubes" else None
        self.half: tuple[int, Tensor, Tensor] | None = None     # the mirror's axis, and what ``folding`` gives for it
        self.background = Background(cfg.background, rng)
        nodes = self.lattice.positions()
        self.register_buffer("nodes", nodes, persistent=False)
        self.register_buffer("border", self.lattice.border(), persistent=False)
        self.register_buffer("start", ellipsoid(nodes, cfg.radius * torch.tensor(cfg.stretch)) * cfg.cells)      # s_0
        self.register_buffer("last", self.start.clone())            # s of the last picture that showed something
        self.register_buffer("lost", torch.zeros((), dtype=torch.int64))        # times that the surface vanished
        self.register_buffer("guided", torch.zeros(2))              # steps so far; norm of the guidance's gradient

    def distance(self) -> Tensor:
        """[N] s at the nodes, in edges of a cube, > 0 outside."""
        s = self.whole(self.start) + self.lattice.smoothed(self.whole(self.delta)) * 0.5 ** self.lost
        return torch.where(self.border, s.clamp(min=0.5), s)

    def surface_of(self, s: Tensor) -> Surface:
        """Where ``s`` [N] at the nodes is 0, not smoothed."""
        if self.weights is None:
            return march(self.lattice, s, self.places())
        return dual(self.lattice, s, self.places(), self.weights)

    def places(self) -> Tensor:
        """[N, 3] of the nodes, in the world."""
        offset = self.whole(self.offset).tanh()
        if self.symmetry.axis is not None:
            offset = offset * self.folding(self.symmetry.axis)[1]
        return self.nodes + FREE / self.cfg.cells * offset

    def whole(self, values: Tensor) -> Tensor:
        """``values`` [N, ...] at the nodes, where those behind the mirror's plane have their images'."""
        axis = self.symmetry.axis
        return values if axis is None else take(values, self.folding(axis)[0])

    def folding(self, axis: int) -> tuple[Tensor, Tensor]:
        """[N] the node whose numbers each one has, and [N, 3] what its offset is times that one's: turned around behind the
        mirror's plane, 0 across it on the plane. Made once."""
        if self.half is None or self.half[0] != axis:
            itself, sense = torch.arange(self.lattice.count, device=self.nodes.device), torch.ones_like(self.nodes)
            sense[:, axis] = self.nodes[:, axis].sign()
            self.half = axis, torch.where(self.nodes[:, axis] < 0, self.lattice.images(axis).to(itself), itself), sense
        return self.half[1:]

    def render(self, camera: Camera, progress: float = 1.0, rng: torch.Generator | None = None) -> MeshRender:
        training = rng is not None
        s = self.distance()
        mesh = self.surface_of(s)
        if training and not len(mesh.faces) and not self.lost:
            self.come_back()
            s = self.distance()
            mesh = self.surface_of(s)
        directions = rays(camera)[1]
        behind = self.background(directions, rng)
        if not len(mesh.faces):
            nothing = directions * 0 + self.delta.sum() * 0 + self.table.sum() * 0
            return MeshRender(nothing, nothing[..., :1], nothing, nothing[..., :1], nothing).over(behind)
        if training:
            self.last.copy_(s.detach())

        edges = edges_of(mesh.faces)
        mesh = replace(mesh, vertices=taubin(mesh.vertices, edges, self.cfg.smooth))
        vertices = terms.measured(mesh.vertices, self.guided) if training else mesh.vertices
        pixels, depths = project(camera, vertices)
        seen = rasterize(pixels.detach(), depths.detach(), mesh.faces, camera.size)
        corner = torch.cat([vertices, terms.vertex_normals(vertices, mesh.faces)], 1)
        at = varying(seen.face, pixels, depths, mesh.faces, corner)
        hit = (seen.face >= 0).nonzero(as_tuple=True)                                   # view, row and column, [M] each
        x, normal = at[hit][:, :3], normalize(at[hit][:, 3:], dim=-1, eps=1e-12)
        view = hit[0]
        color = self.seen(x.detach(), normal, camera, view, rng)
        away = (x - camera.position[view]).norm(dim=-1, keepdim=True)
        samples = torch.cat([color, torch.ones_like(away), away, normal], -1)           # [M, 8]
        image = samples.new_zeros(*seen.face.shape, 8).index_put(hit, samples)
        image = antialias(image, seen.face, seen.depth, pixels, depths, mesh.faces, edges)
        color, opacity, depth, normal = image.split((3, 1, 1, 3), -1)
        opacity = opacity.clamp(0, 1)
        color, depth = color.clamp(min=0).minimum(opacity), depth / opacity.clamp(min=1e-6)
        depth = torch.where(opacity > 1e-3, depth, 0)
        return MeshRender(color, opacity, color, depth, normal, surface=mesh, distance=s, edges=edges).over(behind)

    def regularizers(self, render: MeshRender) -> dict[str, Tensor]:
        """Of ``surface_terms``, each with a gradient as large as the guidance's; nothing until that is known, and of a
        surface that is fixed."""
        if render.surface is None or not render.distance.requires_grad or self.guided[0] < terms.FIRST:
            return {}
        mesh, edges, s, on_vertices = render.surface, render.edges, render.distance, self.guided[1].clone()
        of_vertices = {"normal": terms.normal(mesh.vertices, edges), "laplacian": terms.laplacian(mesh.vertices, edges)}
        of_distance = {"sign": terms.sign(s, mesh.ends), "eikonal": terms.eikonal(s, self.lattice)}
        if isinstance(mesh, DualSurface):
            of_distance["deviation"] = mesh.deviation
        return ({name: terms.relative(value, mesh.vertices, on_vertices) for name, value in of_vertices.items()}
                | {name: terms.relative(value, s, on_vertices / self.cfg.cells) for name, value in of_distance.items()})

    def param_groups(self) -> list[dict]:
        cfg = self.cfg
        moving = [{"name": "shape", "params": [self.delta], "lr": cfg.shape},
                  {"name": "offset", "params": [self.offset], "lr": cfg.shape * cfg.offset}]
        if self.weights is not None:
            moving.append({"name": "weights", "params": [self.weights], "lr": cfg.shape * cfg.weights})
        return [{"name": "table", "params": [self.table], "lr": 1.0},
                {"name": "layers", "params": [self.w1, self.w2, self.b2], "lr": cfg.layers_rate},
                *(group for group in moving if group["params"][0].requires_grad),
                *({**group, "lr": cfg.background_rate} for group in self.background.param_groups())]

    @torch.no_grad()
    def after_step(self, step: int, progress: float, rng: torch.Generator) -> None:
        if self.cfg.shape > 0 and (step + 1) % self.cfg.renew == 0:
            self.renew(self.distance())

    @torch.no_grad()
    def renew(self, s: Tensor) -> None:
        """Make s_0 true distances with the surface of ``s`` [N]."""
        self.start.copy_(renewed(self.lattice, s, self.surface_of, self.places()))
        self.delta.zero_()

    @torch.no_grad()
    def come_back(self) -> None:
        """Return to the last surface that showed something, with steps of half the size, and say so."""
        self.lost += 1
        self.start.copy_(self.last)
        self.delta.zero_()
        warnings.warn("a step left the mesh without a surface; the last one is back, and steps are half as long", stacklevel=2)

    @torch.no_grad()
    def begin_stage(self) -> None:
        """``scene.Staged``: steps are whole again, and how large the guidance's gradient is, is not known. The surface stays."""
        self.delta.mul_(0.5 ** self.lost)
        for of_stage in (self.lost, self.guided):
            of_stage.zero_()

    @torch.no_grad()
    def enclose(self, triangles: Tensor, points: Tensor, rgb: Tensor) -> float:
        """``scene.Enclosing``."""
        if (reach := float(triangles.abs().max())) > 0.5:
            raise ValueError(f"reaches {reach:.3g} m from the middle along an axis, and the box ends at 0.5")
        device = self.nodes.device
        truth = enclosed(self.lattice, triangles).to(device)
        inside = torch.where(self.border, truth.clamp(min=0.5), truth)
        if not (inside <= 0).any():
            raise ValueError(f"encloses nothing: its surface is open, or thinner than a cube of scene.cells = {self.cfg.cells}")
        self.start.copy_(matched(self.lattice, inside, self.surface_of, self.places()))
        self.last.copy_(self.start)
        self.paint(points.to(device), rgb.to(device))
        return lost(self.lattice, truth, self.surface_of(self.distance()), self.places())

    @torch.no_grad()
    def follow(self, before) -> None:
        """Take over a field's surface and its colors; where the field shows nothing yet, the ball stays."""
        if not isinstance(before, Field):
            raise ValueError(f"a mesh follows a field or a mesh, and {type(before).__name__} is neither")
        if isinstance(before, Mirrored):
            self.symmetry.take(before.symmetry)
        self.symmetry.look(before.density, self.nodes.device)
        found = level_set(before, Lattice(self.cfg.cells), self.nodes.device, THIN if self.cfg.shape > 0 else 0.5)
        if found is None:
            warnings.warn(f"the stage before shows nothing; the mesh begins as a ball of radius {self.cfg.radius}", stacklevel=2)
        else:
            value = found[0][:self.lattice.count]               # of cubes' corners, which come first, or of all
            if self.symmetry.axis is not None:
                value = value.minimum(value[self.lattice.images(self.symmetry.axis).to(value.device)])      # both halves' parts
            self.start.copy_(torch.where(self.border, value.clamp(min=0.5), value))
            self.renew(self.distance())
            self.last.copy_(self.start)
        self.inherit(before, None if found is None else self.surface())

    @torch.no_grad()
    def surface(self) -> tuple[Tensor, Tensor]:
        """(vertices [V, 3] in the world, faces [F, 3] int32), counter-clockwise seen from outside."""
        mesh = self.surface_of(self.distance())
        return taubin(mesh.vertices, edges_of(mesh.faces), self.cfg.smooth), mesh.faces


Scene = MESH
