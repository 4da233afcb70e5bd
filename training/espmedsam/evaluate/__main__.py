"""`python -m espmedsam.evaluate`: a trained model against reference masks.

The model is an exported one (`--models`) or a checkpoint in PyTorch (`--checkpoint`; with
`--models` too, that manifest's size, normalisation and thresholds hold for it). The masks are a
split of the data set (`--data`) or all of a folder from elsewhere, with `images/` and `masks/`
matched by their stems (`--folder`, `--modality`).
One line per image, one per channel; Dice, IoU and HD95 (pixels) at the source's resolution.
"""

import argparse
import logging
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import torch

from espmedsam import manifest as manifests
from espmedsam.data import Pair, read_folder_pair, read_pairs
from espmedsam.evaluate.card import (
    differences,
    manifest_differences,
    record,
    table,
    write_card,
)
from espmedsam.evaluate.plots import box_plot, worst_sheet
from espmedsam.evaluate.scores import score_all, summarise, write_scores
from espmedsam.evaluate.thresholds import store_thresholds, tune
from espmedsam.segmenter import Segmenter, contract_of, from_checkpoint, from_models


def latency(segmenter: Segmenter, runs: int = 15) -> float:
    """Median seconds of one image through the network, after two runs to warm up."""
    size = segmenter.contract.size
    image = np.zeros((1, 3, size, size), np.float32)
    times = []
    for _ in range(runs + 2):
        start = time.perf_counter()
        segmenter.run(image, 0)
        times.append(time.perf_counter() - start)
    return statistics.median(times[2:])


def parse(argv: list[str] | None) -> argparse.Namespace:
    """The arguments; exits with 2 and a reason when they do not go together."""
    parser = argparse.ArgumentParser(prog="espmedsam.evaluate", description=__doc__)
    parser.add_argument("--models", type=Path, help="model directory")
    parser.add_argument("--checkpoint", type=Path, help="training checkpoint, run in PyTorch")
    parser.add_argument("--size", type=int, help="input edge of a checkpoint without --models")
    parser.add_argument("--data", type=Path, help="data set with a manifest.csv")
    parser.add_argument("--split", default="test")
    parser.add_argument("--folder", type=Path, help="folder with images/ and masks/")
    parser.add_argument("--modality", help="channel of that folder's images")
    parser.add_argument("--output", type=Path, help="folder for CSV, summary and plots")
    parser.add_argument("--tune", action="store_true", help="choose thresholds on `val` first")
    parser.add_argument("--record", action="store_true", help="write the Dice into the manifest")
    parser.add_argument("--card", type=Path, help="model card whose table is to be written")
    parser.add_argument(
        "--check",
        type=Path,
        help="model card that, as the manifest, must say the same; else exit 1",
    )
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args(argv)
    if a.models is None and (a.checkpoint is None or a.size is None):
        parser.error("give --models, or --checkpoint with --size")
    if (a.data is None) == (a.folder is None) or (a.folder is None) != (a.modality is None):
        parser.error("give either --data, or --folder with --modality")
    if a.tune or a.record or a.card or a.check:
        if a.checkpoint is not None or a.data is None:
            parser.error("--tune, --record, --card and --check are for --models with --data")
        if a.split != "test":
            parser.error("--tune, --record, --card and --check go with the test split")
    return a


def open_segmenter(a: argparse.Namespace) -> Segmenter:
    """What `--models`, `--checkpoint` and `--size` ask for."""
    if a.checkpoint is None:
        return from_models(a.models, a.threads)
    contract = a.size if a.models is None else contract_of(manifests.read(a.models))
    return from_checkpoint(a.checkpoint, contract)


def open_pairs(a: argparse.Namespace, segmenter: Segmenter) -> list[Pair]:
    """The pairs of the channels that the model has."""
    if a.data is None:
        return read_folder_pair(a.folder, a.modality)
    pairs = read_pairs(a.data, a.split)
    return [pair for pair in pairs if pair.modality in segmenter.contract.channels]


def main(argv: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    a = parse(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(a.threads)
    segmenter = open_segmenter(a)
    if a.tune:
        store_thresholds(a.models, tune(segmenter, read_pairs(a.data, "val")))
        segmenter = open_segmenter(a)
    pairs = open_pairs(a, segmenter)
    unknown = {pair.modality for pair in pairs} - set(segmenter.contract.channels)
    if not pairs or unknown:
        logging.error("%s", f"the model has no channel {unknown}" if unknown else "no images")
        return 2
    scores = list(score_all(segmenter, pairs))
    summary = summarise(scores)
    thresholds = {name: rules.threshold for name, rules in segmenter.contract.channels.items()}
    lines = table(summary, thresholds)
    logging.info("%s", "\n".join(lines))
    logging.info("median of one run on %d threads: %.3f s", a.threads, latency(segmenter))
    if a.output is not None:
        name = a.split if a.data is not None else a.modality
        write_scores(a.output, name, scores, summary)
        box_plot(scores, a.output / f"{name}-box.png")
        worst_sheet(segmenter, pairs, scores, a.output / f"{name}-worst.png")
    if a.record:
        record(a.models, summary)
    if a.card is not None:
        write_card(a.card, lines)
    if a.check is not None:
        found = differences(a.check, lines) + manifest_differences(a.models, summary)
        for line in found:
            logging.error("differs: %s", line)
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
