r"""The training of a prior on noised pictures; step.py has one step.

    min E_{x0, y, t, eps}  w(t) | x0^(alpha x0 + sigma eps, t, y) - x0 |^2 / max(sigma, SIGMA_MIN)^2
    min E_{x0, y, t, eps}  w(t) | v^(alpha x0 + sigma eps, t, y) - (alpha eps - sigma x0) |^2
    t = T u^high_noise,    w = 1,    or min(snr, gamma) / (snr + 1) with snr = alpha^2 / sigma^2

The first is used by default: the clean picture has few degrees of freedom, the noise of 128 x 128 pixels has all of them, and
a network with few channels cannot repeat it (Li and He, arXiv:2511.13720). The second is v-prediction (Salimans and Ho,
arXiv:2202.00512), that of the bundled prior of 64 pixels. Both weigh errors of v equally where sigma > SIGMA_MIN.
Min-SNR weighting: Hang et al., arXiv:2303.09556. The mean picture mu that the network is shown (guidance/priors/
bundled/mean.py) is learnt in the same steps, from more pictures that are smaller and clean, and first of all:

    min E_{x0, y} | mu(y) - x0 |^2

``train`` is a generator of reports. Every draw is addressed by (seed, name, step): with a number of pictures, a
training that was killed and resumed ends in the weights of one that was not, bit for bit on one machine at one thread
count. With minutes the learning rate follows the clock, and does not repeat. Several processes share a batch
(processes.py): ``torchrun --nproc-per-node 8 -m dreamgen prior train ...`` uses eight GPUs. One alone reads the pictures
anew when twice as many have been drawn by then.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from guidance.priors import Prior, bundled

from ..errors import ConfigError, RunError
from ..io import atomic, checkpoint
from ..io.lock import LOCK, alone
from ..state.interrupt import Interrupt
from . import config, publish, raw
from .captions import Captions
from .config import Config
from .data import Data, load
from .pose_accuracy import PoseAccuracy
from .processes import Processes
from .split import split
from .state import CHECKPOINTS, State
from .step import Step
from .texts import Texts, encoded

POSE_EVERY = 10         # reports
NAMED = 10              # rows that could not be used, named as the training begins; all of them are in SKIPPED
SKIPPED = "skipped.txt"
GROWN = 2               # times the parts of pictures: when to read them anew, ...
LATE = 0.85             # ... unless so much of the training is done


@dataclass(frozen=True)
class TrainingReport:
    """A few steps, or a ``note`` between steps."""

    step: int
    seen: int                       # pictures
    minutes: float                  # over all sessions
    progress: float                 # 0 to 1
    loss: float | None = None       # mean over the steps since the last report; pure noise is about 1, a good one 0.03
    lr: float | None = None
    pose_accuracy: float | None = None      # share of the error at high noise that the camera input removes
    sheet: Path | None = None       # samples that were just drawn
    note: str | None = None


def train(source: Path, out: Path, cfg: Config, device: torch.device, resume: bool = False, origin: Prior | None = None,
          tell: Callable[[str], object] = str) -> Iterator[TrainingReport]:
    """Train on the pictures in ``source`` into the folder ``out``, which is a prior's from the first checkpoint on.

    ``origin`` is the prior ``cfg.origin``, where it is loaded already. ``tell`` hears the answer to Ctrl-C. Of several
    processes, the first one reports.

    Raises:
        ConfigError: no usable data; a folder that holds a training already (without ``resume``), or none (with it).
        FileError: another process is at work in ``out``.
        CheckpointError: a damaged checkpoint, or one of other sizes.
        RunError: the loss is no longer a number.
        KeyboardInterrupt: Ctrl-C, during steps after a checkpoint was written, at other times at once.
    """
    team = Processes(device, cfg.batch)
    for report in together(team, source, out, cfg, resume, origin, tell):
        if team.first:
            yield report


def together(team: Processes, source: Path, out: Path, cfg: Config, resume: bool, origin: Prior | None,
             tell: Callable[[str], object]) -> Iterator[TrainingReport]:
    """``train`` in one of a ``team`` of processes."""
    if team.first and (out / LOCK).exists():
        with alone(out):                # before it is said what the training that is at work there may still lack
            pass
    begun = bool(checkpoint.found(out / CHECKPOINTS))
    if begun and not resume:
        raise ConfigError(f"--out: {out} already holds a training; --resume goes on with it")
    if resume and not begun:
        raise ConfigError(f"--resume: {out} holds no checkpoint to go on from")
    data, spared = read(source, cfg)
    out.mkdir(parents=True, exist_ok=True)
    with alone(out) if team.first else nullcontext():
        if team.first:
            config.write(cfg, out)
            yield from remarks(data, len(spared.rows), out)
        yield TrainingReport(0, 0, 0.0, 0.0, note="reading the captions, which takes a while the first time")
        captions, texts = captioned(data, out, team)
        with Interrupt(tell) as stop:
            state = State(cfg, out, texts.states.shape[-1], team.device, origin)
            position, digest = state.position, data.digest()
            size = f"{state.size() / 1e6:.1f} M parameters"
            yield note(state, f"{size} on {team.device}" + f" and {team.count - 1} more" * (team.count > 1))
            if position.data not in ("", digest):
                yield note(state, f"{source} is not what {out} was trained on so far; going on with the new pictures")
            while True:
                position.data, texts = digest, texts.to(team.device)
                measure = PoseAccuracy(spared, captions, texts, cfg.seed, cfg.prediction)
                yield from loop(state, data, captions, texts, measure, team, stop, grown(source, team))
                if cfg.progress(position.seen, position.minutes) == 1:
                    return
                left = time.monotonic()
                data, spared = read(source, cfg)
                digest = data.digest()
                captions, texts = captioned(data, out, team)
                position.minutes += (time.monotonic() - left) / 60
                yield note(state, f"more has been drawn: {len(data.rows):,} pictures from here on")


def read(source: Path, cfg: Config) -> tuple[Data, Data]:
    """The pictures to train on, and those held out."""
    if raw.there(source):
        train_on, spared = (raw.load(source, cfg.size, cfg.words, held) for held in (False, True))
        return train_on, spared
    return split(load(source, cfg.size, cfg.words))


def captioned(data: Data, out: Path, team: Processes) -> tuple[Captions, Texts]:
    """The captions of ``data``, and their states, which the first process reads and ``out`` keeps."""
    captions = Captions(data, team.device)
    with team.in_turn():
        return captions, encoded(captions.texts, out / "texts", team.device)


def grown(source: Path, team: Processes) -> Callable[[], bool]:
    """Whether ``source`` has GROWN times the parts that it has now, as `prior data` draws beside one process that trains."""
    parts = raw.parts(source)
    return lambda: team.count == 1 and raw.parts(source) >= GROWN * max(parts, 1)


def loop(state: State, data: Data, captions: Captions, texts: Texts, measure: PoseAccuracy, team: Processes,
         stop: Interrupt, grown: Callable[[], bool]) -> Iterator[TrainingReport]:
    """Steps, until the pictures or the minutes are used up, or the data has ``grown``."""
    cfg, position = state.cfg, state.position
    scheduler = bundled.network.make_scheduler(cfg.prediction, cfg.size)
    schedule = bundled.network.schedule_of(scheduler.config)
    pictures = data.pictures.to(texts.states.device)
    step = Step(state, captions, pictures, texts, team, schedule, scheduler.config.prediction_type, cfg.graph)
    if position.step == 0:
        yield from begin(state, step, team, stop)
    if cfg.progress(position.seen, position.minutes) == 1:
        yield note(state, f"all of its {cfg.images or cfg.minutes:g} {'pictures' if cfg.images else 'minutes'} are done; "
                          "more of them go on with it")
    last_save = last_sheet = before = time.monotonic()
    losses: list[Tensor] = []
    while (progress := cfg.progress(position.seen, position.minutes)) < 1:
        lr = cfg.lr_at(position.step, progress)
        losses.append(step(lr))
        now = time.monotonic()
        position.minutes, stopping = team.agree(position.minutes + (now - before) / 60, stop.asked)
        before = now
        progress = cfg.progress(position.seen, position.minutes)
        done = progress == 1
        report_due = position.step % cfg.report_steps == 0 or done
        more = report_due and progress < LATE and grown()
        save_due = now - last_save > cfg.save_seconds or stopping or done or more
        if not report_due and not save_due:
            continue
        position.losses += [float(loss) for loss in losses]         # waits for a GPU, so not at every step
        losses.clear()
        mean = sum(position.losses) / len(position.losses)
        if not mean < float("inf"):
            raise RunError(f"step {position.step}: the loss is no longer a number; lower lr, or --resume from the last "
                           f"checkpoint in {state.folder / CHECKPOINTS}")
        hear = done or position.step % (POSE_EVERY * cfg.report_steps) == 0
        pose_accuracy = measure(state.average, schedule) if hear else None
        if report_due:
            state.log.add({"step": position.step, "seen": position.seen, "minutes": round(position.minutes, 3),
                           "loss": round(mean, 6), "lr": lr,
                           **({} if pose_accuracy is None else {"pose_accuracy": round(pose_accuracy, 4)})})
            position.losses.clear()
        if save_due and team.first:
            state.save()
            publish.write(state, data, scheduler)
        if save_due:
            last_save = now
        if stopping and not done:
            raise KeyboardInterrupt
        sheet = None
        if team.first and (done or save_due and now - last_sheet > cfg.sheet_seconds):
            sheet = publish.sheet(state, data)
            last_sheet = now
        yield TrainingReport(position.step, position.seen, position.minutes, progress, mean, lr, pose_accuracy, sheet)
        if more:
            return


def begin(state: State, step: Step, team: Processes, stop: Interrupt) -> Iterator[TrainingReport]:
    """The mean picture learns alone."""
    cfg, position = state.cfg, state.position
    yield note(state, f"{cfg.mean_first - position.mean_step} steps for the mean pictures, before the first of the others")
    while position.mean_step < cfg.mean_first:
        step.mean_alone(cfg.lr_at(position.mean_step, 0.0))
        if team.agree(0.0, stop.asked)[1]:
            if team.first:
                state.save()
            raise KeyboardInterrupt


def remarks(data: Data, spared: int, out: Path) -> Iterator[TrainingReport]:
    """What was read, what is held out, and what could not be read."""
    def remark(text: str) -> TrainingReport:
        return TrainingReport(0, 0, 0.0, 0.0, note=text)

    yield remark(f"{len(data.rows):,} pictures of {len(data.names)} names"
               + f"; {spared:,} more are held out, to evaluate it by" * bool(spared))
    if not data.skipped:
        return
    for sentence in data.skipped[:NAMED]:
        yield remark(f"skipped {sentence}")
    atomic.save({SKIPPED: "".join(f"{sentence}\n" for sentence in data.skipped).encode()}, out)
    yield remark(f"skipped {len(data.skipped):,} in all, listed in {out / SKIPPED}")


def note(state: State, text: str) -> TrainingReport:
    at = state.position
    return TrainingReport(at.step, at.seen, at.minutes, state.cfg.progress(at.seen, at.minutes), note=text)
