"""What several tests need: small networks, made once, and a tiny generated data set."""

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from espmedsam.channels import CHANNELS
from espmedsam.export import randomise_batchnorm
from espmedsam.model import ESPMedSAM


@pytest.fixture(scope="session")
def network() -> ESPMedSAM:
    """A network in eval mode whose every part matters; tests must not change it."""
    torch.manual_seed(1)
    model = ESPMedSAM().eval()
    randomise_batchnorm(model)
    return model


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three train pairs and one val pair and one test pair per modality: a bright disc on noise."""
    root = tmp_path_factory.mktemp("data")
    rng = np.random.default_rng(0)
    rows = []
    for name in CHANNELS:
        (root / name / "images").mkdir(parents=True)
        (root / name / "masks").mkdir()
        for i, split in enumerate(("train", "train", "train", "val", "test")):
            image = rng.integers(0, 90, (60, 80, 3), dtype=np.uint8)
            mask = np.zeros((60, 80), np.uint8)
            centre = tuple(int(v) for v in rng.integers(20, 40, 2))
            cv2.circle(mask, centre, 12, 255, -1)
            image[mask > 0] += 120
            cv2.imwrite(str(root / name / "images" / f"s{i}.jpg"), image)
            cv2.imwrite(str(root / name / "masks" / f"s{i}.png"), mask)
            rows.append({"modality": name, "stem": f"s{i}", "split": split, "dataset": "discs"})
    with (root / "manifest.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return root
