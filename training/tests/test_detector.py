"""The modality detector: foreign images, a short training, the export."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from espmedsam.detector import CLASSES, SIZE
from espmedsam.detector.calibrate import choose_threshold, fit_temperature
from espmedsam.detector.export import export_detector
from espmedsam.detector.foreign import PAINTERS, foreign_image
from espmedsam.detector.foreign.held_out import HELD_OUT
from espmedsam.detector.near_foreign import near_foreign
from espmedsam.detector.network import CalibratedDetector, ModalityDetector
from espmedsam.detector.views import detector_view
from espmedsam.parity import randomise_batchnorm


@pytest.mark.parametrize("name", [*PAINTERS, *HELD_OUT])
def test_painters_give_rgb_images_and_repeat_with_the_seed(name: str) -> None:
    painter = (PAINTERS | HELD_OUT)[name]
    for seed in range(5):
        first = painter(np.random.default_rng(seed), 64)
        again = painter(np.random.default_rng(seed), 64)
        assert first.shape == (64, 64, 3)
        assert first.dtype == np.uint8
        assert np.array_equal(first, again)
    assert foreign_image(np.random.default_rng(0), 64)[0] in PAINTERS


def test_held_out_kinds_are_not_painted_for_training() -> None:
    assert not set(PAINTERS) & set(HELD_OUT)
    assert not set(PAINTERS.values()) & set(HELD_OUT.values())


def test_foreign_images_of_known_ones_are_changed_but_not_in_size() -> None:
    rng = np.random.default_rng(0)
    kinds = [[rng.integers(0, 256, (60, 60, 3), dtype=np.uint8)] for _ in range(6)]
    before = [kind[0].copy() for kind in kinds]
    for _ in range(60):
        image = near_foreign(kinds, rng)
        assert image.shape == (60, 60, 3)
        assert image.dtype == np.uint8
        assert not any(np.array_equal(image, kind[0]) for kind in kinds)
    assert all(np.array_equal(b, kind[0]) for b, kind in zip(before, kinds, strict=True))


@pytest.mark.parametrize("channel", range(7))
def test_views_fit_the_input(channel: int) -> None:
    rng = np.random.default_rng(channel)
    image = rng.integers(0, 256, (150, 150, 3), dtype=np.uint8)
    for _ in range(30):
        view = detector_view(image, rng, channel)
        assert view.shape == (SIZE, SIZE, 3)
        assert 0 <= view.min() <= view.max() < 255.01


def test_the_exported_detector_gives_seven_probabilities_for_any_batch(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = ModalityDetector().eval()
    randomise_batchnorm(model)
    path = tmp_path / "detector.onnx"
    export_detector(CalibratedDetector(model, 1.7), path)
    assert path.stat().st_size < 1_000_000
    graph = onnx.load(path).graph
    assert [v.name for v in graph.input] == ["image"]
    assert [v.name for v in graph.output] == ["probabilities"]
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for count in (1, 4):
        image = np.random.default_rng(0).standard_normal((count, 3, SIZE, SIZE), np.float32)
        probabilities = session.run(None, {"image": image})[0]
        assert probabilities.shape == (count, len(CLASSES))
        assert probabilities.sum(axis=1) == pytest.approx(np.ones(count), abs=1e-5)


def test_the_temperature_undoes_over_confidence() -> None:
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(4000, len(CLASSES), generator=generator) * 2
    labels = torch.multinomial(logits.softmax(1), 1, generator=generator).squeeze(1)
    assert fit_temperature(logits * 3, labels) == pytest.approx(3, rel=0.1)


def answers(probability: float, channel: int, count: int) -> torch.Tensor:
    rows = torch.full((count, 7), (1 - probability) / 6)
    rows[:, channel] = probability
    return rows


def test_the_threshold_keeps_foreign_images_out_before_it_lets_known_ones_in() -> None:
    labels = torch.tensor([0] * 100 + [6] * 100)
    # Foreign images are taken for channel 2 with 0.62, known ones are known with 0.78 or more.
    probabilities = torch.cat((answers(0.78, 0, 50), answers(0.99, 0, 50), answers(0.62, 2, 100)))
    assert choose_threshold(probabilities, labels) == 0.75
    # Known ones with 0.56 as well: letting them in would let the foreign ones in.
    probabilities[:50] = answers(0.56, 0, 50)
    assert choose_threshold(probabilities, labels) == 0.95
    sure = torch.cat((answers(0.99, 0, 100), answers(0.99, 6, 100)))
    assert choose_threshold(sure, labels) == 0.95


def test_the_threshold_falls_until_enough_images_pass() -> None:
    labels = torch.zeros(100, dtype=torch.int64)
    assert choose_threshold(answers(0.99, 0, 100), labels) == 0.95
    assert choose_threshold(answers(0.75, 0, 100), labels) == 0.75
