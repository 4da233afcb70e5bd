"""`python -m espmedsam.evaluate`: a trained model against reference masks.

The model is an exported one (`--models`) or a checkpoint in PyTorch (`--checkpoint`; with
`--models` too, that manifest's size, normalisation and rules hold for it). The masks are a split of
data sets (`--data`, more than once for several), all of a folder from elsewhere, with `images/` and
`masks/` matched by their stems (`--folder`, `--modality`), or folders of sets, each
`<set>/<channel>/images` and `masks` (`--sets`); `--stress` adds black borders around some pictures.
One line per image, one per channel or set; Dice, IoU and HD95 (pixels) at the source's resolution.
Pictures with empty masks count as false alarms or not, and never as Dice.
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
from espmedsam.data import Pair, read_all, read_folder_pair, read_sets
from espmedsam.evaluate.card import (
    block_differences,
    differences,
    manifest_differences,
    record,
    table,
    write_block,
    write_card,
)
from espmedsam.evaluate.plots import box_plot, quality_plot, sets_plot, worst_sheet
from espmedsam.evaluate.scores import Score, score_all, summarise, write_scores
from espmedsam.evaluate.sets import block
from espmedsam.evaluate.thresholds import store_thresholds, tune
from espmedsam.segmenter import Segmenter, contract_of, from_checkpoint, from_models

STRESS_BORDER = 0.2
"""Black around a picture on each side, as a share of its edge."""
STRESS_PICTURES = 40
"""At most so many pictures of a set and channel get it, evenly spread."""


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
    parser.add_argument(
        "--data", type=Path, action="append", default=[], help="data set with a manifest.csv"
    )
    parser.add_argument(
        "--sets", type=Path, action="append", default=[], help="folder of <set>/<channel>/images"
    )
    parser.add_argument("--stress", action="store_true", help="with black borders as well")
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
    several = bool(a.data or a.sets)
    if several == (a.folder is not None) or (a.folder is None) != (a.modality is None):
        parser.error("give either --data and --sets, or --folder with --modality")
    if (a.tune or a.record) and not a.data:
        parser.error("--tune and --record need --data")
    if a.tune or a.record or a.card or a.check:
        if a.checkpoint is not None or not several:
            parser.error("--tune, --record, --card and --check are for --models with a data set")
        if a.split != "test":
            parser.error("--tune, --record, --card and --check go with the test split")
    return a


def open_segmenter(a: argparse.Namespace) -> Segmenter:
    """What `--models`, `--checkpoint` and `--size` ask for."""
    if a.checkpoint is None:
        return from_models(a.models, a.threads)
    contract = a.size if a.models is None else contract_of(manifests.read(a.models))
    return from_checkpoint(a.checkpoint, contract)


def open_pairs(a: argparse.Namespace, segmenter: Segmenter) -> tuple[list[Pair], list[Pair]]:
    """The pairs of the split, and those of the sets, of the channels that the model has."""
    if a.folder is not None:
        return read_folder_pair(a.folder, a.modality), []
    read = read_all(a.data, a.split), [pair for root in a.sets for pair in read_sets(root)]
    known = segmenter.contract.channels
    for name in sorted({p.modality for pairs in read for p in pairs} - set(known)):
        logging.warning("left out: the model has no channel %s", name)
    split, sets = ([pair for pair in pairs if pair.modality in known] for pairs in read)
    return split, sets


def stressed(segmenter: Segmenter, pairs: list[Pair], scores: list[Score]) -> list[Score]:
    """Results within black borders of some pictures that have something to find."""
    drawn = [pair for pair, s in zip(pairs, scores, strict=True) if not s.normal]
    groups: dict[tuple[str, str], list[Pair]] = {}
    for pair in drawn:
        groups.setdefault((pair.dataset, pair.modality), []).append(pair)
    picked = []
    for own in groups.values():
        count = min(STRESS_PICTURES, len(own))
        picked += [own[i] for i in np.linspace(0, len(own) - 1, count).round().astype(int)]
    return list(score_all(segmenter, picked, STRESS_BORDER))


def main(argv: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    a = parse(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(a.threads)
    segmenter = open_segmenter(a)
    if a.tune:
        store_thresholds(a.models, tune(segmenter, read_all(a.data, "val")))
        segmenter = open_segmenter(a)
    pairs, sets = open_pairs(a, segmenter)
    unknown = {pair.modality for pair in pairs} - set(segmenter.contract.channels)
    if not (pairs or sets) or unknown:
        logging.error("%s", f"the model has no channel {unknown}" if unknown else "no images")
        return 2
    scores = list(score_all(segmenter, pairs))
    elsewhere = list(score_all(segmenter, sets))
    stress = stressed(segmenter, pairs + sets, scores + elsewhere) if a.stress else []
    summary = summarise(scores)
    thresholds = {name: rules.threshold for name, rules in segmenter.contract.channels.items()}
    lines = table(summary, thresholds) if scores else []
    kinds = {"test split": scores, "sets": elsewhere, "with a black border": stress}
    more = block(scores + elsewhere + stress, kinds) if a.sets or a.stress else []
    logging.info("%s", "\n".join([*lines, "", *more]))
    logging.info("median of one run on %d threads: %.3f s", a.threads, latency(segmenter))
    if a.output is not None:
        write_results(a, segmenter, [*zip(pairs, scores, strict=True)], elsewhere + stress)
    if a.record:
        record(a.models, summary)
    if a.card is not None:
        if lines:
            write_card(a.card, lines)
        if more:
            write_block(a.card, more)
    if a.check is not None:
        found = (
            differences(a.check, lines) + manifest_differences(a.models, summary) if lines else []
        )
        found += block_differences(a.check, more) if more else []
        for line in found:
            logging.error("differs: %s", line)
        return 1 if found else 0
    return 0


def write_results(
    a: argparse.Namespace, segmenter: Segmenter, split: list[tuple[Pair, Score]], more: list[Score]
) -> None:
    """CSV, summary and plots."""
    if split:
        name = a.split if a.folder is None else a.modality
        scores = [score for _, score in split]
        write_scores(a.output, name, scores, summarise(scores))
        drawn = [(pair, score) for pair, score in split if not score.normal]
        box_plot([score for _, score in drawn], a.output / f"{name}-box.png")
        worst_sheet(segmenter, *map(list, zip(*drawn, strict=True)), a.output / f"{name}-worst.png")
    if more:
        scores = [*(score for _, score in split), *more]
        write_scores(a.output, "sets", scores, {})
        sets_plot(scores, a.output / "sets-box.png")
        if any(score.predicted_dice is not None for score in scores):
            quality_plot(scores, a.output / "quality.png")


if __name__ == "__main__":
    sys.exit(main())
