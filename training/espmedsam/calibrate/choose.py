"""The choice of a channel's threshold, crop, presence and clean rules."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from espmedsam.calibrate.samples import Sample, copied
from espmedsam.clean import CleanRule
from espmedsam.crop import content_box, whole
from espmedsam.data import Pair
from espmedsam.evaluate.scores import ALARM
from espmedsam.evaluate.thresholds import best_threshold, dice_by_threshold
from espmedsam.metrics import dice, hausdorff95
from espmedsam.segmenter import ChannelRules, PresenceRule, Segmenter, segmentation_of

CROP_PICTURES = 12
"""Pictures that are tried with a black border."""
CROP_LOSS = 0.005
"""Mean Dice that cropping may cost over all pictures of the data."""
PRESENCE_THRESHOLDS = tuple(round(0.05 * i, 2) for i in range(1, 20))
ALARM_COST = 0.5
"""Mean Dice that would be given to have no false alarm instead of one in every picture."""
CLEAN_GAIN = 0.0005
"""Mean score by which cleaning must be better than none."""
ISLANDS = (0.0, 0.0005, 0.002)
OF_LARGEST = (0.0, 0.1, 0.3)
HOLES = (0.0, 0.002, 0.01)


def mean_dice(samples: Sequence[Sample], rules: ChannelRules) -> float:
    """Mean Dice by a channel's rules, of pictures that have something to find."""
    return float(
        np.mean([dice(segmentation_of(s.answer, rules).mask, s.reference) for s in samples])
    )


def choose_crop(segmenter: Segmenter, pairs: list[Pair], name: str) -> bool:
    """Whether black borders of a channel's pictures are cut off.

    They are when that helps pictures within a black border and costs those of the data next to
    nothing as a whole.
    """
    if segmenter.contract.crop is None:
        raise ValueError("the contract has no crop rule to try")
    contract = segmenter.contract
    with_crop, without = (
        replace(segmenter, contract=contract.with_channel(name, crop=crop))
        for crop in (True, False)
    )
    marked = [pair for pair in pairs if pair.mask().any()]
    images = [(pair, pair.image()) for pair in marked]
    changed = [p for p, rgb in images if content_box(rgb, contract.crop) != whole(rgb)]
    results = {}
    for kind, chosen in (("bordered", marked), ("own", changed)):
        results[kind] = [
            mean_dice(list(copied(s, chosen, name, kind, CROP_PICTURES)), s.contract.channels[name])
            if chosen
            else 0.0
            for s in (with_crop, without)
        ]
    gain, change = (results[kind][0] - results[kind][1] for kind in ("bordered", "own"))
    # Over all pictures: those that have no border stay as they are.
    loss = change * len(changed) / len(marked)
    crop = gain > 0 and loss >= -CROP_LOSS
    logging.info(
        "%s: crop %s, %+.3f within black, %+.3f on %d of %d pictures that it changes",
        name,
        crop,
        gain,
        change,
        len(changed),
        len(marked),
    )
    return crop


def choose_threshold(samples: list[Sample], name: str) -> float:
    """The threshold with the best mean Dice; 0.5 unless clearly beaten."""
    marked = [s for s in samples if not s.normal]
    total = np.sum([dice_by_threshold(s.answer, s.reference) for s in marked], axis=0)
    return best_threshold(name, total, len(marked))


def choose_presence(
    samples: list[Sample], rules: ChannelRules, output: str, name: str
) -> PresenceRule | None:
    """The rule that costs the least Dice for the false alarms it prevents; none if none helps.

    A false alarm in every normal picture weighs as much as `ALARM_COST` of mean Dice.
    """
    found = [segmentation_of(s.answer, rules).mask for s in samples]
    probability = np.array([1 / (1 + np.exp(-s.answer.peaks[output])) for s in samples])
    normal = np.array([s.normal for s in samples])
    alarm = np.array([mask.mean() > ALARM for mask in found])
    # Real pictures without a lesion and parts of others count alike, however many there are.
    groups = [normal & np.array([s.kind == kind for s in samples]) for kind in ("own", "free")]
    groups = [group for group in groups if group.any()]
    score = np.array([dice(mask, s.reference) for mask, s in zip(found, samples, strict=True)])

    def worth(threshold: float) -> tuple[float, float, float]:
        kept = probability >= threshold
        alarms = float(np.mean([(alarm & kept)[group].mean() for group in groups]))
        lesions = float((score * kept)[~normal].mean())
        return lesions - ALARM_COST * alarms, lesions, alarms

    best = max(PRESENCE_THRESHOLDS, key=lambda threshold: worth(threshold)[0])
    before, after = worth(0.0), worth(best)
    logging.info(
        "%s: presence %.2f of %s, Dice %.3f (%.3f without), false alarms %.2f (%.2f)",
        name,
        best,
        output,
        after[1],
        before[1],
        after[2],
        before[2],
    )
    return PresenceRule(output, best) if after[0] > before[0] else None


def choose_clean(samples: list[Sample], rules: ChannelRules, name: str) -> CleanRule | None:
    """The rule with the best mean of Dice less a tenth of HD95 over the diagonal, or none."""
    marked = [s for s in samples if not s.normal]

    # Most rules leave most masks alike.
    known: list[dict[bytes, float]] = [{} for _ in marked]

    def score(rule: CleanRule) -> float:
        cleaned = replace(rules, clean=rule)
        values = []
        for s, seen in zip(marked, known, strict=True):
            mask = segmentation_of(s.answer, cleaned).mask
            key = np.packbits(mask).tobytes()
            if key not in seen:
                distance = hausdorff95(mask, s.reference) / np.hypot(*mask.shape)
                seen[key] = dice(mask, s.reference) - 0.1 * distance
            values.append(seen[key])
        return float(np.mean(values))

    candidates = [CleanRule(*numbers) for numbers in product(ISLANDS, OF_LARGEST, HOLES)]
    scores = [score(rule) for rule in candidates]
    best = candidates[int(np.argmax(scores))]
    gain = max(scores) - scores[0]
    logging.info("%s: clean %s, score %+.4f", name, best, gain)
    return best if gain > CLEAN_GAIN else None
