"""`python -m espmedsam.golden_steps`: what each step around the network gives, for the Node side.

Pictures and logits are formulas, so no file and no network is involved. The output is the text of
`test/model/golden-steps.json`; a test here and one there hold both languages to it.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch

from espmedsam.clean import CleanRule, clean
from espmedsam.clean import entry_of as clean_entry
from espmedsam.crop import CropRule, content_box
from espmedsam.crop import entry_of as crop_entry
from espmedsam.golden import run_lengths
from espmedsam.preprocess import mask_of
from espmedsam.quality import Conformal, Line, QualityRule, features_of, predict
from espmedsam.quality import entry_of as quality_entry

PICTURE = (
    "columns (x) by rows (y), grey: 40 + (7*x + 13*y) mod 32 within [left, right) and "
    "[top, bottom), otherwise (3*x + 5*y) mod 12; but 255 where spark > 0 and "
    "(y*columns + x) mod spark = 0"
)
LOGITS = (
    "70 columns (x) by 50 rows (y): (300 - (x - 30)*(x - 30) - 2*(y - 22)*(y - 22)) / 100 "
    "+ ((3*x*x + 5*y*y + x*y) mod 41 - 20) / noise"
)


@dataclass(frozen=True)
class Picture:
    """A picture by its numbers; see `PICTURE`."""

    rows: int
    columns: int
    top: int
    bottom: int
    left: int
    right: int
    spark: int = 0

    def pixels(self) -> np.ndarray:
        """`uint8 [rows,columns,3]`."""
        y, x = np.mgrid[: self.rows, : self.columns]
        inside = (y >= self.top) & (y < self.bottom) & (x >= self.left) & (x < self.right)
        grey = np.where(inside, 40 + (7 * x + 13 * y) % 32, (3 * x + 5 * y) % 12)
        if self.spark > 0:
            grey[(y * self.columns + x) % self.spark == 0] = 255
        return np.repeat(grey[..., None], 3, axis=2).astype(np.uint8)


PICTURES = (
    Picture(60, 80, 12, 50, 8, 72),
    Picture(60, 80, 12, 50, 8, 72, spark=101),
    Picture(200, 300, 30, 200, 0, 280, spark=211),
    # All border, almost all of it, and none.
    Picture(60, 80, 0, 0, 0, 0),
    Picture(60, 80, 20, 25, 30, 60),
    Picture(60, 80, 0, 60, 0, 80),
    Picture(60, 80, 0, 60, 1, 80),
)

CLEAN_RULES = (
    CleanRule(min_island=0.002),
    CleanRule(min_island_of_largest=0.1),
    CleanRule(fill_holes=0.003),
    CleanRule(0.001, 0.02, 0.01),
)

QUALITY_RULE = QualityRule(
    Line(
        -1.5,
        {
            "inside": 2.0,
            "undecided": -1.25,
            "expected": 0.75,
            "area": 0.25,
            "presence": 0.125,
            "agreement": 0.5,
        },
    ),
    Line(1.0, {"peak": -0.5, "presence": -0.25}),
    Conformal(0.9, 0.4, 100),
    0.8,
)


def logits(noise: float) -> np.ndarray:
    """See `LOGITS`."""
    y, x = np.mgrid[:50, :70]
    smooth = (300 - (x - 30) ** 2 - 2 * (y - 22) ** 2) / 100
    return smooth + ((3 * x * x + 5 * y * y + x * y) % 41 - 20) / noise


def golden_steps() -> dict[str, Any]:
    """Inputs, rules and results of every step."""
    rule = CropRule()
    crops = [asdict(p) | {"box": asdict(content_box(p.pixels(), rule))} for p in PICTURES]
    raw = mask_of(torch.from_numpy(logits(8.0)), 0.4)
    masks = [
        {
            "noise": 8.0,
            "threshold": 0.4,
            "clean": clean_entry(clean_rule),
            "runs": run_lengths(clean(raw, clean_rule)),
        }
        for clean_rule in CLEAN_RULES
    ]
    judged = []
    for noise, threshold, presence, agreement in (
        (4.0, 0.4, None, None),
        (30.0, 0.3, 2.5, 0.875),
        (8.0, 0.999, -1.5, 0.25),
    ):
        values = torch.from_numpy(logits(noise))
        mask = mask_of(values, threshold)
        features = features_of(values, mask, presence, agreement)
        judged.append(
            {
                "noise": noise,
                "threshold": threshold,
                "presence": presence,
                "agreement": agreement,
                "features": asdict(features),
                "quality": asdict(predict(QUALITY_RULE, features, empty=not mask.any())),
            }
        )
    return {
        "picture": PICTURE,
        "logits": LOGITS,
        "crop": {"rule": crop_entry(rule), "cases": crops},
        "clean": masks,
        "quality": {"rule": quality_entry(QUALITY_RULE), "cases": judged},
    }


if __name__ == "__main__":
    print(json.dumps(golden_steps()))
