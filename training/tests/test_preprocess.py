"""The way in and out that the Node side must reproduce."""

import numpy as np
import pytest
import torch

from espmedsam.metrics import bootstrap_interval, dice, iou
from espmedsam.preprocess import logit, mask_of, normalise, resize_image


def test_halving_an_image_weighs_neighbours_by_a_triangle() -> None:
    image = np.zeros((8, 8, 3), np.uint8)
    image[:, 4] = 160
    row = resize_image(image, 4)[0, 1]
    # Output column 2 has its centre at 5.0 in the source; taps at 3.5 … 6.5 weigh 1:3:3:1.
    assert row[2].item() == pytest.approx(160 * 3 / 8)
    assert row[1].item() == pytest.approx(160 * 1 / 8)


def test_normalisation_is_per_channel() -> None:
    image = torch.full((3, 2, 2), 123.675)
    out = normalise(image)
    assert out[0].abs().max() < 1e-6
    assert out[1, 0, 0].item() == pytest.approx((123.675 - 116.28) / 57.12, rel=1e-5)


def test_the_mask_is_cut_at_the_logit_of_the_threshold() -> None:
    logits = torch.full((7, 9), 0.5)
    assert mask_of(logits, 0.5).all()
    assert mask_of(logits, 0.5).shape == (7, 9)
    assert not mask_of(logits, 0.7).any()
    assert logit(0.5) == 0.0


def test_overlap_measures() -> None:
    a = np.array([True, True, False, False])
    b = np.array([True, False, True, False])
    assert dice(a, b) == pytest.approx(0.5)
    assert iou(a, b) == pytest.approx(1 / 3)
    nothing = np.zeros(4, bool)
    assert dice(nothing, nothing) == iou(nothing, nothing) == 1.0


def test_the_bootstrap_interval_contains_the_mean() -> None:
    values = np.linspace(0.5, 0.9, 40)
    low, high = bootstrap_interval(values)
    assert 0.6 < low < values.mean() < high < 0.8
