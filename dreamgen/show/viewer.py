"""A run in the browser, while it goes on and after it. The only file that imports viser.

The viewer is a process of its own: it reads the run's folder and writes nothing, so it may come, go and die as it
likes. It shows the newest preview, drawn where its four cameras stand, and the asset once there is one. Until then, and
on demand, it draws the newest checkpoint's scene from where the visitor looks, whenever the visitor's camera rests.
Gaussians are sent to the visitor's browser instead, which draws them itself; files of them can be looked at without a run.
"""

import json
import time
from pathlib import Path

import numpy as np
import torch
import viser
from viser.transforms import SO3

from renderers.assets import Splats
from renderers.camera import Camera, ring
from renderers.particles import each
from renderers.scene import Scene, Splatted
from renderers.splats import covariances, filtered, opacities, rgb

from ..errors import CheckpointError
from ..formats._npz_splats import unpacked
from ..io import checkpoint, images
from ..recipes import folders
from ..state import build

POLL = 0.25             # seconds between looks at the folder and at the visitors' cameras
REST = 0.3              # seconds for which a visitor's camera has rested before the scene is drawn for it
HEIGHT = 128            # pixels of such a picture: about a tenth of a second beside a run that uses all cores
FIELD, ASSET = "scene of the run", "finished asset"
FROM_VISER = np.diag([1.0, -1.0, -1.0])         # viser's cameras look along +z with y down, ours along -z with y up


def view(folder: Path, host: str, port: int) -> None:
    """Serve the viewer of the run in ``folder`` on ``host`` and the first free port from ``port`` on, until Ctrl-C."""
    viewer = Viewer(folder, host, port)
    print(f"http://{host}:{viewer.server.get_port()} shows {folder}; Ctrl-C ends it", flush=True)
    try:
        while True:
            viewer.poll()
            time.sleep(POLL)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("the viewer has ended; a run in progress goes on") from None
    finally:
        viewer.server.stop()


def view_file(splats: Splats, name: str, host: str, port: int) -> None:
    """Serve a viewer of Gaussians from a file, until Ctrl-C."""
    server = _server(host, port, name)
    middle = np.median(splats.positions, axis=0)
    size = 2 * np.quantile(np.linalg.norm(splats.positions - middle, axis=1), 0.9)      # some lie far off, in captures
    server.initial_camera.position, server.initial_camera.look_at = middle + size * np.array([0.8, 0.5, 1.2]), middle
    _add(server, "/asset", splats)
    print(f"http://{host}:{server.get_port()} shows {name}; Ctrl-C ends it", flush=True)
    try:
        while True:
            time.sleep(POLL)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("the viewer has ended") from None
    finally:
        server.stop()


def _server(host: str, port: int, label: str) -> viser.ViserServer:
    """A server with our axes, in front of which the visitor stands; on the first free port from ``port`` on."""
    server = viser.ViserServer(host=host, port=port, label=label[:60], verbose=False)
    server.gui.configure_theme(show_share_button=False)         # it publishes the page through a stranger's server
    server.scene.set_up_direction("+y")
    server.initial_camera.position, server.initial_camera.look_at = (0.8, 0.5, 1.2), (0.0, 0.0, 0.0)
    return server


def _add(server: viser.ViserServer, name: str, splats: Splats) -> viser.GaussianSplatHandle:
    drawn = filtered(splats)
    return server.scene.add_gaussian_splats(name, drawn.positions, covariances(drawn), rgb(drawn), opacities(drawn)[:, None])


class Viewer:
    """``poll`` brings the page up to date with the folder and the visitors."""

    def __init__(self, folder: Path, host: str, port: int):
        self.folder, self.recipe = folder, folders.recipe(folder)
        self.device = torch.device("cpu")               # a GPU is the run's
        self.scene: Scene | None = None
        self.changed: dict[str, int] = {}                  # modification times of what is shown, by what it is
        self.drawn: dict[int, tuple] = {}               # by visitor, what the picture behind the asset was drawn from
        self.server = _server(host, port, self.recipe.prompt)
        self.caption = self.server.gui.add_markdown(_quoted(self.recipe.prompt))
        self.show = self.server.gui.add_dropdown("show", (FIELD, ASSET), initial_value=FIELD)
        self.cameras = self.server.gui.add_checkbox("cameras of the preview", True)
        self.picture: viser.GuiImageHandle | None = None
        self.frusta: list[viser.CameraFrustumHandle] = []
        self.asset: viser.GlbHandle | viser.GaussianSplatHandle | None = None
        self.splats: viser.GaussianSplatHandle | None = None        # of the newest checkpoint

    def poll(self) -> None:
        previews = [path for path in self.folder.glob("previews/*.png") if not path.stem.endswith(".partial")]
        if preview := self.new("preview", sorted(previews, key=_changed)[-1:]):
            self.show_preview(preview)
        if history := self.new("history", [self.folder / "history.jsonl"]):
            self.say(history)
        if self.new("checkpoint", checkpoint.found(self.folder / "checkpoints")[:1]):
            self.load_scene()
        results = [self.folder / name for name in ("splats.npz", "asset.glb")]
        if asset := self.new("asset", [path for path in results if path.is_file()]):
            self.show_asset(asset)
        wanted = self.show.value == ASSET and self.asset is not None
        if self.asset is not None:
            self.asset.visible = wanted
        if self.splats is not None:
            self.splats.visible = not wanted
        for frustum in self.frusta:
            frustum.visible = self.cameras.value
        for client in self.server.get_clients().values():
            self.draw_for(client, None if wanted or self.splats is not None else self.scene)

    def new(self, what: str, paths: list[Path]) -> Path | None:
        """The first of ``paths`` if it is there and has changed since it was last asked for."""
        try:
            changed = _changed(paths[0])
        except (IndexError, FileNotFoundError):
            return None
        if self.changed.get(what) == changed:
            return None
        self.changed[what] = changed
        return paths[0]

    def show_preview(self, path: Path) -> None:
        """Four sides in a row: in the panel, and each at its camera; of several particles, the first one's."""
        rows = images.read(path)
        if self.picture is not None:
            self.picture.remove()
        self.picture = self.server.gui.add_image(rows, label=path.stem)
        sides = rows[:rows.shape[1] // 4]
        views = ring(4, (sides.shape[0], sides.shape[0]))
        self.frusta = [self.server.scene.add_camera_frustum(
            f"/preview/{i}", float(views.fov_y[i]), 1.0, scale=0.12, image=side, position=views.position[i].numpy(),
            wxyz=SO3.from_matrix(views.c2w[i, :3, :3].numpy() @ FROM_VISER).wxyz)
            for i, side in enumerate(np.split(sides, 4, axis=1))]

    def say(self, history: Path) -> None:
        rows = history.read_text(encoding="utf-8").split("\n")[:-1]         # the rest of the last line may yet come
        if not rows:
            return
        row = json.loads(rows[-1])
        numbers = [f"| {name} | {row[name]:.3f} |" for name in ("coverage", "saturation", "agreement") if name in row]
        self.caption.content = "\n".join([
            _quoted(self.recipe.prompt), "", f"| stage {row['stage'] + 1}, seed {row['seed']} | |", "|---|---|",
            f"| step | {row['step']} of {row['steps']} |", f"| seconds | {row['seconds']:.0f} |", *numbers])

    def load_scene(self) -> None:
        """The newest checkpoint's scene. The run may be replacing it right now; the next look finds the next one."""
        try:
            saved = checkpoint.read(self.folder / "checkpoints")
        except (CheckpointError, FileNotFoundError):
            saved = None
        if saved is None:
            self.changed.pop("checkpoint", None)
            return
        self.scene = each(build.saved_scene(self.recipe, self.folder, self.device, *saved))[0]
        if isinstance(self.scene, Splatted):
            self.splats = _add(self.server, "/scene", self.scene.splats())

    def show_asset(self, path: Path) -> None:
        """The mesh, or the Gaussians as they are kept: viser's reader of GLB does not know them."""
        if path.suffix == ".npz":
            self.asset = _add(self.server, "/asset", unpacked(path))
        else:
            self.asset = self.server.scene.add_glb("/asset", path.read_bytes())
        self.show.value = ASSET

    def draw_for(self, client: viser.ClientHandle, scene: Scene | None) -> None:
        """Behind everything, the scene from where ``client`` looks, once its camera rests; nothing without a scene."""
        at = client.camera
        key = (self.changed["checkpoint"], *at.position, *at.wxyz, at.fov, at.aspect) if scene else None
        if self.drawn.get(client.client_id) == key or (scene and time.time() - at.update_timestamp < REST):
            return
        self.drawn[client.client_id] = key
        picture = draw(scene, at.position, at.wxyz, at.fov, at.aspect, self.device) if scene else None
        client.scene.set_background_image(picture)


@torch.no_grad()
def draw(scene: Scene, position: np.ndarray, wxyz: np.ndarray, fov: float, aspect: float,
         device: torch.device) -> np.ndarray:
    """[HEIGHT, W, 3] uint8 of the scene from one of viser's cameras.

    Args:
        position: [3] in the world.
        wxyz: [4] unit quaternion, camera to world.
        fov: vertical, radians.
        aspect: width by height.
    """
    c2w = np.eye(4, dtype=np.float32)
    c2w[:3, :3], c2w[:3, 3] = SO3(np.asarray(wxyz)).as_matrix() @ FROM_VISER, position
    size = (HEIGHT, min(max(round(HEIGHT * aspect), 1), 4 * HEIGHT))
    camera = Camera(torch.from_numpy(c2w)[None], torch.tensor([float(fov)]), size).to(device)
    return images.to_uint8(scene.render(camera).rgb[0].cpu().numpy())


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns


def _quoted(prompt: str) -> str:
    """The prompt as text in Markdown, whatever is in it."""
    return "    " + " ".join(prompt.split())[:300]
