"""The bench runs and tells what it ran on. Nothing here looks at a clock."""

import csv
from types import ModuleType

import pytest
import torch

from dreamgen.tools import bench
from dreamgen.tools.workloads import bench_composite
from renderers.ops._dispatch import backends, operations


def test_every_operation_has_a_workload():
    assert set(operations()) < set(bench.WORKLOADS)


def test_each_backend_gets_a_line_and_a_row(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(bench, "SECONDS", 0)
    for _ in range(2):
        assert bench.main(["composite", "--csv", str(tmp_path), "--threads", "1"]) == 0
    printed = capsys.readouterr().out
    assert "1 threads, OMP_WAIT_POLICY=" in printed and "| composite | reference |" in printed
    with (tmp_path / "composite.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["backend"] for row in rows] == ["numba", "reference"] * 2
    assert all(row["commit"] and row["cpu"] and row["date"] and float(row["CPU ms"]) > 0 for row in rows)
    assert rows[1]["ratio"] == "1.0"


def test_a_gpu_is_waited_for_and_its_rows_stand_apart(monkeypatch, tmp_path, capsys):
    """On a pretended one: the work is done on the CPU, and what is asked of CUDA is counted."""
    waits = []
    monkeypatch.setattr(bench, "SECONDS", 0)
    monkeypatch.setattr(torch.cuda, "synchronize", waits.append)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: "a card")
    monkeypatch.setitem(bench.WORKLOADS, "composite", lambda device: bench_composite("cpu"))
    there = {"numba": backends("composite", "cpu")["numba"], "reference": backends("composite", "cpu")["reference"]}
    monkeypatch.setattr(bench, "backends", lambda op, device: there)
    assert bench.main(["composite", "--device", "cuda", "--csv", str(tmp_path)]) == 0
    assert "| sum ms | ratio |" in capsys.readouterr().out
    with (tmp_path / "composite.cuda.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert rows[-1]["backend"] == "reference" and {row["gpu"] for row in rows} == {"a card"}
    assert len(waits) % 3 == 0 and len(waits) >= 12 and set(waits) == {torch.device("cuda")}


def test_a_gpu_races_the_libraries_that_are_there(monkeypatch):
    there = {"triton": ModuleType("triton"), "reference": ModuleType("reference"), "nerfacc": ModuleType("nerfacc"),
             "tinycudann": OSError("no driver")}
    there["triton"].RANK, there["nerfacc"].RANK = 1, -1
    monkeypatch.setattr(bench, "backends", lambda op, device: there)
    assert list(bench.raced("composite", torch.device("cuda"))) == ["triton", "nerfacc", "reference"]
    assert list(bench.raced("composite", torch.device("cpu"))) == ["triton", "reference"]
    assert bench.raced("nerf", torch.device("cuda")) == {"chosen": None, "reference": "reference"}


@pytest.mark.parametrize(("line", "message"), [(["--device", "cuda:7"], "--device cuda:7: this machine has"),
                                               (["--device", "gpu"], "--device gpu: want cpu, cuda or cuda:1"),
                                               (["--device", "meta"], "--device meta: want cpu, cuda or cuda:1"),
                                               (["hashgird"], "no operation hashgird; have hashgrid, field"),
                                               (["--threads", "0"], "threads: need at least 1")])
def test_a_wrong_argument_is_one_line_and_status_two(line, message, capsys):
    with pytest.raises(SystemExit) as stop:
        bench.main(line)
    assert stop.value.code == 2 and message in capsys.readouterr().err
