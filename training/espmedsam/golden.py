"""A golden result for consumers in other languages: same input, same mask.

The input is a formula, so no image file and no decoder is involved. The masks are given as
run lengths, so that an intersection over union can be computed.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from espmedsam.preprocess import resize_image
from espmedsam.segmenter import Segmenter, contract_of, from_onnx, segmentation_of

ROWS, COLUMNS = 200, 300
BORDER = {"top": 40, "bottom": 25, "left": 60, "right": 35}
"""Black rows and columns around the picture that channels which crop are given as well."""
GOLDEN_FILE = "golden.json"
FORMULA = (
    "300 columns (x) by 200 rows (y), RGB channels c = 0, 1, 2. With "
    "a = (x - 120)*(x - 120) + 2*(y - 90)*(y - 90), "
    "b = (x - 215)*(x - 215) + (y - 120)*(y - 120) and "
    "w = (x*7 + y*13 + c*29) mod 32 (integers): value = 50 + w if a < 4900; "
    "120 + w if a >= 4900 and b < 1600; 200 - 20*c + w otherwise. All values lie in 0..255."
)


def golden_image() -> np.ndarray:
    """The synthetic input, `uint8 [200,300,3]`; see `FORMULA`."""
    y, x, c = np.meshgrid(np.arange(ROWS), np.arange(COLUMNS), np.arange(3), indexing="ij")
    a = (x - 120) ** 2 + 2 * (y - 90) ** 2
    b = (x - 215) ** 2 + (y - 120) ** 2
    wave = (x * 7 + y * 13 + c * 29) % 32
    value = np.where(a < 4900, 50 + wave, np.where(b < 1600, 120 + wave, 200 - 20 * c + wave))
    return value.astype(np.uint8)


def bordered(rgb: np.ndarray) -> np.ndarray:
    """The picture within the black borders of `BORDER`."""
    rows, columns = ((BORDER[a], BORDER[b]) for a, b in (("top", "bottom"), ("left", "right")))
    return np.pad(rgb, (rows, columns, (0, 0)))


def run_lengths(mask: np.ndarray) -> list[int]:
    """Row-major run lengths, alternately off and on, starting with off (0 if the first is on)."""
    flat = np.concatenate(([False], mask.reshape(-1), [False]))
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    runs = np.diff(np.concatenate(([0], edges, [mask.size]))).tolist()
    return runs[:-1] if runs[-1] == 0 else runs


def golden_mask(segmenter: Segmenter, rgb: np.ndarray, name: str) -> dict[str, Any]:
    """What a channel makes of a picture, all its steps done."""
    answer = segmenter.answer(rgb, name)
    result = segmentation_of(answer, segmenter.contract.channels[name])
    golden: dict[str, Any] = {
        "area": int(result.mask.sum()),
        "runs": run_lengths(result.mask),
        "logitsMean": float(answer.logits.mean()),
    }
    if result.presence is not None:
        golden["presence"] = result.presence
    if result.quality is not None:
        golden["quality"] = asdict(result.quality)
    return golden


def write_golden(directory: Path, manifest: dict[str, Any]) -> None:
    """Runs the exported model of a directory on the golden input and writes the masks."""
    contract = contract_of(manifest)
    segmenter = from_onnx(directory / manifest["file"], contract)
    picture, within = golden_image(), bordered(golden_image())
    golden = {
        "model": manifest["sha256"],
        "rows": ROWS,
        "columns": COLUMNS,
        "formula": FORMULA,
        "firstPixels": picture[0, :4].tolist(),
        "resizedMean": float(resize_image(picture, contract.size).mean()),
        "runs": "row-major run lengths, alternately off and on, starting with off",
        "masks": {name: golden_mask(segmenter, picture, name) for name in contract.channels},
        "border": BORDER,
        "bordered": {
            name: golden_mask(segmenter, within, name)
            for name, rules in contract.channels.items()
            if rules.crop
        },
    }
    (directory / GOLDEN_FILE).write_text(json.dumps(golden) + "\n")
