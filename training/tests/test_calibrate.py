"""Rules chosen on validation pictures."""

import csv
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import write_disc
from small_model import write_model

from espmedsam import manifest as manifests
from espmedsam.calibrate import copies
from espmedsam.calibrate.__main__ import main
from espmedsam.evaluate import from_models
from espmedsam.quality.features import Features
from espmedsam.quality.fit import Observation, borrowed_limit, fit
from espmedsam.quality.prediction import predict


def observed(rng: np.random.Generator, channel: str, number: int) -> Observation:
    """A mask whose Dice follows its mean probability, with some noise."""
    inside = rng.uniform(0.5, 1)
    dice = float(np.clip(2 * inside - 1 + rng.normal(0, 0.08), 0, 1))
    features = Features(inside, rng.uniform(0, 1), 0.0, -1.0, 0.0, 0.0, 5.0)
    return Observation(channel, number % 5, features, False, dice, dice < 0.5, True, False)


def test_a_fitted_rule_tells_bad_masks_from_good_and_its_bound_holds() -> None:
    rng = np.random.default_rng(3)
    rules = fit([observed(rng, name, i) for name in ("a", "b") for i in range(150)], ["a", "b"])
    fresh = [observed(rng, "a", i) for i in range(400)]
    found = [predict(rules["a"], o.features, o.empty) for o in fresh]
    held = np.mean([o.dice >= q.lower for o, q in zip(fresh, found, strict=True)])
    assert 0.86 < held < 0.96
    flagged = [q.review for q in found]
    bad = [o.bad for o in fresh]
    assert np.mean([f == b for f, b in zip(flagged, bad, strict=True)]) > 0.85
    # Of a channel that always shows something an empty mask is wrong.
    assert predict(rules["b"], fresh[0].features, empty=True).predicted < 0.05


def test_a_limit_borrowed_from_other_channels_flags_few_of_a_channels_own_good_masks() -> None:
    rng = np.random.default_rng(5)
    good = [observed(rng, "a", i) for i in range(20)]
    good = [replace(o, bad=False) for o in good]
    fine = [(o, 0.70 + 0.005 * i) for i, o in enumerate(good)]
    limit = borrowed_limit(fine, 0.76)
    assert sum(p < limit for _, p in fine) <= 2
    assert limit == 0.7
    # Masks that are better than the limit leave it as it is.
    assert borrowed_limit([(o, 0.9) for o in good], 0.76) == 0.76
    assert borrowed_limit([], 0.76) == 0.76


def test_the_part_beside_a_lesion_is_the_largest_of_four() -> None:
    rgb = np.zeros((100, 100, 3), np.uint8)
    rgb[:, 60:] = 7
    mask = np.zeros((100, 100), bool)
    mask[40:60, 20:40] = True
    part = copies.lesion_free(rgb, mask)
    assert part is not None
    assert part.shape == (100, 57, 3)
    mask[10:90, 10:90] = True
    assert copies.lesion_free(rgb, mask) is None


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Validation pictures of two channels: bright discs, and nothing in some of the second."""
    rng = np.random.default_rng(1)
    root = tmp_path / "data"
    rows = []
    for name, stems in (("xray", 8), ("ultrasound", 16)):
        for i in range(stems):
            write_disc(root / name, f"s{i}", rng)
            if i >= 8:
                for part, shape in (("images", (60, 80, 3)), ("masks", (60, 80))):
                    suffix = "jpg" if part == "images" else "png"
                    grey = np.full(shape, 20 if part == "images" else 0, np.uint8)
                    cv2.imwrite(str(root / name / part / f"s{i}.{suffix}"), grey)
            rows.append({"modality": name, "stem": f"s{i}", "split": "val", "dataset": "discs"})
    with (root / "manifest.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return root


def test_the_command_fills_in_the_rules_of_the_channels_it_has_pictures_of(
    data: Path, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    before = write_model(models)
    arguments = ["--models", str(models), "--data", str(data), "--copies", "6"]
    assert main(arguments) == 0
    manifest = manifests.read(models)
    channels = {entry["name"]: entry for entry in manifest["channels"]}
    assert channels["fundus"] == before["channels"][3]
    assert "presence" not in channels["xray"]
    for name in ("xray", "ultrasound"):
        quality = channels[name]["quality"]
        assert quality["conformal"]["n"] == 8
        assert 0.3 <= quality["reviewBelow"] <= 0.94
    segmenter = from_models(models)
    disc = cv2.imread(str(data / "ultrasound" / "images" / "s0.jpg"))
    assert segmenter.segment(disc, "ultrasound").quality is not None
    # Nothing bright: no mask, and rightly so.
    grey = np.full((60, 80, 3), 20, np.uint8)
    nothing = segmenter.segment(grey, "ultrasound")
    assert not nothing.mask.any()
    assert nothing.quality is not None
    assert nothing.quality.predicted > 0.5 > segmenter.segment(grey, "xray").quality.predicted
    # The same choice again.
    assert main(arguments) == 0
    assert manifests.read(models) == manifest
