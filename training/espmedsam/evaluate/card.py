"""The table of results in the model card: written from an evaluation, or compared with one."""

import re
from pathlib import Path

from espmedsam import manifest as manifests
from espmedsam.evaluate.scores import Summary

HEADER = (
    "| channel | n | mean Dice (95 % interval) | median Dice | mean IoU (95 % interval) "
    "| mean HD95 (95 % interval), pixels | median HD95 | Dice below 0.5 | threshold |"
)
FIRST_CELL = "| channel | n |"
"""How the table's first line starts, whatever columns it has."""
SLACK = 0.0021
"""By which a share may differ: another processor may round another way, and the table rounds."""
RELATIVE_SLACK = 0.01
"""The same for distances, of their value."""


class CardError(RuntimeError):
    """The card has no table of results, or more than one."""


def table(summary: dict[str, Summary], thresholds: dict[str, float]) -> list[str]:
    """The lines of the Markdown table."""
    lines = [HEADER, "|" + "---|" * (HEADER.count("|") - 1)]
    for name, s in summary.items():
        cells = (
            name,
            s.n,
            f"{s.dice.mean:.3f} ({s.dice.low:.3f} to {s.dice.high:.3f})",
            f"{s.dice.median:.3f}",
            f"{s.iou.mean:.3f} ({s.iou.low:.3f} to {s.iou.high:.3f})",
            f"{s.hd95.mean:.1f} ({s.hd95.low:.1f} to {s.hd95.high:.1f})",
            f"{s.hd95.median:.1f}",
            f"{s.below_half} of {s.n}",
            f"{thresholds[name]:.2f}",
        )
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return lines


def find_table(lines: list[str]) -> slice:
    """Where in a card the table of results stands."""
    starts = [i for i, line in enumerate(lines) if line.startswith(FIRST_CELL)]
    if len(starts) != 1:
        raise CardError(f"{len(starts)} tables start with {FIRST_CELL!r}, one is needed")
    end = starts[0]
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return slice(starts[0], end)


def write_card(card: Path, new: list[str]) -> None:
    """Puts the table in the place of the card's own."""
    lines = card.read_text().splitlines()
    lines[find_table(lines)] = new
    card.write_text("\n".join(lines) + "\n")


def differences(card: Path, new: list[str]) -> list[str]:
    """What the card's table says that an evaluation does not; empty when they agree."""
    lines = card.read_text().splitlines()
    old = lines[find_table(lines)]
    if old[0] != new[0] or len(old) != len(new):
        return [f"the table has other columns or rows: {old[0]}"]
    names = [cell.strip() for cell in HEADER.strip("|").split("|")]
    found = []
    for before, after in zip(old[2:], new[2:], strict=True):
        cells = zip(before.strip("|").split("|"), after.strip("|").split("|"), strict=True)
        for name, (stated, measured) in zip(names, cells, strict=True):
            if not same(stated, measured, distance="HD95" in name):
                channel = after.split("|")[1].strip()
                found.append(f"{channel}, {name}: {stated.strip()} stated, {measured.strip()}")
    return found


def same(stated: str, measured: str, distance: bool) -> bool:
    """Whether two cells say the same: words and whole numbers exactly, the rest within slack."""
    number = r"\d+\.\d+"
    if re.sub(number, "", stated).split() != re.sub(number, "", measured).split():
        return False
    pairs = zip(re.findall(number, stated), re.findall(number, measured), strict=True)
    return all(
        abs(float(a) - float(b)) <= (max(0.11, RELATIVE_SLACK * float(a)) if distance else SLACK)
        for a, b in pairs
    )


def manifest_differences(models: Path, summary: dict[str, Summary]) -> list[str]:
    """What the manifest's `testDice` says that an evaluation does not."""
    stated = manifests.read(models)["training"].get("testDice", {})
    if set(stated) != set(summary):
        return [f"the manifest states {sorted(stated)}, measured were {sorted(summary)}"]
    return [
        f"{name}, manifest: {stated[name]['mean']} stated, {s.dice.mean:.4f}"
        for name, s in summary.items()
        if stated[name]["n"] != s.n or abs(stated[name]["mean"] - s.dice.mean) > SLACK
    ]


def record(models: Path, summary: dict[str, Summary]) -> None:
    """Writes the test split's Dice into the manifest."""
    manifest = manifests.read(models)
    manifest["training"]["testDice"] = {
        name: {
            "mean": round(s.dice.mean, 4),
            "low": round(s.dice.low, 4),
            "high": round(s.dice.high, 4),
            "n": s.n,
        }
        for name, s in summary.items()
    }
    manifests.write(models, manifest)
