"""Evaluation of a model, from files to the manifest and the model card."""

import csv
import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F
from conftest import write_disc
from small_model import write_model

from espmedsam import evaluate
from espmedsam import manifest as manifests
from espmedsam.channels import CHANNELS
from espmedsam.crop import whole
from espmedsam.data import read_pairs, read_sets
from espmedsam.evaluate.__main__ import main
from espmedsam.evaluate.card import MARKS, CardError, differences, record, table, write_card
from espmedsam.model import ESPMedSAM
from espmedsam.preprocess import normalise, resize_image
from espmedsam.quality import Conformal, Line, QualityRule, entry_of
from espmedsam.segmenter import Answer, ChannelRules

CARD = "# Card\n\nBefore.\n\n| channel | n | anything |\n|---|---|---|\n| old | 1 | 2 |\n\nAfter.\n"


QUALITY = QualityRule(Line(1.0, {}), Line(1.0, {}), Conformal(0.9, 0.5, 9), review_below=0.9)


class CentreDisc(evaluate.Segmenter):
    """Stands in for a trained model: bright pixels are foreground, with a known logit."""

    def __init__(self) -> None:
        channels = {name: ChannelRules(i) for i, name in enumerate(CHANNELS)}
        contract = evaluate.Contract(64, channels)
        super().__init__(contract, lambda image, channel: {"mask_logits": image[0, 0]})

    def answer(self, rgb, modality):
        logits = (torch.from_numpy(rgb.mean(axis=2)) - 90) / 10
        return Answer(logits, whole(rgb), rgb.shape[:2], {}, None)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    write_model(tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "CARD.md"
    path.write_text(CARD)
    return path


def test_scores_and_summary_of_a_good_segmenter_are_high(tiny_data: Path, tmp_path: Path) -> None:
    scores = list(evaluate.score_all(CentreDisc(), read_pairs(tiny_data, "test")))
    assert [score.modality for score in scores] == list(CHANNELS)
    assert min(score.dice for score in scores) > 0.9
    assert max(score.hd95 for score in scores) <= 2
    summary = evaluate.summarise(scores)
    assert list(summary) == list(CHANNELS)
    fundus = summary["fundus"]
    assert fundus.n == 1
    assert fundus.below_half == 0
    for measure in (fundus.dice, fundus.iou, fundus.hd95):
        assert measure.low <= measure.mean <= measure.high
    evaluate.write_scores(tmp_path, "test", scores, summary)
    rows = list(csv.DictReader((tmp_path / "test.csv").open()))
    assert len(rows) == 6
    assert float(rows[0]["dice"]) == pytest.approx(scores[0].dice, abs=1e-4)
    stored = json.loads((tmp_path / "test-summary.json").read_text())
    assert stored["fundus"]["dice"]["mean"] == fundus.dice.mean


def test_a_threshold_is_moved_only_for_a_clear_gain(tiny_data: Path) -> None:
    chosen = evaluate.tune(CentreDisc(), read_pairs(tiny_data, "val"))
    assert set(chosen) == set(CHANNELS)
    assert all(0.15 <= value <= 0.8 for value in chosen.values())


def test_recording_keeps_the_rest_of_the_manifest(tmp_path: Path) -> None:
    manifest = {"name": "ESP-MedSAM", "training": {"summary": "s", "testDice": {}}}
    manifests.write(tmp_path, manifest)
    dice = evaluate.scores.Interval(0.91234, 0.9, 0.93, 0.92)
    record(tmp_path, {"xray": evaluate.scores.Summary(4, dice, dice, dice, 0)})
    stored = json.loads((tmp_path / "manifest.json").read_text())
    assert stored["name"] == "ESP-MedSAM"
    assert stored["training"]["testDice"] == {
        "xray": {"mean": 0.9123, "low": 0.9, "high": 0.93, "n": 4}
    }


def test_a_checkpoint_is_driven_as_the_network_is(network: ESPMedSAM, tmp_path: Path) -> None:
    path = tmp_path / "last.pt"
    torch.save({"ema": network.state_dict()}, path)
    segmenter = evaluate.from_checkpoint(path, 64)
    rgb = np.random.default_rng(0).integers(0, 256, (50, 70, 3), dtype=np.uint8)
    image = normalise(resize_image(rgb, 64))[None]
    with torch.no_grad():
        expected = network(image, torch.tensor([3]))[0][0, 0]
    at_source = F.interpolate(
        expected[None, None].double(), (50, 70), mode="bilinear", align_corners=False
    )
    # Too small a picture for tiles: the whole of it at once.
    torch.testing.assert_close(segmenter.answer(rgb, "fundus").logits, at_source[0, 0])
    assert segmenter.mask(rgb, "fundus").shape == (50, 70)


def test_the_command_writes_what_check_then_finds_true(
    tiny_data: Path, models: Path, card: Path, tmp_path: Path
) -> None:
    data = ["--models", str(models), "--data", str(tiny_data)]
    out = tmp_path / "out"
    assert main([*data, "--output", str(out), "--card", str(card), "--record"]) == 0
    names = {path.name for path in out.iterdir()}
    assert names == {"test.csv", "test-summary.json", "test-box.png", "test-worst.png"}
    text = card.read_text()
    assert text.startswith("# Card\n\nBefore.\n\n| channel | n | mean Dice")
    assert text.endswith("\n\nAfter.\n")
    assert main([*data, "--check", str(card)]) == 0
    # One digit of one number.
    dice = manifests.read(models)["training"]["testDice"]["fundus"]["mean"]
    stated = f"| fundus | 1 | {dice:.3f}"
    assert stated in text
    card.write_text(text.replace(stated, f"| fundus | 1 | {dice - 0.01:.3f}"))
    assert main([*data, "--check", str(card)]) == 1


def test_check_fails_when_the_manifest_states_another_dice(
    tiny_data: Path, models: Path, card: Path
) -> None:
    data = ["--models", str(models), "--data", str(tiny_data)]
    assert main([*data, "--card", str(card), "--record"]) == 0
    manifest = manifests.read(models)
    manifest["training"]["testDice"]["xray"]["mean"] -= 0.01
    manifests.write(models, manifest)
    assert main([*data, "--check", str(card)]) == 1


def test_a_folder_from_elsewhere_gives_the_same_scores(
    tiny_data: Path, models: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    for part in ("images", "masks"):
        shutil.copytree(tiny_data / "fundus" / part, folder / part)
    out = ["--output", str(tmp_path)]
    modality = ["--modality", "fundus"]
    assert main(["--models", str(models), "--folder", str(folder), *modality, *out]) == 0
    rows = {row["stem"]: row for row in csv.DictReader((tmp_path / "fundus.csv").open())}
    assert sorted(rows) == [f"s{i}" for i in range(5)]
    pair = next(p for p in read_pairs(tiny_data, "test") if p.modality == "fundus")
    own = next(evaluate.score_all(evaluate.from_models(models), [pair]))
    assert float(rows[pair.stem]["dice"]) == pytest.approx(own.dice, abs=1e-4)


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """Two sets of radiographs, the second with nothing to find, and one of an unknown channel."""
    rng = np.random.default_rng(0)
    root = tmp_path / "sets"
    for name in ("clinic/xray", "healthy/xray", "other/abdomen"):
        for stem in ("a", "b", "c"):
            write_disc(root / name, stem, rng)
    for path in (root / "healthy" / "xray" / "masks").iterdir():
        cv2.imwrite(str(path), np.zeros((60, 80), np.uint8))
    return root


def test_sets_from_elsewhere_fill_the_card_that_check_then_finds_true(
    models: Path, sets: Path, card: Path, tmp_path: Path
) -> None:
    manifest = manifests.read(models)
    manifest["channels"][1]["quality"] = entry_of(QUALITY)
    manifests.write(models, manifest)
    card.write_text("\n".join(["# Card", *MARKS, "After.", ""]))
    out = tmp_path / "out"
    arguments = ["--models", str(models), "--sets", str(sets), "--stress"]
    assert main([*arguments, "--output", str(out), "--card", str(card)]) == 0
    assert {path.name for path in out.iterdir()} == {
        "sets.csv",
        "sets-summary.json",
        "sets-box.png",
        "quality.png",
    }
    lines = card.read_text().splitlines()
    clinic, healthy, border = (
        line for line in lines if "| xray | 3 |" in line and "set" not in line
    )
    assert clinic.startswith("| clinic | xray | 3 | 0.")
    # Discs are there as well, but none is to be found: three false alarms, and no Dice.
    assert healthy == "| healthy | xray | 3 | – | – | – | – | 3 of 3 | 3 of 3 | 3 of 3 |"
    assert border.startswith("| clinic, black border 20% | xray | 3 | 0.")
    rows = list(csv.DictReader((out / "sets.csv").open()))
    assert [row["dataset"] for row in rows] == ["clinic"] * 3 + ["healthy"] * 3 + ["clinic"] * 3
    assert main([*arguments, "--check", str(card)]) == 0
    card.write_text(card.read_text().replace("| 3 of 3 |", "| 2 of 3 |", 1))
    assert main([*arguments, "--check", str(card)]) == 1
    (sets / "manifest.csv").write_text("set,modality,stem\nclinic,xray,b\n")
    assert [pair.stem for pair in read_sets(sets)] == ["b"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data", "d"],
        ["--models", "m"],
        ["--checkpoint", "c", "--data", "d"],
        ["--models", "m", "--folder", "f"],
        ["--models", "m", "--folder", "f", "--modality", "xray", "--check", "card"],
        ["--models", "m", "--data", "d", "--split", "val", "--record"],
    ],
)
def test_arguments_that_do_not_go_together_are_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_a_card_without_a_table_or_with_two_is_refused(card: Path) -> None:
    new = table({}, {})
    card.write_text("# Card\n")
    with pytest.raises(CardError):
        write_card(card, new)
    card.write_text(CARD + "\n" + CARD)
    with pytest.raises(CardError):
        differences(card, new)


@pytest.mark.parametrize(
    ("stated", "measured", "same"),
    [
        ("0.801 (0.700 to 0.850)", "0.802 (0.701 to 0.849)", True),
        ("0.801", "0.805", False),
        ("3 of 20", "4 of 20", False),
        ("20", "21", False),
    ],
)
def test_only_rounding_is_forgiven(card: Path, stated: str, measured: str, same: bool) -> None:
    head = table({}, {})
    card.write_text("\n".join([*head, f"| xray | {' | '.join([stated] * 8)} |"]))
    found = differences(card, [*head, f"| xray | {' | '.join([measured] * 8)} |"])
    # Distances of 0.8 pixels may differ by more.
    shares = [line for line in found if "HD95" not in line]
    assert (shares == []) is same
