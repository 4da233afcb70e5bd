"""A picture cut to its content: black borders do not go through the network.

Letterboxed ultrasound, frame grabbers and scanned film put black around the picture, and a network
that has seen little of it takes its edge for a lesion's. The manifest says how black is told from
content (`input.crop`) and which channels are cut (`crop`): where a dark surround belongs to the
picture (fluorescence, fundus) a channel is not. Part of the contract with the Node side.

The rule, in whole numbers but for two products, so that every language finds the same box:

1. A pixel is black when none of its colours is above `black`. A line of pixels is border when at
   most `share` of its pixels are not black: text and callipers burned into a border do not keep it.
2. Border rows are taken off from the top and the bottom, then border columns from the left and the
   right, each counted within what is left; again until nothing comes off.
3. The picture stays whole when the box holds more than `most` or less than `least` of its area:
   a line of dark pixels is no border, and a nearly black picture has no content to find.

The Node side takes the picture to be what the header's ultrasound regions say, where there are any.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

RULE = "black-borders"


@dataclass(frozen=True)
class CropRule:
    """How black borders are told from content; the defaults are our own models'."""

    black: int = 12
    """Largest value, 0 to 255, of a black pixel's colours: compression leaves a little noise."""
    share: float = 0.01
    """Of a line's pixels, how many may be brighter in a border."""
    least: float = 0.05
    most: float = 0.98
    """Shares of the picture's area between which a box counts as its content."""


@dataclass(frozen=True)
class Box:
    """A part of a picture, in pixels."""

    top: int
    left: int
    height: int
    width: int

    @property
    def window(self) -> tuple[slice, slice]:
        """The box as an index of rows and columns."""
        rows = slice(self.top, self.top + self.height)
        return rows, slice(self.left, self.left + self.width)


def rule_of(entry: dict[str, Any] | None) -> CropRule | None:
    """The rule of a manifest's `input.crop`; `ValueError` for one of another kind."""
    if entry is None:
        return None
    if entry.get("rule") != RULE:
        raise ValueError(f"unknown crop rule {entry.get('rule')!r}; known is {RULE!r}")
    return CropRule(**{key: value for key, value in entry.items() if key != "rule"})


def entry_of(rule: CropRule) -> dict[str, Any]:
    """The manifest's `input.crop` for a rule."""
    return {"rule": RULE} | rule.__dict__


def whole(rgb: np.ndarray) -> Box:
    """The box of all of a picture `[H,W,…]`."""
    return Box(0, 0, *rgb.shape[:2])


def content_box(rgb: np.ndarray, rule: CropRule | None) -> Box:
    """Where the content of a picture `uint8 [H,W,3]` lies; all of it without a rule."""
    if rule is None:
        return whole(rgb)
    bright = rgb.max(axis=2) > rule.black
    top, left = 0, 0
    bottom, right = bright.shape
    while True:
        before = (top, bottom, left, right)
        top, bottom = trimmed(bright[:, left:right].sum(axis=1), top, bottom, right - left, rule)
        left, right = trimmed(bright[top:bottom].sum(axis=0), left, right, bottom - top, rule)
        if (top, bottom, left, right) == before:
            break
    box = Box(top, left, bottom - top, right - left)
    area, total = box.height * box.width, bright.size
    return box if rule.least * total <= area <= rule.most * total else whole(rgb)


def trimmed(
    counts: np.ndarray, start: int, end: int, length: int, rule: CropRule
) -> tuple[int, int]:
    """Start and end of the lines that remain, of lines with so many bright pixels out of `length`.

    Nothing remains (`start == end`) when every line is border.
    """
    while start < end and counts[start] <= rule.share * length:
        start += 1
    while end > start and counts[end - 1] <= rule.share * length:
        end -= 1
    return start, end


def put_back(mask: np.ndarray, box: Box, shape: tuple[int, int]) -> np.ndarray:
    """A mask `bool [h,w]` of the content in one of the whole picture's shape."""
    full = np.zeros(shape, bool)
    full[box.window] = mask
    return full
