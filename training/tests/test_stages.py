"""Every stage on twenty images: its loss falls, what is frozen stays, resuming changes nothing."""

import copy
import csv
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import torch
from conftest import CLEAN, write_disc
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch import Tensor

from espmedsam.augment import VIEWS, View
from espmedsam.channels import CHANNELS
from espmedsam.checkpoint import CheckpointError, load, load_model, load_teacher
from espmedsam.config import ConfigError, Phase, TrainConfig
from espmedsam.model import QUERY, is_controller
from espmedsam.qdmd import query_row
from espmedsam.train.stages import set_mode
from espmedsam.train.trainer import Trainer
from espmedsam.vit import ViTShape

WHOLE = {name: replace(view, max_crop=1.0, **CLEAN) for name, view in VIEWS.items()}
"""Whole clean pictures, not views of a tile's size: in so few steps the loss must always fall."""
SMALL = ViTShape(size=64, dim=32, depth=2, heads=2, window=3, global_blocks=(1,))


class Run(NamedTuple):
    """A stage that was run to its end in one go."""

    path: Path
    before: dict[str, Tensor]
    after: dict[str, Tensor]
    losses: tuple[float, float]
    """Of the same batches, before and after."""


@torch.no_grad()
def loss_now(trainer: Trainer) -> float:
    """The loss of the first two batches as it is in training, leaving the model as it is."""
    stage = replace(trainer.stage, objective=copy.deepcopy(trainer.objective))
    set_mode(stage)
    return sum(sum(stage.objective(trainer.source.batch(i)).values()).item() for i in range(2))


def run_twice(config: TrainConfig) -> Run:
    """Runs a stage whole, and again with a stop in the middle; both must end bit for bit alike."""
    config = replace(config, threads=1, log_every=1, checkpoint_every=1000, validate_every=1000)
    trainer = Trainer(config)
    before = {key: value.clone() for key, value in trainer.model.state_dict().items()}
    start = loss_now(trainer)
    trainer.run()
    losses = (start, loss_now(trainer))
    halves = replace(config, output=config.output.parent / f"{config.output.name}-halves")
    Trainer(halves).run(until=config.steps // 2)
    Trainer(halves).run()
    whole, resumed = load(config.output / "last.pt"), load(halves.output / "last.pt")
    for part in ("model", "ema"):
        for key, value in whole[part].items():
            assert torch.equal(value, resumed[part][key]), f"{part} {key}"
    assert curve(config) == curve(halves)
    shutil.rmtree(halves.output)
    return Run(config.output / "last.pt", before, whole["model"], losses)


def curve(config: TrainConfig) -> tuple[list[dict[str, str]], str]:
    """Both CSV files of a run, without its times."""
    with (config.output / "loss.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [int(row["step"]) for row in rows] == list(range(1, config.steps + 1))
    for row in rows:
        del row["seconds_per_step"]
    return rows, (config.output / "validation.csv").read_text()


def assert_falls(run: Run) -> None:
    before, after = run.losses
    assert after < 0.8 * before, run.losses


def assert_only(run: Run, learns: set[str]) -> None:
    """Exactly the named tensors have changed."""
    changed = {key for key, value in run.after.items() if not torch.equal(value, run.before[key])}
    assert changed <= learns, sorted(changed - learns)
    # Not each of the many biases need have a gradient worth a bit, but nearly all tensors must.
    assert len(changed) > 0.9 * len(learns), sorted(learns - changed)


@pytest.fixture(scope="module")
def teacher(twenty: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    output = tmp_path_factory.mktemp("runs") / "teacher"
    phase = Phase(64, 10, 5, 1e-3, 5e-4, 1.0)
    return run_twice(TrainConfig(twenty, output, (phase,), "teacher", vit=SMALL, views=WHOLE))


@pytest.fixture(scope="module")
def common(twenty: Path, teacher: Run) -> Run:
    output = teacher.path.parent.parent / "common"
    phase = Phase(64, 6, 4, 1e-3, 5e-4, 1.0)
    config = TrainConfig(twenty, output, (phase,), "common", teacher=teacher.path, views=WHOLE)
    return run_twice(config)


@pytest.fixture(scope="module")
def controller(twenty: Path, teacher: Run, common: Run) -> Run:
    output = teacher.path.parent.parent / "controller"
    config = TrainConfig(
        twenty,
        output,
        (Phase(64, 6, 5, 5e-4, decay=0.98, full_share=1.0),),
        "controller",
        optimiser="adam",
        clip=None,
        teacher=teacher.path,
        initial=common.path,
        views=WHOLE,
    )
    return run_twice(config)


def test_the_teacher_learns_and_all_of_it(teacher: Run) -> None:
    assert_falls(teacher)
    assert_only(teacher, set(teacher.after) - {"qdmd.pe_layer.positional_encoding_gaussian_matrix"})
    assert load_teacher(teacher.path).encoder.shape == SMALL


def test_common_knowledge_goes_into_the_shared_encoder_and_nowhere_else(common: Run) -> None:
    assert_falls(common)
    shared = {k for k in common.after if k.startswith("encoder.") and not is_controller(k)}
    assert_only(common, shared)


def test_medical_knowledge_goes_into_the_controllers_and_nowhere_else(
    teacher: Run, common: Run, controller: Run
) -> None:
    assert_falls(controller)
    assert_only(controller, {key for key in controller.after if is_controller(key)})
    absent = CHANNELS.index("colonoscopy")
    taught, started = load(teacher.path)["ema"], load(common.path)["ema"]
    for key, value in controller.after.items():
        if is_controller(key):
            assert torch.equal(value[absent], started[key][absent]), key
        elif key.startswith(("sppg.", "qdmd.")):
            assert torch.equal(value, taught[key]), key
        else:
            assert torch.equal(value, started[key]), key


def test_finetuning_starts_from_the_distilled_student_and_moves_all_of_it(
    twenty: Path, controller: Run
) -> None:
    output = controller.path.parent.parent / "finetune"
    phase = Phase(64, 6, 5, 1e-3, 5e-4, 1.0)
    run = run_twice(TrainConfig(twenty, output, (phase,), initial=controller.path, views=WHOLE))
    distilled = load(controller.path)["ema"]
    assert all(torch.equal(value, distilled[key]) for key, value in run.before.items())
    assert_falls(run)
    assert_only(run, set(run.after) - {"qdmd.pe_layer.positional_encoding_gaussian_matrix"})


def test_an_added_modality_learns_and_the_other_six_keep_their_masks_bit_for_bit(
    controller: Run, tmp_path: Path
) -> None:
    rng = np.random.default_rng(5)
    for number in range(20):
        write_disc(tmp_path / "teeth", f"tooth-{number:02}", rng, "png")
    config = TrainConfig(
        tmp_path / "teeth",
        tmp_path / "added",
        (Phase(64, 14, 4, 5e-3, 2e-3, 1.0),),
        "add-modality",
        initial=controller.path,
        channel="dental",
        views={"dental": View(0.8)},
    )
    run = run_twice(config)
    assert_falls(run)
    learns = {key for key in run.after if is_controller(key)} | {QUERY}
    assert_only(run, learns)
    for key in learns:
        rows = run.after[key] != run.before[key]
        changed = rows.flatten(1).any(dim=1).nonzero().flatten().tolist()
        assert changed == [query_row(6) if key == QUERY else 6], key
    old, new = load_model(controller.path).eval(), load_model(run.path).eval()
    assert new.channels == (*CHANNELS, "dental")
    image = torch.randn(6, 3, 96, 96)
    with torch.no_grad():
        for a, b in zip(old(image, torch.arange(6)), new(image, torch.arange(6)), strict=True):
            assert torch.equal(a, b)
        own, _ = new(image[:1], torch.tensor([6]))
    assert not torch.equal(own, b[:1])


def test_a_checkpoint_of_another_kind_is_refused(twenty: Path, teacher: Run, common: Run) -> None:
    with pytest.raises(CheckpointError, match="holds a teacher"):
        load_model(teacher.path)
    with pytest.raises(CheckpointError, match="holds no teacher"):
        load_teacher(common.path)
    other = TrainConfig(twenty, common.path.parent, (Phase(64, 1, 5, 1e-3),))
    with pytest.raises(ConfigError, match="is of stage common, not finetune"):
        Trainer(other)


def test_the_command_runs_a_stage_and_refuses_a_config_of_another(
    twenty: Path, tmp_path: Path
) -> None:
    config = tmp_path / "small.yaml"
    config.write_text(
        "stage: teacher\nthreads: 1\nlog_every: 1\n"
        "vit: {size: 64, dim: 32, depth: 1, heads: 2, global_blocks: [0]}\n"
        "phases: [{size: 64, steps: 1, per_batch: 2, lr_start: 1.0e-3}]\n"
    )

    def train(stage: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "espmedsam.train", stage, "--config", str(config)]
        command += ["--data", str(twenty), "--output", str(tmp_path / "run")]
        command += ["--tensorboard"]
        folder = Path(__file__).parent.parent
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    done = train("teacher")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "run" / "last.pt").exists()
    assert (tmp_path / "run" / "loss.csv").read_text().count("\n") == 2
    board = EventAccumulator(str(tmp_path / "run" / "tensorboard")).Reload()
    assert {"loss/mask_loss", "loss/patch_loss", "loss/lr", "validation/xray"} <= {
        *board.Tags()["scalars"]
    }
    refused = train("finetune")
    assert refused.returncode == 2
    assert "is for stage teacher, not finetune" in refused.stderr
