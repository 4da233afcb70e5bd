"""Pictures in tiles: where they lie, and how their answers become one."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import Tensor

from espmedsam.tiling import (
    MIN_EDGE,
    OVERLAP,
    blend_weights,
    logits_at_source,
    starts,
    tile_edge,
    tiles_for,
)


@pytest.mark.parametrize("length", [97, 256, 565, 584, 1001, 4096])
@pytest.mark.parametrize("tiles", [1, 2, 3, 4])
def test_tiles_cover_the_picture_and_overlap_by_about_a_quarter(length: int, tiles: int) -> None:
    edge = tile_edge(length, tiles)
    begin = starts(length, edge, tiles)
    assert begin[0] == 0
    assert begin[-1] + edge == length
    for first, second in pairwise(begin):
        assert (first + edge - second) / edge == pytest.approx(OVERLAP, abs=0.06)


def test_tiles_are_those_of_the_node_side() -> None:
    # The same numbers stand in test/model/tiling.test.ts.
    assert [(s, tile_edge(565, 3)) for s in starts(565, 226, 3)] == [
        (0, 226),
        (170, 226),
        (339, 226),
    ]
    assert [(s, tile_edge(301, 2)) for s in starts(301, 172, 2)] == [(0, 172), (129, 172)]


def test_a_small_picture_gets_fewer_tiles() -> None:
    assert tiles_for(584, 565, 3) == 3
    assert tiles_for(584, 200, 3) == 2
    assert tiles_for(100, 2000, 3) == 1
    assert tile_edge(200, 2) >= MIN_EDGE


def brightness(window: np.ndarray) -> Tensor:
    """A network that answers everywhere with the mean of what it is shown."""
    return torch.full((8, 8), float(window.mean()))


def test_one_tile_is_the_answer_of_the_network_brought_to_the_size_of_the_picture() -> None:
    rgb = np.zeros((40, 60, 3), np.uint8)
    ramp = torch.arange(8.0).repeat(8, 1)
    logits = logits_at_source(rgb, 1, lambda _: ramp)
    assert logits.shape == (40, 60)
    torch.testing.assert_close(logits[:, 0], torch.zeros(40, dtype=torch.float64))
    torch.testing.assert_close(logits[:, -1], torch.full((40,), 7.0, dtype=torch.float64))
    torch.testing.assert_close(logits[0], logits[39])


def test_answers_that_agree_are_not_changed_by_blending() -> None:
    rgb = np.full((300, 410, 3), 90, np.uint8)
    logits = logits_at_source(rgb, 3, brightness)
    torch.testing.assert_close(logits, torch.full((300, 410), 90.0, dtype=torch.float64))


def test_where_tiles_overlap_the_nearer_one_counts_for_more() -> None:
    rgb = np.zeros((200, 350, 3), np.uint8)
    rgb[:, 175:] = 200
    row = logits_at_source(rgb, 2, brightness)[0]
    edge = tile_edge(350, 2)
    alone = starts(350, edge, 2)[1]
    assert row[:alone].diff().abs().max() < 1e-9
    assert row[edge:].diff().abs().max() < 1e-9
    between = row[alone:edge]
    assert (between.diff() > 0).all()
    middle = (row[0] + row[-1]).item() / 2
    assert between[len(between) // 2].item() == pytest.approx(middle, rel=0.05)


def test_each_tile_is_shown_once() -> None:
    shown = []

    def run(window: np.ndarray) -> Tensor:
        shown.append(window.shape[:2])
        return torch.zeros(4, 4)

    logits_at_source(np.zeros((565, 584, 3), np.uint8), 3, run)
    assert shown == [(tile_edge(565, 3), tile_edge(584, 3))] * 9


def test_weights_are_highest_in_the_middle_and_never_nothing() -> None:
    assert blend_weights(5).tolist() == [1, 2, 3, 2, 1]
    assert blend_weights(4).tolist() == [1, 2, 2, 1]
