"""Our files of Gaussians in viewers that are not ours: Spark (three.js) and PlayCanvas's engine, MIT both, in headless
Chromium, beside our own picture.

    npm install --prefix node three @sparkjsdev/spark playcanvas
    python benchmarks/splat_viewer.py node runs/... --out pictures

All look from the same four sides at 256 pixels, over white. A line for each file: mean and 99th percentile of
|difference| in 1/255, and behind ``none`` what the mean would be if the viewer showed nothing. Both viewers compensate
opacity for their blur of 0.3 pixels squared, as the run does.
"""

import argparse
import json
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from threading import Thread

import numpy as np

from dreamgen import formats
from dreamgen.export.splats import draw, load
from dreamgen.io import images
from dreamgen.io.atomic import save
from dreamgen.reading import splats as reading
from renderers.camera import ring

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "dreamgen"))

from browser import Browser, installed  # noqa: E402
from clouds import ball  # noqa: E402

EDGE, SIDES = 256, 4
SPARK = """<!doctype html><style>body { margin: 0 } canvas { display: block }</style>
<script type="importmap">{"imports": {"three": "/node_modules/three/build/three.module.js",
  "three/addons/": "/node_modules/three/examples/jsm/",
  "@sparkjsdev/spark": "/node_modules/@sparkjsdev/spark/dist/spark.module.js"}}</script>
<body><script type="module">
import * as THREE from "three";
import { SparkRenderer, SplatMesh } from "@sparkjsdev/spark";
const renderer = new THREE.WebGLRenderer({ antialias: false, preserveDrawingBuffer: true });
renderer.setPixelRatio(1);
renderer.setSize(EDGE, EDGE);
renderer.setClearColor(0xffffff, 1);
renderer.domElement.id = "view";
document.body.append(renderer.domElement);
const scene = new THREE.Scene(), camera = new THREE.PerspectiveCamera(40, 1, 0.01, 10);
const spark = new SparkRenderer({ renderer });
scene.add(spark);
let shown = null;
window.show = async (file, turned) => {
  if (shown) scene.remove(shown);
  shown = new SplatMesh({ url: file });
  await shown.initialized;
  if (turned) shown.quaternion.set(1, 0, 0, 0);         // files with +y down
  scene.add(shown);
};
window.look = async (x, y, z) => {
  camera.position.set(x, y, z);
  camera.lookAt(0, 0, 0);
  const wait = () => new Promise((done) => setTimeout(done, 50));
  for (let i = 0; i < 3; i++) {                         // it sorts in a worker: asked by a frame, seen in the next one
    renderer.render(scene, camera);
    await wait();
    while (spark.sorting || spark.sortDirty) await wait();
  }
  renderer.render(scene, camera);
};
renderer.domElement.dataset.state = "drawn";
</script>"""
PLAYCANVAS = """<!doctype html><style>body { margin: 0 } canvas { display: block }</style>
<script type="importmap">{"imports": {"playcanvas": "/node_modules/playcanvas/build/playcanvas.mjs"}}</script>
<body><canvas id="view"></canvas><script type="module">
import * as pc from "playcanvas";
const canvas = document.getElementById("view");
const app = new pc.Application(canvas, { graphicsDeviceOptions: { antialias: false, preserveDrawingBuffer: true } });
app.setCanvasFillMode(pc.FILLMODE_NONE, EDGE, EDGE);
app.setCanvasResolution(pc.RESOLUTION_FIXED, EDGE, EDGE);
app.start();
if (app.scene.gsplat) app.scene.gsplat.antiAlias = true;
const camera = new pc.Entity();
camera.addComponent("camera", { fov: 40, nearClip: 0.01, farClip: 10, clearColor: new pc.Color(1, 1, 1) });
app.root.addChild(camera);
let shown = null;
window.show = (file) => new Promise((done, failed) => app.assets.loadFromUrl(file, "container", (error, asset) => {
  if (error) { failed(new Error(error)); return; }
  if (shown) shown.destroy();
  shown = asset.resource.instantiateRenderEntity();
  app.root.addChild(shown);
  done();
}));
window.look = async (x, y, z) => {
  camera.setPosition(x, y, z);
  camera.lookAt(0, 0, 0);
  for (let i = 0; i < 10; i++) {                        // it sorts in a worker, while it draws
    await new Promise((done) => app.once("frameend", done));
    await new Promise((done) => setTimeout(done, 200));
  }
};
canvas.dataset.state = "drawn";
</script>"""
VIEWERS = {"spark": (SPARK, ("ply", "splat", "spz")), "playcanvas": (PLAYCANVAS, ("glb",))}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("node", type=Path, help="a folder with node_modules")
    options.add_argument("runs", type=Path, nargs="*", help="folders of finished runs; without, the ball of the tests")
    options.add_argument("--out", type=Path, help="where the pictures go, ours above theirs")
    given = options.parse_args()
    clouds = {run.name: load(run)[0] for run in given.runs} or {"ball": ball()}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "node_modules").symlink_to((given.node / "node_modules").absolute())
        save({f"{name}.html": page.replace("EDGE", str(EDGE)).encode() for name, (page, _) in VIEWERS.items()}, folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        Thread(target=server.serve_forever, daemon=True).start()
        browser = Browser(installed() or sys.exit("no Chromium is installed"), folder / "profile")
        try:
            for viewer, (_, suffixes) in VIEWERS.items():
                browser.open(f"http://127.0.0.1:{server.server_port}/{viewer}.html", "view")
                for (name, cloud), suffix in product(clouds.items(), suffixes):
                    save(formats.write(cloud, [suffix], name), folder)
                    compare(browser, folder, f"{name}.{suffix}", viewer, given.out)
        finally:
            browser.close()
            server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        pass


def compare(browser: Browser, folder: Path, file: str, viewer: str, out: Path | None) -> None:
    sides = ring(SIDES, (EDGE, EDGE))
    ours = draw(reading.read(folder / file)[0], sides, antialiased=True).rgb.numpy() * 255
    browser.evaluate(f"window.show('/{file}', {json.dumps(file.endswith(('.ply', '.splat')))})")
    theirs = []
    for at in sides.position.tolist():
        browser.evaluate(f"window.look({at[0]}, {at[1]}, {at[2]})")
        theirs.append(browser.picture("view").astype(np.float32))
    off = np.abs(ours - np.stack(theirs))
    worst, none = np.percentile(off, 99), np.abs(255 - ours).mean()
    print(f"{viewer:11} {file:24} mean {off.mean():5.2f}   99 % {worst:6.1f}   none {none:6.1f}", flush=True)
    if out is not None:
        rows = [list(ours.astype(np.uint8)), [picture.astype(np.uint8) for picture in theirs]]
        images.write(out / f"{file}.png", np.concatenate([np.concatenate(row, 1) for row in rows]))


if __name__ == "__main__":
    main()
