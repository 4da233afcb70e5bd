"""What several tests need: small networks, made once, and a tiny generated data set."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from espmedsam.channels import CHANNELS
from espmedsam.model import ESPMedSAM
from espmedsam.parity import randomise_batchnorm

ARTEFACTS = ("empty_crop", "border", "vignette", "marks", "degrade", "tint", "mosaic")
CLEAN: dict[str, Any] = dict.fromkeys(ARTEFACTS, 0.0)
"""What a view is without anything that devices and archives add."""


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
    splits = ("train", "train", "train", "val", "test")
    return write_data(tmp_path_factory.mktemp("data"), CHANNELS, splits)


@pytest.fixture(scope="session")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty pairs of five modalities, three for training and one for validation of each."""
    root = tmp_path_factory.mktemp("twenty")
    return write_data(root, CHANNELS[:5], ("train", "train", "train", "val"))


def write_disc(folder: Path, stem: str, rng: np.random.Generator, suffix: str = "jpg") -> None:
    """`images/STEM.jpg` and `masks/STEM.png`: a bright disc on noise, 60 × 80 pixels."""
    for part in ("images", "masks"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    image = rng.integers(0, 90, (60, 80, 3), dtype=np.uint8)
    mask = np.zeros((60, 80), np.uint8)
    centre = tuple(int(v) for v in rng.integers(20, 40, 2))
    cv2.circle(mask, centre, 12, 255, -1)
    image[mask > 0] += 120
    cv2.imwrite(str(folder / "images" / f"{stem}.{suffix}"), image)
    cv2.imwrite(str(folder / "masks" / f"{stem}.png"), mask)


def write_data(root: Path, modalities: Sequence[str], splits: Sequence[str]) -> Path:
    """A data folder with one pair of each modality and entry of `splits`."""
    rng = np.random.default_rng(0)
    rows = []
    for name in modalities:
        for i, split in enumerate(splits):
            write_disc(root / name, f"s{i}", rng)
            rows.append({"modality": name, "stem": f"s{i}", "split": split, "dataset": "discs"})
    with (root / "manifest.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return root
