"""A batch on a real Ray cluster of two nodes, started by `ray start` on this machine: one cluster for all tests.

What costs time is processes: a worker of Ray's for each driver and node, which imports Ray. So the tests that need no
driver of their own share one connection, whose two workers are started before the first test.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dreamgen.batch.drive import drive
from dreamgen.batch.make import Where
from dreamgen.batch.manifest import Manifest
from dreamgen.batch.place import Place
from dreamgen.batch.rows import rows
from dreamgen.batch.worker import environment
from dreamgen.errors import ConfigError, RunError
from tests import batch_stub

ROOT = Path(__file__).parents[2]
TABLE = "text-to-svg"
DRIVER = """
import sys
sys.path.insert(0, sys.argv[3])
from dreamgen.batch import on_ray
from dreamgen.batch.drive import drive
from dreamgen.batch.place import Place
from dreamgen.batch.rows import rows
from tests import batch_stub
import ray
ray.cloudpickle.register_pickle_by_value(batch_stub)
on_ray.code = dict                                       # the nodes are this machine, where the code is
place, table = Place(sys.argv[1]), rows([f"object {i}" for i in range(6)], "text-to-svg", [])
for report in drive(place, table, on_ray.OnRay(sys.argv[1], sys.argv[2], 1, None, 0.2, None, table, batch_stub.on_ray), 1):
    print(report, flush=True)
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def cluster():
    """(address, client's address) of a head and a second node, with one CPU each."""
    pytest.importorskip("ray")
    pytest.importorskip("grpc")
    port, client = free_port(), free_port()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    common = ["--block", "--num-cpus=1", "--num-gpus=0", f"--memory={10**9}", "--object-store-memory=80000000",
              "--disable-usage-stats"]
    ray = [sys.executable, "-m", "ray.scripts.scripts", "start"]
    nodes = [subprocess.Popen([*ray, "--head", f"--port={port}", f"--ray-client-server-port={client}",
                               "--include-dashboard=false", *common], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              start_new_session=True, text=True)]
    try:
        wait_for(port, nodes[0])
        nodes.append(subprocess.Popen([*ray, f"--address=127.0.0.1:{port}", *common], env=env, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL, start_new_session=True))
        os.environ["RAY_ADDRESS"] = f"127.0.0.1:{port}"
        yield f"127.0.0.1:{port}", f"ray://127.0.0.1:{client}"
    finally:
        os.environ.pop("RAY_ADDRESS", None)
        for node in reversed(nodes):
            node.send_signal(signal.SIGTERM)
        for node in reversed(nodes):
            try:
                node.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(node.pid, signal.SIGKILL)
                node.wait()


def wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 200
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert process.poll() is None, process.stdout.read()
            assert time.monotonic() < until, "Ray's head does not start"
            time.sleep(0.5)


@pytest.fixture(scope="module")
def on_ray(cluster):
    """The module, with a connection that its runners find, and the names of the nodes, each of which has a worker."""
    import ray

    from dreamgen.batch import on_ray
    ray.cloudpickle.register_pickle_by_value(batch_stub)
    until = time.monotonic() + 200
    while not ray.is_initialized():
        try:
            ray.init("auto", runtime_env={"env_vars": environment(1)}, log_to_driver=False)     # the code is on this machine
        except ConnectionError:                             # the head is there, and its own node has not joined
            assert time.monotonic() < until
            time.sleep(1)
    while len(nodes := [node["NodeID"] for node in ray.nodes() if node["Alive"]]) < 2:
        assert time.monotonic() < until, "Ray's second node does not join"
        time.sleep(0.2)
    on_node, nothing = ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy, ray.remote(lambda: None)
    begun = [nothing.options(num_cpus=1, scheduling_strategy=on_node(node, soft=False)).remote() for node in nodes]
    ray.get(begun, timeout=200)
    yield on_ray
    ray.shutdown()


def make(out: Path, prompts: list[str], runner) -> list:
    table = rows(prompts, TABLE, [])
    return list(drive(Place(str(out)), table, runner(str(out), table), 1))


@pytest.mark.timeout(600)
def test_rows_are_tasks_and_a_lost_worker_is_rays_business(on_ray, tmp_path, monkeypatch):
    monkeypatch.setattr(on_ray, "RETRIES", 1)
    prompts = ["a cat", "it stumbles", "it fails", "it crashes", "a cow", "a dog"]
    reports = make(tmp_path, prompts, lambda out, table: on_ray.OnRay(out, "ray", 1, None, 0.2, None, table, batch_stub.on_ray))
    assert str(reports[-1]) == "4 of 6 done, 2 failed"
    known = {record.prompt: record for record in Manifest(tmp_path).records.values()}
    assert known["it fails"].error == "the object fills every picture"
    assert known["it crashes"].error.startswith("Ray gave it up after 1 tries: WorkerCrashedError")
    assert len({record.host for record in known.values() if record.done}) == 2, "both nodes have worked"


@pytest.mark.timeout(900)
def test_a_killed_driver_goes_on_where_it_was(cluster, tmp_path):
    """Also through Ray's client, ray://, where the process that is killed is only the client, which Ray gives a while
    to come back: here a second."""
    pytest.importorskip("ray")
    for address in ("ray", cluster[1]):
        out = tmp_path / ("client" if "//" in address else "driver")
        command = [sys.executable, "-c", DRIVER, str(out), address, str(ROOT)]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "RAY_CLIENT_RECONNECT_GRACE_PERIOD": "1",
               "BATCH_STUB_SECONDS": "4"}                   # the stub travels with its numbers
        driver = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 240
        while not list(out.glob("*/steps.txt")):            # in the middle of a row
            assert time.monotonic() < until and driver.poll() is None
            time.sleep(0.1)
        driver.kill()
        driver.wait()
        before = {path.parent / "asset.txt": path.stat().st_mtime_ns for path in out.glob("*/outcome.json")}
        assert len(before) < 6
        done = subprocess.run(command, env=env | {"BATCH_STUB_SECONDS": "0.1"}, capture_output=True, text=True)
        assert done.stdout.splitlines()[-1] == "6 of 6 done", done.stderr
        assert len(list(out.glob("*/asset.txt"))) == 6 and len(Manifest(out).records) == 6
        assert all(path.stat().st_mtime_ns <= when for path, when in before.items()), "a row that was done was made again"


def test_what_no_machine_has_is_said_in_one_line(on_ray, tmp_path):
    for wrong, needs in (({"threads": 3}, "3 CPUs"), ({"memory_gb": 50.0}, "50.0 GB"), ({"gpu_share": 0.5}, "0.5 GPUs")):
        asked = {"threads": 1, "gpu_share": None, "memory_gb": 0.2, "workers": None} | wrong
        with pytest.raises(RunError, match=f"^--on ray: no machine has .*{needs}.*; have 1 CPUs, 0 GPUs, "):
            make(tmp_path, ["a cat"], lambda out, table, asked=asked: on_ray.OnRay(out, "ray", rows=table, **asked))


def test_a_cluster_that_is_not_there_is_said_in_one_line(tmp_path, monkeypatch):
    ray = pytest.importorskip("ray")
    from dreamgen.batch import on_ray
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:1")
    monkeypatch.setenv("RAY_GCS_SERVER_REQUEST_TIMEOUT_SECONDS", "3")
    table = rows(["a cat"], TABLE, [])
    runner = on_ray.OnRay(str(tmp_path), "ray://127.0.0.1:1", 1, None, 1.0, None, table)
    with pytest.raises(RunError, match="^--on ray://127.0.0.1:1: no Ray cluster"):
        runner.connect(ray)                                 # as run does, where there is no connection yet


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_real_row_with_a_prior_and_code_that_travel(cluster, tmp_path):
    """The driver stands in another folder than the workers; prior and code are only on its side."""
    from tests.tiny import make_prior
    make_prior(tmp_path / "mine")
    (tmp_path / "p.csv").write_text("prompt,seed\na red box,0\na blue box,1\n")
    small = ["stages.0.scene={kind: image, size: 8, pyramid: 1}", "stages.0.cameras={kind: flat, size: 8, views: 2}",
             "stages.0.optim.steps=4", "previews=1"]
    command = [sys.executable, "-m", "dreamgen", "batch", "p.csv", "--recipe", "text-to-image", "--on", "ray", "--memory", "0.5",
               "--out", "made", "prior=mine", *small]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout == "made/gallery.html\n", done.stderr
    records = list(Manifest(tmp_path / "made").records.values())
    assert len(records) == 2 and all(record.done and record.prior == "mine" for record in records)
    assert len(list((tmp_path / "made").glob("*/asset.png"))) == 2


def test_where_is_checked_before_anything_starts():
    for wrong, says in (({"on": "rya"}, "--on: need local, ray or ray://host:10001, got 'rya'"),
                        ({"gpu_share": 0.5}, "--gpu-share: .* got 0.5 on local"), ({"memory_gb": 0.0}, "--memory"),
                        ({"on": "ray", "gpus": "0"}, "--gpus: Ray deals out the GPUs")):
        with pytest.raises(ConfigError, match=says):
            Where(**wrong)
