"""Official numbers of the papers' recipes, and the file that has each.

Lengths here are half of the authors' (HALF), so densities are twice (TWICE) and variances of depth a quarter; t of the
same steps is a share. What has no official number stands in HERE, with its reason in the recipe's header.
"""

from guidance.ramp import Ramp

HALF, TWICE, BITS = 0.5, 2, 1.442695
LATENT = 4 * 64 * 64
TS = "threestudio/configs/"
S, G, C, O, P, W = (            # noqa: E741
    "stages.0.scene.", "stages.0.guidance.", "stages.0.cameras.", "stages.0.optim.", "stages.0.regularizers.", "prompts.views.")

MAGIC3D = {S + "density": "softplus", S + "per_metre": TWICE, S + "blob": 10, S + "radius": 0.5 * HALF, S + "bias": 0}
PROGRESSIVE = {S + "levels": 16, S + "base": 16, S + "finest": 4096, S + "log2_table": 19, S + "hidden": 64,
               S + "first_levels": 8, S + "all_levels": (2000 + 8 * 500) / 10000}
DREAMFUSION_SD = MAGIC3D | PROGRESSIVE | {
    S + "shaded": 0.75, S + "shaded_from": 2000 / 10000, S + "textureless": 0.5, S + "normals": "all",
    S + "layers_rate": 1, S + "background_rate": 0.001 / 0.01, S + "background": "learned", W + "crossing_deg": 0,
    G + "t_min": 0.02, G + "t_max": 0.98, G + "weight": "sigma2", O + "steps": 10000, O + "lr": 0.01, O + "clip": 0,
    P + "orient": Ramp(10, 1000, 0, 5000 / 10000), P + "opacity": 1, C + "views": 1, C + "size": 64,
    C + "elevation": "uniform", C + "elevation_deg": (-10, 45)}

COARSE = {key: value for key, value in DREAMFUSION_SD.items() if key not in (S + "first_levels", S + "all_levels", G + "weight")}
MESH_CELLS = {128: 51, 256: 101}        # cubes of a lattice with the (n / 2 + 1)^3 nodes of their grid n: (c + 1)^3 + c^3


def of(stage, **sections):
    """Keys of a stage: ``of(1, scene={"cells": 51})``."""
    return {f"stages.{stage}.{section}.{key}": value for section, keys in sections.items() for key, value in keys.items()}


GRID_4096 = {"levels": 16, "base": 16, "finest": 4096, "log2_table": 19}
FANTASIA_VIEW = {"size": 512, "elevation": "uniform", "elevation_deg": (-10, 45), "distance": (3 * HALF, 3 * HALF),
                 "fov_deg": (25.71, 45), "views": 4}
FANTASIA_ADAM = {"betas": (0.9, 0.99), "eps": 1e-15, "clip": 0}

GRID_SCENE = GRID_4096 | {"first_levels": 16, "all_levels": 0, "density": "softplus", "per_metre": TWICE, "blob": 10,
                          "radius": 0.5 * HALF, "bias": 0, "layers_rate": 0.001 / 0.01}
VIEWS_30 = {W + "front_deg": 30, W + "back_deg": 30, W + "crossing_deg": 0}
VIEW_45 = {"views": 1, "elevation": "uniform", "elevation_deg": (-10, 45)}
ADAM_GRID = {"lr": 0.01, "eps": 1e-15, "clip": 0}
MVDREAM_NEGATIVE = (
    "ugly, bad anatomy, blurry, pixelated obscure, unnatural colors, poor lighting, dull, and unclear, cropped, lowres, low "
    "quality, artifacts, duplicate, morbid, mutilated, poorly drawn face, deformed, dehydrated, bad proportions")


def falling(start, end, begun, ended, until):
    """A ramp over steps 0 to ``until`` as a stage has it that makes the steps from ``begun`` to ``ended``."""
    def at(step):
        return start + (end - start) * min(step / until, 1)
    return Ramp(at(begun), at(ended), 0, min((until - begun) / (ended - begun), 1))


TABLE = {       # recipe or recipe/preset -> [(source, {key: official number})]
    "magic3d": [
        (TS + "magic3d-coarse-sd.yaml", COARSE | {
            S + "first_levels": 16, S + "all_levels": 0, G + "weight": "uniform", G + "guidance_scale": 100 + 1,
            O + "betas": (0.9, 0.99), O + "eps": 1e-15}),
        (TS + "magic3d-refine-sd.yaml:8-78", of(
            1, scene=GRID_4096 | {"cells": MESH_CELLS[128], "hidden": 64, "layers_rate": 1, "background": "learned",
                                  "background_rate": 0.001 / 0.01, "shaded": 1},
            guidance={"guidance_scale": 100 + 1, "weight": "sigma2", "t_min": 0.02, "t_max": 0.5},
            cameras={"views": 1, "size": 512, "elevation": "uniform", "elevation_deg": (-10, 45)},
            optim={"steps": 5000, "lr": 0.01, "betas": (0.9, 0.99), "eps": 1e-15, "clip": 0}))],
    "fantasia3d": [
        ("Fantasia3D/train.py l.369, 373 and configs/", {
            key: value for i, steps, lr in ((0, 1000, 1e-3), (1, 3000 - 1000, 1e-3), (2, 2000, 1e-2))
            for key, value in of(i, cameras=FANTASIA_VIEW, optim=FANTASIA_ADAM | {"steps": steps, "lr": lr}).items()}),
        ("Fantasia3D/geometry/dmtet.py, tick", of(
            0, scene={"cells": MESH_CELLS[128], "picture": "normal", "background": "black"},
            guidance={"guidance_scale": 100, "weight": "sigma2", "t_min": 0.02, "t_max": 0.5}) | of(
            1, scene={"cells": MESH_CELLS[128], "picture": "normal", "background": "black"},
            guidance={"guidance_scale": 100, "weight": "alpha_sigma2", "t_min": 0.02, "t_max": 0.5})),
        ("Fantasia3D/geometry/dlmesh.py, strategy 0; README", of(
            2, scene={"cells": MESH_CELLS[128], "shape": 0, "layers_rate": 1, "material": "pbr", "background": "black"},
            guidance={"guidance_scale": 100, "weight": "alpha_sigma2", "t_min": 0.02, "t_max": Ramp(0.98, 0.5, 0.5, 0.5)}))],
    "dreamfusion": [
        ("arXiv:2209.14988, App. A.2", {
            S + "density": "exp", S + "per_metre": TWICE, S + "blob": 5, S + "blob_shape": "gaussian",
            S + "radius": 0.2 * HALF, S + "bias": 0, S + "shaded": 0.75, S + "shaded_from": 1000 / 15000,
            S + "textureless": 0.5, S + "normals": "all", S + "background": "learned", W + "crossing_deg": 0,
            G + "guidance_scale": 100, G + "t_min": 0.02, G + "t_max": 0.98, G + "weight": "sigma2", O + "steps": 15000,
            P + "orient": Ramp(1e-4, 1e-2, 0, 5000 / 15000), P + "opacity": 1e-3, C + "views": 4, C + "size": 64,
            C + "elevation": "uniform"}),
        (TS + "dreamfusion-sd.yaml", PROGRESSIVE | {
            S + "layers_rate": 1, S + "background_rate": 0.001 / 0.01, O + "lr": 0.01, O + "betas": (0.9, 0.99),
            O + "eps": 1e-15, O + "clip": 0})],
    "dreamfusion/sd": [(TS + "dreamfusion-sd.yaml", DREAMFUSION_SD | {G + "guidance_scale": 100 + 1})],      # theirs is s - 1
    "sjc": [
        ("sjc/run_sjc.py", {
            S + "density": "softplus", S + "per_metre": TWICE, S + "blob": 0, S + "bias": -1, S + "opaque": 0,
            G + "guidance_scale": 100, G + "weight": "uniform", G + "reduced": True, O + "steps": 10000, C + "views": 1,
            C + "size": 64, P + "opacity": Ramp(1, 20, 0.5, 0.5)}),
        ("sjc/pose.py", {C + "elevation": "area", C + "elevation_deg": (-6.4, 89), W + "overhead_deg": 41.8,
                         W + "crossing_deg": 0}),
        (TS + "sjc.yaml", {G + "t_min": 0.01, G + "t_max": 0.97})],
    "latent-nerf": [
        ("latent-nerf/src/latent_nerf/models/network_grid.py", {
            S + "density": "trunc_exp", S + "per_metre": TWICE, S + "blob": 5, S + "blob_shape": "gaussian",
            S + "radius": 0.2 * HALF, S + "bias": 0, S + "levels": 16, S + "base": 16, S + "finest": 2048,
            S + "log2_table": 19, S + "hidden": 64, S + "first_levels": 16, S + "all_levels": 0, S + "layers_rate": 1 / 10,
            S + "background_rate": 1 / 10}),
        ("latent-nerf/src/latent_nerf/configs/train_config.py", {
            O + "steps": 5000, O + "lr": 1e-3 * 10, O + "clip": 0, P + "entropy": 5e-4 * BITS}),
        ("latent-nerf/src/latent_nerf/configs/render_config.py", {
            S + "samples": 128, S + "background": "learned", C + "views": 1, C + "size": 64, W + "front_deg": 70 / 2,
            W + "back_deg": 70 / 2, W + "crossing_deg": 0, C + "elevation": "uniform", C + "elevation_deg": (90 - 150, 89)}),
        ("latent-nerf/src/stable_diffusion.py", {G + "guidance_scale": 100, G + "t_min": 0.02, G + "t_max": 0.98,
                                                 G + "weight": "alpha_sigma2"})],
    "prolificdreamer": [
        ("prolificdreamer/main.py", MAGIC3D | {
            S + "levels": 16, S + "base": 16, S + "finest": 2048, S + "log2_table": 19, S + "first_levels": 16,
            S + "all_levels": 0, S + "noise": 1, W + "front_deg": 60 / 2, W + "back_deg": 60 / 2, W + "crossing_deg": 0,
            G + "lr": 1e-4, G + "lora_steps": 1, G + "fit_in": "v", G + "pose_dropout": 0.1, O + "clip": 0, C + "views": 1,
            C + "elevation_deg": (90 - 120, 89)}),
        ("prolificdreamer/run.sh", {G + "guidance_scale": 7.5, O + "steps": 25000, P + "entropy": 10, C + "size": 512}),
        ("prolificdreamer/nerf/network_particle.py", {O + "lr": 1e-3 * 10, S + "layers_rate": 1 / 10}),
        ("prolificdreamer/nerf/sd.py", {
            G + "weight": "sigma2", G + "t_min": 0.02, G + "t_max": Ramp(0.98, 0.5, 5000 / 25000, 5000 / 25000)}),
        ("prolificdreamer/main.py:29, 68-70 and run.sh, stage 2", of(
            1, scene={"cells": MESH_CELLS[256], "levels": 16, "base": 16, "finest": 2048, "log2_table": 19, "picture": "normal"},
            guidance={"guidance_scale": 100, "weight": "sigma2", "t_min": 0.02, "t_max": 0.5},
            cameras={"views": 1, "size": 512, "elevation_deg": (90 - 120, 89)}, optim={"steps": 15000, "lr": 5e-3, "clip": 0})),
        ("prolificdreamer/main.py:29, 68-70, run.sh and nerf/sd.py, stage 3", of(
            2, scene={"cells": MESH_CELLS[256], "levels": 16, "base": 16, "finest": 2048, "log2_table": 19, "shape": 0,
                      "layers_rate": 1 / 10},
            guidance={"guidance_scale": 7.5, "weight": "sigma2", "t_min": 0.02, "t_max": Ramp(0.98, 0.5, 1 / 6, 1 / 6),
                      "rank": 4, "adapt": "attention", "drawn": "normal", "lr": 1e-4, "lora_steps": 1, "fit_in": "v",
                      "pose_dropout": 0.1},
            cameras={"views": 1, "size": 512, "elevation_deg": (90 - 120, 89)},
            optim={"steps": 30000, "lr": 1e-3 * 10, "clip": 0})),
        ("diffusers 0.15, models/attention_processor.py", {G + "rank": 4, G + "drawn": "normal", G + "adapt": "attention"})],
    "castex": [
        ("CasTex/main.py:42-63", {S + "texels": 1024, G + "guidance_scale": 15, G + "t_min": Ramp(300 / 1000, 200 / 1000),
                                  G + "t_max": Ramp(980 / 1000, 500 / 1000), C + "views": 8, O + "steps": 500}),
        ("CasTex/src/guidance.py:133-162", {G + "weight": "sigma2", G + "clamp": True}),
        ("CasTex/src/camera.py:3-29", {C + "size": 512, C + "elevation": "uniform", C + "elevation_deg": (-60, 60)}),
        ("CasTex/src/train.py:103-198, and torch's defaults of Adam", {
            O + "lr": 0.01, O + "lr_end": 0.9**5, O + "betas": (0.9, 0.999), O + "eps": 1e-8, O + "clip": 0})],
    "csd": [
        ("Classifier-Score-Distillation/configs/csd-if.yaml", MAGIC3D | {
            S + "levels": 12, S + "base": 16, S + "finest": 512, S + "log2_table": 19, S + "hidden": 64,
            S + "first_levels": 12, S + "all_levels": 0, S + "shaded": 0.5, S + "shaded_from": 5000 / 10000,
            S + "textureless": 1, S + "normals": "all", S + "layers_rate": 1, W + "front_deg": 30, W + "back_deg": 30,
            W + "crossing_deg": 0, G + "weight": "uniform", G + "t_min": 0.02, G + "t_max": Ramp(0.98, 0.5, 0.5, 0.5),
            G + "away": Ramp(0, 1, 0, 5000 / 10000), C + "views": 1, C + "size": 64, C + "elevation": "uniform",
            C + "elevation_deg": (-10, 45), O + "steps": 10000, O + "lr": 1e-3, O + "betas": (0.9, 0.999), O + "clip": 0,
            P + "opacity": Ramp(10, 1, 0, 5000 / 10000), P + "orient": Ramp(1, 100, 0, 5000 / 10000),
            "prompts.negative": "oversaturated color, ugly, tiling, low quality, noisy"}),
        (".../guidance/deep_floyd_simple_guidance.py", {G + "normalize": True})],
    "nfsd": [
        (TS + "dreamfusion-sd.yaml", DREAMFUSION_SD),
        ("arXiv:2310.17590", {
            G + "guidance_scale": 7.5, G + "below": 0.2, G + "factor": 1,
            G + "bad": "unrealistic, blurry, low quality, out of focus, "
            "ugly, low contrast, dull, dark, low-resolution, gloomy"})],
    "lucid": [
        ("arXiv:2311.11284", {G + "delta": 50 / 1000, G + "stride": 200 / 1000, G + "weight": "x0"}),
        ("LucidDreamer/arguments/__init__.py, configs/bagel.yaml", {
            G + "guidance_scale": 7.5, G + "strength": 0.1, G + "t_min": 0.02, G + "t_max": Ramp(0.98, 0.5, 0, 1500 / 5000),
            O + "steps": 5000, C + "views": 4, C + "size": 512}),
        (TS + "dreamfusion-sd.yaml", MAGIC3D)],
    "sdi": [
        (TS + "sdi.yaml", MAGIC3D | PROGRESSIVE | {
            S + "shaded": 0.3, S + "shaded_from": 1000 / 10000, S + "textureless": 0.75, S + "normals": "all",
            S + "layers_rate": 1, S + "background_rate": 0.001 / 0.01, S + "background": "learned", G + "guidance_scale": 7.5,
            G + "inversion_scale": -7.5, G + "steps": 10, G + "eta": 0.3, C + "views": 1, C + "size": 512,
            C + "elevation_deg": (-10, 45), C + "elevation": "uniform", O + "steps": 10000, O + "lr": 0.01, O + "clip": 0,
            P + "orient": 0.1, P + "opacity": Ramp(0.15, 0, 0, 3000 / 10000), P + "entropy": 0.1,
            P + "z_variance": 1 / HALF**2}),
        ("threestudio/models/guidance/stable_diffusion_sdi_guidance.py", {G + "strength": 1 / LATENT, G + "weight": "x0"}),
        ("threestudio/models/prompt_processors/base.py", {
            "prompts.perp_neg": 1, W + "blend": "quarters", W + "repel": "threestudio", W + "crossing_deg": 0}),
        ("arXiv:2405.15891, section 5 and A.3", {G + "timesteps": "linear", G + "t_max": 1.0, G + "t_min": 0.2,
                                                 G + "jitter": 1 / 30})],
    "hifa": [
        ("HiFA/main.py", {
            S + "density": "softplus", S + "per_metre": TWICE, S + "blob": 5, S + "radius": 0.2 * HALF,
            S + "background": "learned", G + "guidance_scale": 100, G + "steps": 4, G + "pixels": 0.1, G + "timesteps": "sqrt",
            G + "t_max": 0.98, G + "t_min": 0.3, "prompts.perp_neg": 2, W + "front_deg": 60 / 2, W + "back_deg": 60 / 2,
            W + "overhead_deg": 90 - 30, C + "size": 512, C + "elevation": "uniform", C + "elevation_deg": (90 - 105, 90 - 45),
            O + "steps": 10000, P + "z_variance": Ramp(0, 3 / HALF**2, 0, 0.5)}),
        ("HiFA/nerf/network_grid.py", {
            S + "levels": 16, S + "base": 16, S + "finest": 2048, S + "log2_table": 19, S + "hidden": 32, S + "first_levels": 16,
            S + "all_levels": 0, S + "layers_rate": 1 / 10, S + "background_rate": 1 / 10, O + "lr": 1e-3 * 10}),
        ("HiFA/nerf/sd.py", {G + "strength": 0.05, G + "weight": "x0"}),
        ("HiFA/nerf/utils.py", {C + "views": 1, W + "blend": "quarters", W + "repel": "stable-dreamfusion",
                                W + "crossing_deg": 0})],
    "asd": [
        ("ScaleDreamer/configs/single-prompt_benchmark/asd_sd_nerf.yaml", VIEWS_30 | {"prompts.perp_neg": 0.5} | {
            key: value for i, begun, ended, size in ((0, 0, 10000, 64), (1, 10000, 25000, 256))
            for key, value in of(
                i, scene=GRID_SCENE, cameras=VIEW_45 | {"size": size}, regularizers={"opacity": 30},
                optim=ADAM_GRID | {"steps": ended - begun, "betas": (0, 0.99)},
                guidance={"guidance_scale": 7.5, "eta": 0.1, "t_min": falling(0.5, 0.02, begun, ended, 25000),
                          "t_max": falling(0.98, 0.5, begun, ended, 25000)}).items()}),
        (".../asd_sd_nerf.yaml, from step 10000", of(1, regularizers={"entropy": 100})),
        (".../guidance/stable_diffusion_asd_guidance.py",
         of(0, guidance={"weight": "sigma2"}) | of(1, guidance={"weight": "sigma2"}))],
    "mvdream": [
        ("MVDream-threestudio/configs/mvdream-sd21.yaml", VIEWS_30 | {"prompts.negative": MVDREAM_NEGATIVE} | {
            key: value for i, begun, ended, size in ((0, 0, 5000, 64), (1, 5000, 10000, 256))
            for key, value in of(
                i, scene=GRID_SCENE, cameras={"views": 4, "size": size, "azimuth_jitter_deg": 0, "elevation": "uniform",
                                              "elevation_deg": (0, 30)},
                optim=ADAM_GRID | {"steps": ended - begun, "betas": (0.9, 0.99)},
                guidance={"guidance_scale": 50, "rescale": 0.5, "views": 4, "t_min": falling(0.98, 0.02, begun, ended, 8000),
                          "t_max": falling(0.98, 0.5, begun, ended, 8000)}).items()}),
        (".../guidance/multiview_diffusion_guidance.py, recon_loss",
         of(0, guidance={"weight": "x0"}) | of(1, guidance={"weight": "x0"}))],
    "rfds": [
        ("rectified_flow_prior/configs/rfds_sd3.yaml", VIEWS_30 | {
            "prompts.negative": "unrealistic, blurry, low quality, oversaturation."} | {
            key: value for i, steps, size in ((0, 5000, 256), (1, 15000 - 5000, 512))
            for key, value in of(i, scene=GRID_SCENE, cameras=VIEW_45 | {"size": size}, guidance={"guidance_scale": 100},
                                 regularizers={"opacity": 0.1, "entropy": 0.1},
                                 optim=ADAM_GRID | {"steps": steps, "betas": (0.9, 0.99)}).items()}),
        (".../guidance/RFDS_sd3.py", {key: value for i in range(2) for key, value in of(i, guidance={
            "t_min": 1 - 0.98, "t_max": 1 - 0.3, "weight": "uniform", "strength": 2 * 0.5 / (16 * 64 * 64)}).items()})],
    "sds-bridge": [
        ("SDS-Bridge/threestudio-sds-bridge/configs/sds-bridge.yaml", VIEWS_30 | {
            key: value for i, steps, size, least in ((0, 5000, 64, 0.98), (1, 15000, 512, 0.5), (2, 5000, 512, 0.5))
            for key, value in of(i, scene=GRID_SCENE, cameras=VIEW_45 | {"size": size}, regularizers={"opacity": 10},
                                 guidance={"t_min": 0.02, "t_max": least},
                                 optim=ADAM_GRID | {"steps": steps, "betas": (0.9, 0.99)}).items()}),
        (".../sds-bridge.yaml, opaque", of(1, regularizers={"entropy": Ramp(0, 1000, 5000 / 15000, 5000 / 15000)}) | of(
            2, regularizers={"entropy": 1000})),
        (".../guidance/sds_bridge_guidance.py", {key: value for i in range(2) for key, value in of(i, guidance={
            "guidance_scale": 100, "weight": "sigma2"}).items()} | of(2, guidance={
                "weight": "uniform", "target": ".", "source": "oversaturated, smooth, pixelated, cartoon, foggy, hazy, blurry, "
                "bad structure, noisy, malformed"}))],
    "vectorfusion": [
        ("arXiv:2211.11319, section 4 and App. B to F", {
            S + "paths": 64, S + "segments": 4, S + "dead_opacity": 0.05, S + "dead_area": round(64 / 600**2, 5),
            S + "revive_every": 50, S + "revive_until": 800 / 1000, "start.pictures": 4, "start.steps": 50,
            "start.scale": 7.5, G + "t_min": 0.05, G + "t_max": 0.95, C + "size": 600, C + "views": 1, C + "tilt": 0,
            C + "crop": 1, O + "steps": 1000, O + "lr_end": 0.05 / 0.2, O + "betas": (0.9, 0.9), O + "eps": 1e-6}),
        ("PyTorch-SVGRender/conf/x/vectorfusion.yaml", {G + "guidance_scale": 100, G + "weight": "sigma2", P + "xing": 0.01})],
    "vectorfusion/scratch": [
        ("arXiv:2211.11319, App. B to F", {
            S + "radius": round(20 / 600, 3), S + "revive_until": 1500 / 2000, S + "dead_area": 0, "start.pictures": 0,
            C + "tilt": 0.5, C + "tilted": 0.7, C + "crop": 512 / 600, O + "steps": 2000})],
    "svgdreamer": [
        ("SVGDreamer/conf/x/iconography.yaml", {
            S + "particles": 6, S + "paths": 512, S + "segments": 4, S + "radius": round(20 / 600, 3), S + "dead_opacity": 0.05,
            S + "dead_area": round(64 / 600**2, 5), S + "revive_every": 100, S + "revive_until": 1000 / 2000,
            G + "guidance_scale": 7.5,
            G + "t_min": 0.02, G + "t_max": Ramp(0.98, 0.5, 1500 / 2000, 1500 / 2000), G + "lr": 1e-4, C + "size": 600,
            C + "views": 4, C + "crop": 1, C + "tilt": 0, O + "steps": 2000, O + "lr_end": 0.4, P + "xing": 0.01 * 1e-3}),
        ("SVGDreamer/svgdreamer/painter/VPSD_pipeline.py", {G + "weight": "sigma2", G + "drawn": "normal"}),
        ("SVGDreamer/conf/config.yaml", {
            "prompts.negative": "nsfw, lowres, (bad), text, error, fewer, extra, missing, worst quality, jpeg artifacts, low "
            "quality, watermark, unfinished, displeasing, oldest, early, chromatic aberration, signature, extra digits, "
            "artistic error, username, scan"})],
}
FRAMING = {         # cameras stay outside the box, with an angle that frames alike
    f"stages.{i}.cameras.{key}" for i in range(3) for key in ("distance", "fov_deg")}
HERE = {            # the numbers of a recipe that no source has, each said in its header
    "dreamfusion": {C + "elevation_deg", S + "samples", G + "rescale"},
    "sjc": {S + "levels", S + "base", S + "finest", S + "log2_table", S + "hidden", S + "first_levels", S + "all_levels",
            S + "samples", O + "lr", O + "clip"},
    "latent-nerf": {G + "rescale"},
    "magic3d": {S + "samples"} | set(of(1, scene={"textureless": 0}, regularizers={"normal": 0.2})),
    "fantasia3d": {W + "crossing_deg"} | {f"stages.{i}.scene.{key}" for i in range(3) for key in GRID_4096} | {
        f"stages.{i}.regularizers.normal" for i in range(2)},
    "prolificdreamer": {S + "hidden", S + "samples"} | {f"stages.{i}.scene.hidden" for i in (1, 2)} | set(
        of(1, regularizers={"normal": 0.2, "laplacian": 0.05})),
    "castex": set(),
    "csd": {S + "samples"},
    "nfsd": {S + "samples"},
    "lucid": {S + name for name in ("levels", "base", "finest", "log2_table", "hidden", "first_levels", "all_levels",
                                    "samples")} | {C + "elevation_deg", O + "lr", O + "clip"},
    "sdi": {S + "samples"},
    "hifa": {S + "bias", S + "samples", O + "clip"},
    "asd": {f"stages.{i}.scene.{key}" for i in range(2) for key in ("hidden", "samples")},
    "mvdream": {f"stages.{i}.scene.{key}" for i in range(2) for key in ("hidden", "samples")},
    "rfds": {f"stages.{i}.scene.{key}" for i in range(2) for key in ("hidden", "samples")},
    "sds-bridge": {f"stages.{i}.scene.{key}" for i in range(3) for key in ("hidden", "samples")},
    "vectorfusion": {G + "rescale", O + "lr", O + "clip"},
    "svgdreamer": {O + "lr", O + "clip", O + "betas", O + "eps", G + "pose_dropout"},
}
