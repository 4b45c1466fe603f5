"""The Tab key: a real bash completes our commands and options by the printed script."""

import shutil
import subprocess
import sys

import pytest

from dreamgen.__main__ import main

ASK = """COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
$(complete -p dreamgen | sed 's/.*-F \\([^ ]*\\) .*/\\1/') dreamgen "${{COMP_WORDS[-1]}}" "${{COMP_WORDS[-2]}}"
echo "${{COMPREPLY[@]}}"
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_commands_options_and_their_choices(capsys):
    pytest.importorskip("shtab")
    assert main(["completion", "bash"]) == 0
    lines = ["dreamgen comp", "dreamgen 3d --se", "dreamgen 3d --as ga", "dreamgen prior tr"]
    script = capsys.readouterr().out + "".join(ASK.format(words=line) for line in lines)
    done = subprocess.run(["bash"], input=script, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["compare completion", "--seed", "gaussians", "train"]


def test_without_the_library_it_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["completion", "zsh"]) == 2 and "pip install shtab" in capsys.readouterr().err
