"""Islands and holes that are smaller than what a channel can contain are taken out of a mask.

The manifest may give a channel a rule `clean`; its numbers are chosen on the validation split
(`espmedsam.calibrate`). Part of the contract with the Node side. Pixels belong to one island when
they touch at an edge or a corner, to one hole when they touch at an edge. First the islands go,
then the holes that are left are filled; a gap that reaches the picture's edge is no hole.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.ndimage import label

TOUCHING = np.ones((3, 3), bool)
"""Islands: edge or corner."""


@dataclass(frozen=True)
class CleanRule:
    """What is too small; zero leaves all as it is."""

    min_island: float = 0.0
    """Smallest island, as a share of the picture's (the content's) area."""
    min_island_of_largest: float = 0.0
    """Smallest island, as a share of the largest one's area."""
    fill_holes: float = 0.0
    """Holes below this share of the picture's (the content's) area are filled."""


NAMES = {
    "minIsland": "min_island",
    "minIslandOfLargest": "min_island_of_largest",
    "fillHoles": "fill_holes",
}
"""The manifest's names of the rule's numbers."""


def rule_of(entry: dict[str, Any] | None) -> CleanRule | None:
    """The rule of a manifest's `clean`; `KeyError` for a number that we do not know."""
    if entry is None:
        return None
    return CleanRule(**{NAMES[name]: value for name, value in entry.items()})


def entry_of(rule: CleanRule) -> dict[str, float]:
    """The manifest's `clean` for a rule; what is zero is left out."""
    values = {name: getattr(rule, field) for name, field in NAMES.items()}
    return {name: value for name, value in values.items() if value > 0}


def clean(mask: np.ndarray, rule: CleanRule | None) -> np.ndarray:
    """A mask `bool [H,W]` without what its rule calls too small; a new array if it changes."""
    if rule is None or not mask.any():
        return mask
    return fill_holes(remove_islands(mask, rule), rule)


def remove_islands(mask: np.ndarray, rule: CleanRule) -> np.ndarray:
    """Without the islands that are below either limit."""
    if rule.min_island == 0 and rule.min_island_of_largest == 0:
        return mask
    islands, _ = label(mask, TOUCHING)
    areas = np.bincount(islands.reshape(-1))
    areas[0] = 0
    keep = (areas >= rule.min_island * mask.size) & (
        areas >= rule.min_island_of_largest * areas.max()
    )
    keep[0] = False
    return keep[islands]


def fill_holes(mask: np.ndarray, rule: CleanRule) -> np.ndarray:
    """With the holes filled that are below the limit."""
    if rule.fill_holes == 0:
        return mask
    holes, _ = label(~mask)
    areas = np.bincount(holes.reshape(-1))
    fill = areas < rule.fill_holes * mask.size
    edges = (holes[0], holes[-1], holes[:, 0], holes[:, -1])
    fill[np.unique(np.concatenate(edges))] = False
    fill[0] = False
    return mask | fill[holes]
