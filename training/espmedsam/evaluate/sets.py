"""Tables over sets of pictures: how a model does elsewhere, and whether it knows.

Each set of each channel is a line; pictures without anything to find count as false alarms or not,
and say nothing about Dice. A bad mask is one with a Dice below 0.5, or a false alarm.
"""

from collections.abc import Iterable

import numpy as np

from espmedsam.evaluate.scores import ALARM, Score, channels_of, interval

SETS_HEADER = (
    "| set | channel | n | mean Dice (95 % interval) | median Dice | Dice below 0.5 "
    "| mean HD95, pixels | false alarms | flagged for review | bad masks flagged |"
)
QUALITY_HEADER = (
    "| channel | pictures | masks | bad | AUC for a bad mask | Dice reaches its bound "
    "| mean error of predicted Dice |"
)
NOTHING = "–"


def name_of(score: Score) -> str:
    """The set of a result; a border put around its pictures makes it another one."""
    return f"{score.dataset}{f', black border {score.border:.0%}' if score.border else ''}"


def groups(scores: Iterable[Score]) -> dict[tuple[str, str], list[Score]]:
    """The results by set and channel, in the order of their first picture."""
    found: dict[tuple[str, str], list[Score]] = {}
    for one in scores:
        found.setdefault((name_of(one), one.modality), []).append(one)
    return found


def share_of(part: int, whole: int) -> str:
    """`3 of 20`, or a dash of nothing."""
    return f"{part} of {whole}" if whole else NOTHING


def sets_table(scores: list[Score]) -> list[str]:
    """The lines of the Markdown table, one for each set and channel."""
    lines = [SETS_HEADER, rule(SETS_HEADER)]
    for (name, channel), own in groups(scores).items():
        drawn = [s for s in own if not s.normal]
        alarming = own if own[0].border else [s for s in own if s.normal]
        judged = [s for s in own if s.review is not None]
        bad = [s for s in judged if s.bad]
        dice = interval([s.dice for s in drawn]) if drawn else None
        cells = (
            name,
            channel,
            len(own),
            f"{dice.mean:.3f} ({dice.low:.3f} to {dice.high:.3f})" if dice else NOTHING,
            f"{dice.median:.3f}" if dice else NOTHING,
            share_of(sum(s.dice < 0.5 for s in drawn), len(drawn)),
            f"{np.mean([s.hd95 for s in drawn]):.1f}" if drawn else NOTHING,
            share_of(sum(s.false_alarm for s in alarming), len(alarming)),
            share_of(sum(bool(s.review) for s in judged), len(judged)),
            share_of(sum(bool(s.review) for s in bad), len(bad)),
        )
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return lines


def auc(bad: list[float], good: list[float]) -> float | None:
    """Probability that a bad mask's prediction is below a good one's; none without both."""
    if not bad or not good:
        return None
    below = np.asarray(bad)[:, None], np.asarray(good)[None]
    return float(((below[0] < below[1]) + 0.5 * (below[0] == below[1])).mean())


def quality_table(named: dict[str, list[Score]]) -> list[str]:
    """How well predicted Dice tells bad masks from good, by channel and kind of pictures.

    The bound is asked of masks of pictures that have something to find. Empty when no channel has
    a quality rule.
    """
    lines = []
    for channel in channels_of([s for scores in named.values() for s in scores]):
        for name, scores in named.items():
            own = [s for s in scores if s.modality == channel and s.predicted_dice is not None]
            if not own:
                continue
            bad = [s.predicted_dice for s in own if s.bad]
            area = auc(bad, [s.predicted_dice for s in own if not s.bad])
            masks = [s for s in own if s.predicted_share > 0 and not s.normal]
            errors = [abs(s.predicted_dice - s.dice) for s in masks]
            cells = (
                channel,
                name,
                len(own),
                len(bad),
                NOTHING if area is None else f"{area:.3f}",
                share_of(sum(s.dice >= s.lower for s in masks), len(masks)),
                f"{np.mean(errors):.3f}" if errors else NOTHING,
            )
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    return [QUALITY_HEADER, rule(QUALITY_HEADER), *lines] if lines else []


def rule(header: str) -> str:
    """The line below a table's header."""
    return "|" + "---|" * (header.count("|") - 1)


def block(scores: list[Score], kinds: dict[str, list[Score]]) -> list[str]:
    """What stands between the card's markers: both tables and how to read them."""
    quality = quality_table(kinds)
    between = ["", *quality] if quality else []
    return [
        f"A false alarm is a mask over {ALARM:.0%} of the picture where nothing is: in a picture",
        "without anything to find or, in the lines with a border, in that black. A bad mask has a",
        "Dice below 0.5 or is a false alarm. HD95 in pixels of the picture.",
        "",
        *sets_table(scores),
        *between,
    ]
