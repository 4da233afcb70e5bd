"""Pictures in tiles: fine structures are seen at a scale at which the network can draw them.

A cell of the output is S/4 of the input's edge, wider than a retinal vessel in the whole picture.
So the manifest may give a channel a number `tiles`: the picture is cut into tiles × tiles windows
that overlap by a quarter, each goes through the network by itself, and the logits are blended.
Everything here is part of the contract with the Node side (`src/model/tiling.ts`).
"""

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

TILES = {"fundus": 6, "microscopy": 4}
"""Rows and columns of tiles in which our own channels are trained and used; 1 for all others."""
OVERLAP = 0.25
"""Part of a tile that it has in common with the next one."""
MIN_EDGE = 96
"""Pixels below which a tile would show too little: such pictures get fewer tiles."""


def tile_edge(length: int, tiles: int) -> int:
    """Pixels of a tile along an edge of so many."""
    # In integers, for the same answer in every language: length / (tiles − OVERLAP·(tiles − 1)).
    return -(-4 * length // (4 * tiles - (tiles - 1)))


def tiles_for(rows: int, columns: int, tiles: int) -> int:
    """How many tiles a picture gets each way: `tiles`, or fewer where they would be too small."""
    while tiles > 1 and min(tile_edge(rows, tiles), tile_edge(columns, tiles)) < MIN_EDGE:
        tiles -= 1
    return tiles


def starts(length: int, edge: int, tiles: int) -> list[int]:
    """Where the tiles begin: the first at 0, the last ends with the picture."""
    if tiles == 1:
        return [0]
    gaps = tiles - 1
    return [(2 * i * (length - edge) + gaps) // (2 * gaps) for i in range(tiles)]


def blend_weights(edge: int) -> Tensor:
    """Weight of each pixel along a tile: 1 at its borders, rising to the middle, `[edge]`."""
    along = torch.arange(1, edge + 1, dtype=torch.float64)
    return torch.minimum(along, edge + 1 - along)


def logits_at_source(rgb: np.ndarray, tiles: int, run: Callable[[np.ndarray], Tensor]) -> Tensor:
    """`uint8 [H,W,3]` → logits `[H,W]`, blended where tiles overlap.

    `run` takes one window `uint8 [h,w,3]` and gives the network's logits `[s,s]` for it.
    """
    rows, columns = rgb.shape[:2]
    tiles = tiles_for(rows, columns, tiles)
    height, width = tile_edge(rows, tiles), tile_edge(columns, tiles)
    weight = blend_weights(height)[:, None] * blend_weights(width)[None]
    total = torch.zeros(rows, columns, dtype=torch.float64)
    weights = torch.zeros_like(total)
    for top in starts(rows, height, tiles):
        for left in starts(columns, width, tiles):
            window = (slice(top, top + height), slice(left, left + width))
            up = F.interpolate(
                run(rgb[window])[None, None].double(),
                (height, width),
                mode="bilinear",
                align_corners=False,
            )
            total[window] += up[0, 0] * weight
            weights[window] += weight
    return total / weights
