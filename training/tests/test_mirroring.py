"""A picture seen mirrored as well."""

import numpy as np
import pytest

from espmedsam.mirroring import mean_of, seen_from_views

IMAGE = np.arange(3 * 4 * 4, dtype=np.float32).reshape(1, 3, 4, 4)


def first_plane(image: np.ndarray) -> np.ndarray:
    """A network that answers with the first plane of what it is given."""
    return image[0, 0].copy()


@pytest.mark.parametrize("views", [1, 2, 4])
def test_answers_are_mirrored_back_before_they_are_averaged(views: int) -> None:
    np.testing.assert_array_equal(mean_of(seen_from_views(IMAGE, views, first_plane)), IMAGE[0, 0])


def test_views_are_those_of_the_node_side() -> None:
    # The same numbers stand in test/model/mirroring.test.ts.
    seen = []

    def run(image: np.ndarray) -> np.ndarray:
        seen.append(image)
        return first_plane(image)

    seen_from_views(IMAGE, 4, run)
    rows = [image[0, 0, 0].tolist() for image in seen]
    assert rows == [[0, 1, 2, 3], [3, 2, 1, 0], [12, 13, 14, 15], [15, 14, 13, 12]]
    assert seen[3][0, 1, 0].tolist() == [31, 30, 29, 28]


def test_views_count_alike() -> None:
    def run(image: np.ndarray) -> np.ndarray:
        return np.full((2, 2), float(image[0, 0, 0, 0] == 0), np.float32)

    np.testing.assert_array_equal(mean_of(seen_from_views(IMAGE, 2, run)), np.full((2, 2), 0.5))
