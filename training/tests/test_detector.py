"""The modality detector: foreign images, a short training, the export."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from espmedsam.detector import CLASSES, SIZE
from espmedsam.detector.export import export_detector
from espmedsam.detector.foreign import PAINTERS, foreign_image
from espmedsam.detector.network import CalibratedDetector, ModalityDetector
from espmedsam.detector.train import choose_threshold, fit_temperature
from espmedsam.export import randomise_batchnorm


@pytest.mark.parametrize("name", list(PAINTERS))
def test_painters_give_rgb_images_and_repeat_with_the_seed(name: str) -> None:
    first = PAINTERS[name](np.random.default_rng(3), 64)
    again = PAINTERS[name](np.random.default_rng(3), 64)
    assert first.shape == (64, 64, 3)
    assert first.dtype == np.uint8
    assert np.array_equal(first, again)
    assert foreign_image(np.random.default_rng(0), 64)[0] in PAINTERS


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


def test_the_threshold_falls_until_enough_images_pass() -> None:
    labels = torch.zeros(100, dtype=torch.int64)
    sure = torch.full((100, 7), 0.01 / 6)
    sure[:, 0] = 0.99
    assert choose_threshold(sure, labels) == 0.95
    unsure = torch.full((100, 7), 0.25 / 6)
    unsure[:, 0] = 0.75
    assert choose_threshold(unsure, labels) == 0.7
