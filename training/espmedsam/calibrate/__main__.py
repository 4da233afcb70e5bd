"""`python -m espmedsam.calibrate`: the manifest's rules, chosen on the validation split.

For each channel of a model directory: whether black borders are cropped, the threshold, the
presence rule, the clean rule and the quality rule, in this order. Everything is chosen on the `val`
pictures of the data folders and on copies of them; test pictures are not read.
"""

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from espmedsam import clean as cleaning
from espmedsam import crop as cropping
from espmedsam import manifest as manifests
from espmedsam import quality as qualities
from espmedsam.calibrate.choose import (
    choose_clean,
    choose_crop,
    choose_presence,
    choose_threshold,
)
from espmedsam.calibrate.samples import Sample, copied, own_samples, spread
from espmedsam.crop import CropRule
from espmedsam.data import Pair, read_all
from espmedsam.evaluate.scores import ALARM
from espmedsam.golden import write_golden
from espmedsam.metrics import dice
from espmedsam.quality.fit import Observation, fit
from espmedsam.segmenter import ChannelRules, Segmenter, from_models, segmentation_of

PRESENCE_OUTPUTS = ("presence_logits", "patch_logits")
"""The outputs that may tell of presence, the better one first."""


def observation(sample: Sample, rules: ChannelRules, name: str) -> Observation:
    """What a channel's rules make of a sample."""
    result = segmentation_of(sample.answer, rules)
    empty = not result.mask.any()
    score = dice(result.mask, sample.reference)
    bad = result.mask.mean() > ALARM if sample.normal else score < 0.5
    return Observation(
        name, sample.fold, result.features, empty, score, bad, sample.kind == "own", sample.normal
    )


def calibrate_channel(
    segmenter: Segmenter, pairs: list[Pair], name: str, copies: int
) -> tuple[ChannelRules, list[Observation]]:
    """The rules of a channel but for its quality, and what that is fitted to."""
    rules = replace(
        segmenter.contract.channels[name], crop=False, presence=None, clean=None, quality=None
    )
    contract = replace(segmenter.contract, crop=CropRule())
    plain = replace(contract, channels=contract.channels | {name: rules})
    segmenter = replace(segmenter, contract=plain)
    rules = replace(rules, crop=choose_crop(segmenter, pairs, name))
    segmenter = replace(segmenter, contract=contract.with_channel(name, crop=rules.crop))
    own = own_samples(segmenter, pairs, name)
    rules = replace(rules, threshold=choose_threshold(own, name))
    samples = [*own, *copied(segmenter, pairs, name, "degraded", copies)]
    if any(sample.normal for sample in own):
        samples += copied(segmenter, pairs, name, "free", copies)
        known = [output for output in PRESENCE_OUTPUTS if output in own[0].answer.peaks]
        asked = [s for s in samples if s.kind != "degraded"]
        rules = replace(rules, presence=choose_presence(asked, rules, known[0], name))
    rules = replace(rules, clean=choose_clean(spread(own, copies), rules, name))
    return rules, [observation(sample, rules, name) for sample in samples]


def entry_with(entry: dict[str, Any], rules: ChannelRules) -> dict[str, Any]:
    """A channel's entry of the manifest with its rules in the place of what was there."""
    kept = {k: v for k, v in entry.items() if k not in ("crop", "presence", "clean", "quality")}
    kept["threshold"] = rules.threshold
    if rules.crop:
        kept["crop"] = True
    if rules.presence is not None:
        kept["presence"] = dict(rules.presence.__dict__)
    if rules.clean is not None:
        kept["clean"] = cleaning.entry_of(rules.clean)
    if rules.quality is not None:
        kept["quality"] = qualities.entry_of(rules.quality)
    return kept


def calibrate(models: Path, data: Sequence[Path], copies: int, threads: int) -> dict[str, Any]:
    """Chooses the rules of all channels that have validation pictures and writes them.

    Returns the manifest. A channel without validation pictures is left as it is.
    """
    segmenter = from_models(models, threads)
    pairs = read_all(data, "val")
    chosen: dict[str, ChannelRules] = {}
    observations: list[Observation] = []
    for name in segmenter.contract.channels:
        own = [pair for pair in pairs if pair.modality == name]
        if not own:
            logging.warning("%s: no validation pictures, left as it is", name)
            continue
        start = time.perf_counter()
        chosen[name], more = calibrate_channel(segmenter, own, name, copies)
        observations += more
        logging.info("%s: %d pictures, %.0f s", name, len(own), time.perf_counter() - start)
    for name, rule in fit(observations, list(chosen)).items():
        chosen[name] = replace(chosen[name], quality=rule)
        logging.info("%s: %s", name, qualities.entry_of(rule))
    manifest = manifests.read(models)
    manifest["input"].pop("crop", None)
    if any(rules.crop for rules in chosen.values()):
        manifest["input"]["crop"] = cropping.entry_of(CropRule())
    manifest["channels"] = [
        entry_with(entry, chosen[entry["name"]]) if entry["name"] in chosen else entry
        for entry in manifest["channels"]
    ]
    manifests.write(models, manifest)
    write_golden(models, manifest)
    return manifest


def main(argv: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="espmedsam.calibrate", description=__doc__)
    parser.add_argument("--models", type=Path, required=True, help="model directory")
    parser.add_argument("--data", type=Path, action="append", required=True, help="data folder")
    parser.add_argument("--copies", type=int, default=60, help="pictures copied of each channel")
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(a.threads)
    calibrate(a.models, a.data, a.copies, a.threads)
    return 0


if __name__ == "__main__":
    sys.exit(main())
