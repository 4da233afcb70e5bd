"""`python -m espmedsam.evaluate`: the exported ONNX model against reference masks.

Writes one line per image and one summary line per channel, at source resolution. `--tune` chooses
the thresholds of the channels on the validation split and writes them into the manifest; `--record`
writes the Dice of the test split into it.
"""

import argparse
import csv
import json
import logging
import statistics
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from espmedsam import manifest as manifests
from espmedsam.channels import CHANNELS
from espmedsam.data import Pair, read_pairs
from espmedsam.export import open_session
from espmedsam.golden import write_golden
from espmedsam.metrics import bootstrap_interval, dice, iou
from espmedsam.preprocess import mask_at_source, normalise, resize_image

THRESHOLDS = tuple(round(0.05 * i, 2) for i in range(3, 17))
"""Candidates for a channel's threshold: 0.15 to 0.80."""
MIN_GAIN = 0.003
"""Mean Dice by which another threshold must beat 0.5 to be chosen."""


@dataclass(frozen=True)
class Score:
    """One image's result."""

    modality: str
    stem: str
    dice: float
    iou: float
    predicted_share: float
    """Foreground of the predicted mask, 0 to 1."""
    reference_share: float


class Segmenter:
    """The exported model of a directory, driven as its manifest says."""

    def __init__(self, models: Path, threads: int = 2) -> None:
        self.manifest = manifests.read(models)
        self.session = open_session(models / self.manifest["file"], threads)
        self.thresholds = {c["name"]: c["threshold"] for c in self.manifest["channels"]}

    def logits(self, rgb: np.ndarray, channel: int) -> Tensor:
        """`uint8 [H,W,3]` → mask logits `[S/4,S/4]`."""
        contract = self.manifest["input"]
        rules = contract["normalisation"]
        image = normalise(resize_image(rgb, contract["size"]), rules["mean"], rules["std"])
        feed = {"image": image[None].numpy(), "modality": np.array([channel], dtype=np.int64)}
        return torch.from_numpy(self.session.run(["mask_logits"], feed)[0][0, 0])

    def mask(self, rgb: np.ndarray, modality: str) -> np.ndarray:
        """`uint8 [H,W,3]` → `bool [H,W]` at the channel's threshold."""
        logits = self.logits(rgb, CHANNELS.index(modality))
        return mask_at_source(logits, *rgb.shape[:2], self.thresholds[modality])


def score_all(segmenter: Segmenter, pairs: list[Pair]) -> Iterator[Score]:
    """The result of every pair at its channel's threshold."""
    for pair in pairs:
        reference = pair.mask() > 127
        predicted = segmenter.mask(pair.image(), pair.modality)
        yield Score(
            pair.modality,
            pair.stem,
            dice(predicted, reference),
            iou(predicted, reference),
            float(predicted.mean()),
            float(reference.mean()),
        )


def summarise(scores: list[Score]) -> dict[str, dict[str, float]]:
    """Per channel: mean Dice and IoU, 95 % interval of the mean Dice, median Dice, n."""
    summary = {}
    for name in CHANNELS:
        own = [s for s in scores if s.modality == name]
        if own:
            values = np.array([s.dice for s in own])
            low, high = bootstrap_interval(values)
            summary[name] = {
                "mean": float(values.mean()),
                "low": low,
                "high": high,
                "n": len(own),
                "median": float(np.median(values)),
                "iou": float(np.mean([s.iou for s in own])),
                "below_half": float((values < 0.5).mean()),
            }
    return summary


def tune(segmenter: Segmenter, pairs: list[Pair]) -> dict[str, float]:
    """The threshold of each channel with the best mean Dice; 0.5 unless clearly beaten."""
    totals = {name: np.zeros(len(THRESHOLDS)) for name in CHANNELS}
    for pair in pairs:
        reference = pair.mask() > 127
        logits = segmenter.logits(pair.image(), pair.channel)
        totals[pair.modality] += [
            dice(mask_at_source(logits, *reference.shape, t), reference) for t in THRESHOLDS
        ]
    chosen = {}
    for name, total in totals.items():
        count = max(1, sum(pair.modality == name for pair in pairs))
        best, half = int(total.argmax()), THRESHOLDS.index(0.5)
        better = total[best] - total[half] > MIN_GAIN * count
        chosen[name] = THRESHOLDS[best] if better else 0.5
        logging.info(
            "%s: threshold %.2f, Dice %.4f (%.4f at 0.5)",
            name,
            chosen[name],
            total[THRESHOLDS.index(chosen[name])] / count,
            total[half] / count,
        )
    return chosen


def latency(segmenter: Segmenter, runs: int = 15) -> float:
    """Median seconds of one image through the session, after two runs to warm up."""
    size = segmenter.manifest["input"]["size"]
    feed = {
        "image": np.zeros((1, 3, size, size), np.float32),
        "modality": np.zeros(1, dtype=np.int64),
    }
    times = []
    for _ in range(runs + 2):
        start = time.perf_counter()
        segmenter.session.run(None, feed)
        times.append(time.perf_counter() - start)
    return statistics.median(times[2:])


def write_scores(directory: Path, split: str, scores: list[Score], summary: dict) -> None:
    """`<split>.csv` with one line per image and `<split>-summary.json`."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / f"{split}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(asdict(scores[0])))
        writer.writeheader()
        for score in scores:
            row = asdict(score).items()
            writer.writerow({k: f"{v:.4f}" if isinstance(v, float) else v for k, v in row})
    (directory / f"{split}-summary.json").write_text(json.dumps(summary, indent=2) + "\n")


def record(models: Path, summary: dict[str, dict[str, float]]) -> None:
    """Writes the test split's Dice into the manifest."""
    manifest = manifests.read(models)
    keys = ("mean", "low", "high", "n")
    manifest["training"]["testDice"] = {
        name: {key: round(values[key], 4) for key in keys} for name, values in summary.items()
    }
    manifests.write(models, manifest)


def store_thresholds(models: Path, thresholds: dict[str, float]) -> dict[str, Any]:
    """Writes thresholds into the manifest and makes the golden masks anew."""
    manifest = manifests.read(models)
    for channel in manifest["channels"]:
        channel["threshold"] = thresholds[channel["name"]]
    manifests.write(models, manifest)
    write_golden(models, manifest)
    return manifest


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, required=True, help="model directory")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="test")
    parser.add_argument("--output", type=Path, help="folder for the CSV and the summary")
    parser.add_argument("--tune", action="store_true", help="choose thresholds on `val` first")
    parser.add_argument("--record", action="store_true", help="write the Dice into the manifest")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(arguments.threads)
    segmenter = Segmenter(arguments.models, arguments.threads)
    if arguments.tune:
        store_thresholds(arguments.models, tune(segmenter, read_pairs(arguments.data, "val")))
        segmenter = Segmenter(arguments.models, arguments.threads)
    scores = list(score_all(segmenter, read_pairs(arguments.data, arguments.split)))
    summary = summarise(scores)
    for name, s in summary.items():
        logging.info(
            "%-12s Dice %.3f (95 %% %.3f to %.3f, median %.3f), IoU %.3f, n = %d",
            *(name, s["mean"], s["low"], s["high"], s["median"], s["iou"], s["n"]),
        )
    logging.info("median of one run on %d threads: %.3f s", arguments.threads, latency(segmenter))
    if arguments.output is not None:
        write_scores(arguments.output, arguments.split, scores, summary)
    if arguments.record:
        record(arguments.models, summary)


if __name__ == "__main__":
    main()
