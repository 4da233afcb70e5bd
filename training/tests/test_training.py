"""Training: resuming, the schedule, and adapting controllers only."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from espmedsam.channels import CHANNELS
from espmedsam.config import Phase, TrainConfig, read_config
from espmedsam.data import shuffled
from espmedsam.source import BatchSource
from espmedsam.train import Trainer, learning_rate
from espmedsam.worker import Worker, accumulate, trainable


def tiny_config(data: Path, output: Path) -> TrainConfig:
    first = Phase(32, 1, dict.fromkeys(CHANNELS[:3], 1), 1e-3, 5e-4, 0.5)
    second = Phase(64, 2, {"fundus": 1, "xray": 1}, 5e-4, 0.0, 0.5)
    return TrainConfig(data, output, (first, second), threads=1, validate_every=1000)


def test_a_resumed_run_equals_one_that_was_not_stopped(tiny_data: Path, tmp_path: Path) -> None:
    whole = Trainer(tiny_config(tiny_data, tmp_path / "whole"))
    whole.run()
    config = tiny_config(tiny_data, tmp_path / "halves")
    Trainer(config).run(until=2)
    resumed = Trainer(config)
    assert resumed.step == 2
    resumed.run()
    for key, value in whole.model.state_dict().items():
        assert torch.equal(value, resumed.model.state_dict()[key]), key
    for key, value in whole.average.items():
        assert torch.equal(value, resumed.average[key]), key
    assert (tmp_path / "whole" / "validation.csv").read_text().count("\n") == 2


def test_two_workers_compute_the_gradients_of_the_whole_batch(
    tiny_data: Path, tmp_path: Path
) -> None:
    config = replace(tiny_config(tiny_data, tmp_path / "two"), workers=2)
    sources = [BatchSource(config, number) for number in range(2)]
    assert sources[0].share(0) + sources[1].share(0) == pytest.approx(1)
    seen = torch.cat([source.batch(0)[1] for source in sources])
    assert sorted(seen.tolist()) == [0, 1, 2]
    trainer = Trainer(config)
    trainer.prepare()
    worker = Worker(config, 1, trainer.model)
    worker.begin(0)
    worker.finish(trainer.model)
    worker.close()
    theirs = [p.grad.clone() for p in trainable(trainer.model)]
    trainer.model.zero_grad()
    accumulate(trainer.model, sources[1].batch(0), sources[1].share(0))
    for gradient, parameter in zip(theirs, trainable(trainer.model), strict=True):
        own = torch.zeros_like(gradient) if parameter.grad is None else parameter.grad
        torch.testing.assert_close(gradient, own, rtol=1e-3, atol=1e-5)


def test_training_controllers_leaves_the_shared_part_and_other_modalities_as_they_are(
    tiny_data: Path, tmp_path: Path
) -> None:
    config = replace(tiny_config(tiny_data, tmp_path), trainable="controllers")
    trainer = Trainer(config)
    before = {key: value.clone() for key, value in trainer.model.state_dict().items()}
    trainer.run(until=1)
    for key, value in trainer.model.state_dict().items():
        if "med" in key:
            assert not torch.equal(value[:3], before[key][:3]), key
            assert torch.equal(value[3:], before[key][3:]), key
        else:
            assert torch.equal(value, before[key]), key


def test_the_learning_rate_warms_up_and_falls(tmp_path: Path) -> None:
    phase = Phase(64, 100, {"xray": 1}, 1e-3, 1e-4, 0.5, warmup=10)
    config = TrainConfig(tmp_path, tmp_path, (phase,))
    rates = [learning_rate(config, step) for step in range(100)]
    assert rates[0] == pytest.approx(1e-4, rel=0.01)
    assert max(rates) == pytest.approx(1e-3, rel=0.05)
    assert rates[99] == pytest.approx(1e-4, rel=0.05)


def test_every_image_is_drawn_once_before_any_is_drawn_again() -> None:
    draws = list(shuffled(7, seed=0, channel=2, start=0, count=21))
    for epoch in range(3):
        assert sorted(draws[7 * epoch : 7 * epoch + 7]) == list(range(7))
    assert list(shuffled(7, seed=0, channel=2, start=5, count=4)) == draws[5:9]


def test_shipped_configs_are_valid(tmp_path: Path) -> None:
    configs = sorted((Path(__file__).parent.parent / "configs").glob("*.yaml"))
    assert configs
    for path in configs:
        assert read_config(path, tmp_path, tmp_path).steps > 0


def test_a_phase_with_an_unknown_modality_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown modalities"):
        Phase(64, 1, {"mri": 1}, 1e-3, 1e-3, 0.5)
