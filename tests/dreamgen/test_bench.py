"""The bench runs and tells what it ran on. Nothing here looks at a clock."""

import csv

import pytest

from dreamgen.tools import bench
from renderers.ops._dispatch import operations


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


@pytest.mark.parametrize(("line", "message"), [(["hashgird"], "no operation hashgird; have hashgrid, field"),
                                               (["--threads", "0"], "threads: need at least 1")])
def test_a_wrong_argument_is_one_line_and_status_two(line, message, capsys):
    with pytest.raises(SystemExit) as stop:
        bench.main(line)
    assert stop.value.code == 2 and message in capsys.readouterr().err
