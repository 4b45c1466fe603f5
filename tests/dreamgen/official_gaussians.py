"""Official numbers of the recipes on Gaussians, and the file that has each; as official.py, which has the other recipes'.

Their rates are multiples of the positions', whose lengths are half of the authors'; 3DGS's code multiplies those by a scale
of the scene. A rate that falls from one step to another is what a stage has of it (``left``).
"""

from math import atan, degrees

from guidance.ramp import Ramp
from tests.dreamgen.official import HALF, MAGIC3D, PROGRESSIVE, TS, C, G, O, P, S, W, of

TORCH_ADAM = {"betas": (0.9, 0.999), "eps": 1e-15, "clip": 0}             # its betas, which 3DGS leaves
FRONT_45 = {W + "crossing_deg": 0}
DG = {"distance": (2.5 * HALF, 2.5 * HALF), "fov_deg": (49.1, 49.1)}
DG_LR, DG_STEPS = 1e-3 * 10, 500                                # spatial scale of a random start
SHARES = (0, 0.3, 0.6, 1)                                       # of the steps, where the pictures grow: 128, 256, 512


def left(start, end, step, until):
    """A rate that falls geometrically from ``start`` to ``end`` in ``until`` steps, then stays."""
    return start * (end / start) ** min(step / until, 1)


def rates(position, scale, rotation, opacity, color):
    return {"scales_rate": scale / position, "quaternions_rate": rotation / position, "opacities_rate": opacity / position,
            "colors_rate": color / position}


def growing():
    """The three stages of DreamGaussian's 500 steps."""
    found = {}
    for i, size in enumerate((128, 256, 512)):
        begun, ended = round(SHARES[i] * DG_STEPS), round(SHARES[i + 1] * DG_STEPS)
        first, last = (left(DG_LR, 2e-5 * 10, step, 300) * HALF for step in (begun, ended))
        found |= of(i, scene=rates(first, 5e-3, 5e-3, 0.05, 0.01) | {
            "count": 5000, "positions_end": last / first, "every": 50, "begin": 0, "finish": 1},
            guidance={"t_max": min(1 - begun / DG_STEPS, 0.98), "t_min": max(1 - ended / DG_STEPS, 0.02), "timesteps": "linear",
                      "guidance_scale": 100, "weight": "sigma2", "rescale": 0},
            cameras=DG | {"views": 1, "size": size, "elevation": "uniform", "elevation_deg": (-30, 30)},
            optim=TORCH_ADAM | {"steps": ended - begun, "lr": first})
    return found


POSITION = {"lucid": 1.6e-4 * 3.5 * HALF, "dreamer": 5e-5 * 4.0 * HALF}         # times the extent of their cameras

TABLE = {       # recipe -> [(source, {key: official number})]
    "dreamgaussian": [
        ("dreamgaussian/configs/text.yaml, main.py:211, gs_renderer.py:709, guidance/sd_utils.py:162", growing()),
        ("dreamgaussian/gs_renderer.py, initialize, create_from_pcd", {S + "radius": 0.5 * HALF, S + "opacity": 0.1 * 4}),
        ("dreamgaussian/main2.py, guidance/sd_utils.py, refine", of(
            3, scene={"shape": 0},
            guidance={"guidance_scale": 100, "t_max": 1 - 0.8 - 0.02, "t_min": 41 / 1000, "steps": 50, "rounds": 50},
            cameras={"views": 1, "size": 512, "distance": 2.5 * HALF, "fov_deg": 49.1}, optim={"steps": 50}))],
    "gsgen": [
        ("gsgen/conf/base.yaml", of(0, scene=rates(5e-3 * HALF, 3e-3, 3e-3, 3e-3, 0.01)) | {
            S + "count": 4096, S + "radius": 0.8 * HALF, S + "opacity": 0.8, S + "scales_end": 0.001 / 0.003,
            S + "positions_end": 3e-5 / 5e-3, S + "every": 1000, S + "begin": 2000 / 15000, S + "finish": 9999 / 15000,
            G + "strength": 0.1, G + "t_min": 0.02,
            G + "t_max": Ramp(0.98, 0.5, 2000 / 15000, 2000 / 15000), C + "views": 4, C + "size": 512, C + "elevation": "area",
            C + "elevation_deg": (-20, 89), C + "distance": (2.5 * HALF, 2.5 * HALF),
            C + "fov_deg": (2 * degrees(atan(0.5 / 1.35)), 2 * degrees(atan(0.5 / 0.75))), O + "steps": 15000,
            O + "lr": 5e-3 * HALF, O + "betas": (0.9, 0.999), O + "eps": 1e-15, O + "clip": 0} | FRONT_45),
        ("gsgen/guidance/stable_diffusion.py", {G + "guidance_scale": 100 + 1, G + "weight": "sigma2", G + "rescale": 0})],
    "luciddreamer": [
        ("arXiv:2311.11284", of(1, guidance={"delta": 50 / 1000, "stride": 200 / 1000, "weight": "x0"})),
        ("LucidDreamer/arguments/__init__.py, configs/bagel.yaml, scene/gaussian_model.py", of(
            1, scene=rates(POSITION["lucid"], 0.005, 0.001, 0.05, 0.005) | {
                "opacity": 0.1, "positions_end": 0.01, "scales_end": 0.001 / 0.005, "quaternions_end": 0.0002 / 0.001,
                "colors_end": 0.003 / 0.005, "every": 100, "begin": 100 / 5000, "finish": 3000 / 5000},
            guidance={"guidance_scale": 7.5, "strength": 0.1, "t_min": 0.02, "t_max": Ramp(0.98, 0.5, 0, 1500 / 5000)},
            cameras={"views": 4, "size": 512, "elevation": "uniform", "elevation_deg": (90 - 105, 90 - 45)},
            optim=TORCH_ADAM | {"steps": 5000, "lr": POSITION["lucid"]}, regularizers={"scale": 1 / HALF})),
        (TS + "dreamfusion-sd.yaml", MAGIC3D | PROGRESSIVE)],
    "gaussiandreamer": [
        ("GaussianDreamer/configs/gaussiandreamer-sd.yaml", FRONT_45 | of(
            1, guidance={"guidance_scale": 100 + 1, "weight": "sigma2", "rescale": 0, "t_min": 0.02,
                         "t_max": Ramp(0.98, 0.55, 500 / 1200, 500 / 1200), "clip": Ramp(1.5, 2.0, 0, 1000 / 1200)},
            cameras={"views": 4, "size": 1024, "elevation": "uniform", "elevation_deg": (-10, 60)},
            optim={"steps": 1200}, regularizers={"opacity": 1})),
        ("GaussianDreamer/gaussiansplatting/arguments/__init__.py, scene/gaussian_model.py", of(
            1, scene=rates(POSITION["dreamer"], 0.005, 0.001, 0.01, 0.0125) | {
                "positions_end": left(1, 0.5, 1200, 30000), "opacity": 0.1, "background": "black"},
            optim=TORCH_ADAM | {"lr": POSITION["dreamer"]})),
        ("GaussianDreamer/threestudio/systems/GaussianDreamer.py:340-351", of(
            1, scene={"every": 100, "begin": 400 / 1200, "finish": 900 / 1200})),
        (TS + "dreamfusion-sd.yaml", MAGIC3D | PROGRESSIVE | {
            S + "layers_rate": 1, G + "guidance_scale": 100 + 1, G + "weight": "sigma2", G + "rescale": 0, G + "t_min": 0.02,
            G + "t_max": 0.98, C + "views": 1, C + "size": 64, C + "elevation": "uniform", C + "elevation_deg": (-10, 45),
            O + "lr": 0.01, O + "betas": (0.9, 0.99), O + "eps": 1e-15, O + "clip": 0, P + "opacity": 1})],
}
HERE = {            # the numbers of a recipe that no source has, each said in its header
    "dreamgaussian": {f"stages.{i}.scene.{key}" for i in range(3) for key in ("cap", "split")} | set(of(
        3, scene=dict.fromkeys(("cells", "levels", "finest", "log2_table")), optim=dict.fromkeys(("lr", "clip")),
        cameras=dict.fromkeys(("viewpoints", "elevations_deg")))),
    "gsgen": {S + name for name in ("cap", "split", "fill")},
    "luciddreamer": {S + "samples", O + "steps", O + "lr", O + "clip"} | {f"stages.1.scene.{key}" for key in (
        "count", "cap", "split")} | {G + key for key in ("guidance_scale", "strength", "t_min", "t_max")} | {
        C + key for key in ("views", "size", "elevation_deg")},
    "gaussiandreamer": {S + "samples", O + "steps"} | {f"stages.1.scene.{key}" for key in ("count", "cap", "split")},
}
