"""The distance between outlines, on masks whose distances are plain to see."""

import numpy as np
import pytest

from espmedsam.metrics import hausdorff95


def square(top: int, left: int, edge: int) -> np.ndarray:
    mask = np.zeros((60, 80), bool)
    mask[top : top + edge, left : left + edge] = True
    return mask


def test_equal_masks_have_no_distance() -> None:
    assert hausdorff95(square(10, 10, 20), square(10, 10, 20)) == 0
    assert hausdorff95(np.zeros((9, 9), bool), np.zeros((9, 9), bool)) == 0


def test_a_missed_object_counts_as_the_diagonal_of_the_image() -> None:
    empty = np.zeros((60, 80), bool)
    assert hausdorff95(empty, square(10, 10, 20)) == 100
    assert hausdorff95(square(10, 10, 20), empty) == 100


def test_it_is_the_95th_percentile_of_both_directions_by_brute_force() -> None:
    rng = np.random.default_rng(1)
    for _ in range(5):
        first = square(*rng.integers(5, 25, 2), int(rng.integers(5, 30)))
        second = square(*rng.integers(5, 25, 2), int(rng.integers(5, 30))) | square(0, 70, 4)
        outlines = [np.argwhere(mask & ~inner(mask)) for mask in (first, second)]
        distance = np.hypot(*(outlines[0][:, None] - outlines[1][None]).transpose(2, 0, 1))
        expected = max(
            np.percentile(distance.min(axis=1), 95), np.percentile(distance.min(axis=0), 95)
        )
        assert hausdorff95(first, second) == pytest.approx(expected)
        assert hausdorff95(second, first) == pytest.approx(expected)


def inner(mask: np.ndarray) -> np.ndarray:
    """Pixels whose four neighbours are all in the mask; beyond the image is outside."""
    padded = np.pad(mask, 1)
    return padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]


def test_a_few_stray_pixels_do_not_decide() -> None:
    stray = square(10, 10, 30)
    stray[55, 75] = True
    assert hausdorff95(stray, square(10, 10, 30)) == 0
