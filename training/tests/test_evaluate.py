"""Evaluation of an exported model, from files to the manifest."""

import csv
import json
from pathlib import Path

import pytest
import torch

from espmedsam import evaluate
from espmedsam import manifest as manifests
from espmedsam.channels import CHANNELS
from espmedsam.data import read_pairs


class CentreDisc(evaluate.Segmenter):
    """Stands in for a trained model: bright pixels are foreground, with a known logit."""

    def __init__(self) -> None:
        self.thresholds = dict.fromkeys(CHANNELS, 0.5)

    def logits(self, rgb, channel):
        return (torch.from_numpy(rgb.mean(axis=2)).float() - 90) / 10


def test_scores_and_summary_of_a_good_segmenter_are_high(tiny_data: Path, tmp_path: Path) -> None:
    scores = list(evaluate.score_all(CentreDisc(), read_pairs(tiny_data, "test")))
    assert [score.modality for score in scores] == list(CHANNELS)
    assert min(score.dice for score in scores) > 0.9
    summary = evaluate.summarise(scores)
    assert set(summary) == set(CHANNELS)
    assert summary["fundus"]["low"] <= summary["fundus"]["mean"] <= summary["fundus"]["high"]
    evaluate.write_scores(tmp_path, "test", scores, summary)
    rows = list(csv.DictReader((tmp_path / "test.csv").open()))
    assert len(rows) == 6
    assert float(rows[0]["dice"]) == pytest.approx(scores[0].dice, abs=1e-4)


def test_a_threshold_is_moved_only_for_a_clear_gain(tiny_data: Path) -> None:
    chosen = evaluate.tune(CentreDisc(), read_pairs(tiny_data, "val"))
    assert set(chosen) == set(CHANNELS)
    assert all(0.15 <= value <= 0.8 for value in chosen.values())


def test_recording_keeps_the_rest_of_the_manifest(tmp_path: Path) -> None:
    manifest = {"name": "ESP-MedSAM", "training": {"summary": "s", "testDice": {}}}
    manifests.write(tmp_path, manifest)
    result = {"xray": {"mean": 0.91234, "low": 0.9, "high": 0.93, "n": 4, "iou": 0.8}}
    evaluate.record(tmp_path, result)
    stored = json.loads((tmp_path / "manifest.json").read_text())
    assert stored["name"] == "ESP-MedSAM"
    assert stored["training"]["testDice"] == {
        "xray": {"mean": 0.9123, "low": 0.9, "high": 0.93, "n": 4}
    }
