"""`python -m espmedsam.overlay`: sheets of images with reference (green) and mask (red)."""

import argparse
from pathlib import Path

import cv2
import numpy as np

from espmedsam.channels import CHANNELS
from espmedsam.data import read_pairs
from espmedsam.metrics import dice
from espmedsam.segmenter import from_models

CELL = 224
"""Edge of one picture on the sheet."""


def outlined(rgb: np.ndarray, reference: np.ndarray, predicted: np.ndarray) -> np.ndarray:
    """The image at cell size with both outlines and the Dice in a corner."""
    cell = cv2.resize(rgb, (CELL, CELL), interpolation=cv2.INTER_AREA)
    for mask, ink in ((reference, (0, 255, 0)), (predicted, (255, 0, 0))):
        small = cv2.resize(mask.astype(np.uint8), (CELL, CELL), interpolation=cv2.INTER_NEAREST)
        contours, _ = cv2.findContours(small, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        cv2.drawContours(cell, contours, -1, ink, 1)
    text = f"{dice(predicted, reference):.2f}"
    cv2.putText(cell, text, (5, CELL - 6), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (255, 255, 0), 1)
    return cell


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="test")
    parser.add_argument("--count", type=int, default=8, help="pictures per modality")
    parser.add_argument("--output", type=Path, required=True, help="PNG file")
    arguments = parser.parse_args()
    segmenter = from_models(arguments.models)
    rows = []
    for name in CHANNELS:
        pairs = [p for p in read_pairs(arguments.data, arguments.split) if p.modality == name]
        # Evenly spread over the split, so that no picking is possible.
        picks = np.linspace(0, len(pairs) - 1, arguments.count).round().astype(int)
        cells = []
        for pair in (pairs[i] for i in picks):
            image = pair.image()
            cells.append(outlined(image, pair.mask() > 127, segmenter.mask(image, name)))
        rows.append(np.concatenate(cells, axis=1))
    sheet = cv2.cvtColor(np.concatenate(rows, axis=0), cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(arguments.output), sheet)


if __name__ == "__main__":
    main()
