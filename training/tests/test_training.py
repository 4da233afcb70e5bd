"""The parts that all stages share: the schedule, the draws, two workers, the curves."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from espmedsam.channels import CHANNELS
from espmedsam.config import ConfigError, Phase, TrainConfig, read_config
from espmedsam.data import shuffled
from espmedsam.source import BatchSource, pairs_of
from espmedsam.train.curves import cut_after
from espmedsam.train.schedule import learning_rate
from espmedsam.train.trainer import Trainer
from espmedsam.train.worker import Worker, accumulate, trainable


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
    sources = [BatchSource(config, CHANNELS, number) for number in range(2)]
    assert sources[0].share(0) + sources[1].share(0) == pytest.approx(1)
    seen = torch.cat([source.batch(0)[1] for source in sources])
    assert sorted(seen.tolist()) == [0, 1, 2]
    trainer = Trainer(config)
    trainer.prepare()
    worker = Worker(config, CHANNELS, trainer.objective)
    worker.begin(0)
    worker.finish()
    worker.close()
    theirs = [p.grad.clone() for p in trainable(trainer.model)]
    trainer.model.zero_grad()
    accumulate(trainer.objective, sources[1].batch(0), sources[1].share(0))
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


def test_training_the_presence_head_leaves_every_mask_as_it_is(
    tiny_data: Path, tmp_path: Path
) -> None:
    config = replace(tiny_config(tiny_data, tmp_path), trainable="presence", presence=True)
    trainer = Trainer(config)
    before = {key: value.clone() for key, value in trainer.model.state_dict().items()}
    trainer.run(until=1)
    for key, value in trainer.model.state_dict().items():
        changed = not torch.equal(value, before[key])
        assert changed == key.startswith("presence."), key


def test_the_presence_head_cannot_be_trained_where_there_is_none(
    tiny_data: Path, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="no presence head"):
        Trainer(replace(tiny_config(tiny_data, tmp_path), trainable="presence"))


def test_the_learning_rate_warms_up_and_falls(tmp_path: Path) -> None:
    phase = Phase(64, 100, {"xray": 1}, 1e-3, 1e-4, 0.5, warmup=10)
    config = TrainConfig(tmp_path, tmp_path, (phase,))
    rates = [learning_rate(config, step) for step in range(100)]
    assert rates[0] == pytest.approx(1e-4, rel=0.01)
    assert max(rates) == pytest.approx(1e-3, rel=0.05)
    assert rates[99] == pytest.approx(1e-4, rel=0.05)


def test_with_a_decay_the_learning_rate_falls_once_an_epoch(tmp_path: Path) -> None:
    phase = Phase(64, 100, 4, 5e-4, decay=0.98)
    config = TrainConfig(tmp_path, tmp_path, (phase,))
    # Ten images, four a step: the first epoch ends within step 2.
    rates = [learning_rate(config, step, images=10) for step in (0, 2, 3, 4, 5, 25)]
    powers = [0, 0, 1, 1, 2, 10]
    assert rates == pytest.approx([5e-4 * 0.98**power for power in powers])


def test_every_image_is_drawn_once_before_any_is_drawn_again() -> None:
    draws = list(shuffled(7, seed=0, channel=2, start=0, count=21))
    for epoch in range(3):
        assert sorted(draws[7 * epoch : 7 * epoch + 7]) == list(range(7))
    assert list(shuffled(7, seed=0, channel=2, start=5, count=4)) == draws[5:9]


def test_a_number_of_samples_is_dealt_out_to_the_modalities_evenly(
    tiny_data: Path, tmp_path: Path
) -> None:
    phase = Phase(32, 6, 4, 1e-3)
    config = TrainConfig(tiny_data, tmp_path, (replace(phase, steps=1), replace(phase, steps=5)))
    source = BatchSource(config, CHANNELS)
    drawn = [name for step in range(6) for name, _ in source.draws(step)]
    assert all(len(source.draws(step)) == 4 for step in range(6))
    # A phase starts the dealing anew: 4 samples, then 20 of the second phase.
    assert {name: drawn.count(name) for name in CHANNELS} == {
        "dermoscopy": 5,
        "xray": 5,
        "ultrasound": 4,
        "fundus": 4,
        "microscopy": 3,
        "colonoscopy": 3,
    }


def test_a_batch_is_the_same_every_time_and_no_two_samples_vary_alike(
    tiny_data: Path, tmp_path: Path
) -> None:
    config = TrainConfig(tiny_data, tmp_path, (Phase(32, 9, {"xray": 4}, 1e-3),))
    first = BatchSource(config, CHANNELS).batch(3)
    torch.manual_seed(99)
    again = BatchSource(config, CHANNELS).batch(3)
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    images = first[0]
    assert all(not torch.equal(images[i], images[j]) for i in range(4) for j in range(i))


def test_a_run_that_goes_on_writes_no_row_twice(tmp_path: Path) -> None:
    path = tmp_path / "loss.csv"
    path.write_text("step,loss\r\n10,3\r\n20,2\r\n30,1\r\n")
    cut_after(path, 20)
    assert path.read_bytes() == b"step,loss\r\n10,3\r\n20,2\r\n"


def test_runs_for_a_site_are_valid_and_name_modalities_that_exist(tmp_path: Path) -> None:
    recipes = Path(__file__).parent.parent / "recipes"
    for name in ("add-modality", "adapt-one-modality"):
        config = read_config(recipes / f"{name}.yaml", [tmp_path], tmp_path)
        assert config.steps > 0
        config.check_modalities((*CHANNELS, *filter(None, [config.channel])))


def test_a_phase_with_an_unknown_modality_is_refused(tiny_data: Path, tmp_path: Path) -> None:
    phase = Phase(64, 1, {"mri": 1}, 1e-3, 1e-3, 0.5)
    config = TrainConfig(tiny_data, tmp_path, (phase,))
    with pytest.raises(ValueError, match="unknown modalities"):
        BatchSource(config, CHANNELS)


def test_a_modality_without_training_images_is_refused(twenty: Path, tmp_path: Path) -> None:
    config = TrainConfig(twenty, tmp_path, (Phase(64, 1, {"colonoscopy": 1}, 1e-3),))
    with pytest.raises(ConfigError, match="no training images of \\['colonoscopy'\\]"):
        BatchSource(config, CHANNELS)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ({"stage": "controller"}, "stage controller needs `teacher`"),
        ({"stage": "teacher"}, "stage teacher needs either `vit` or `foundation`"),
        ({"stage": "common"}, "one of `teacher`, `sam` and `embeddings`"),
        ({"stage": "distil"}, "unknown stage distil"),
        ({"foundation": "sam"}, "unknown foundation sam"),
        ({"foundation": "lite-medsam", "initial": Path("x.pt")}, "`foundation` or from `initial`"),
        ({"prompt": "box"}, "prompt is one of"),
        ({"ablation": "decoder"}, "ablation is one of"),
        ({"workers": 3}, "workers is 1"),
        ({"optimiser": "sgd"}, "unknown optimiser"),
        ({"trainable": "query"}, "trainable is"),
    ],
)
def test_a_run_that_makes_no_sense_is_refused(
    tmp_path: Path, field: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        TrainConfig(tmp_path, tmp_path, (Phase(64, 1, 1, 1e-3),), **field)


def test_data_of_an_added_modality_are_its_own_even_beside_others(
    tiny_data: Path, tmp_path: Path
) -> None:
    phase = Phase(64, 1, 4, 1e-3)
    start = tmp_path / "start.pt"
    config = TrainConfig(
        tiny_data, tmp_path, (phase,), "add-modality", initial=start, channel="xray"
    )
    assert {pair.modality for pair in pairs_of(config, "train")} == {"xray"}
    plain = replace(config, data=tiny_data / "fundus", channel="dental")
    assert {pair.modality for pair in pairs_of(plain, "val")} <= {"dental"}
    assert {pair.modality for pair in pairs_of(plain, "train")} == {"dental"}


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("")
    with pytest.raises(ConfigError, match="phases"):
        read_config(path)


def test_a_misspelt_field_is_refused_with_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_text("sed: 1\nphases: [{size: 64, steps: 1, per_batch: 1, lr_start: 1.0e-3}]\n")
    with pytest.raises(ConfigError, match=r"run\.yaml.*sed"):
        read_config(path)
