"""The tables of results in the model card: written from an evaluation, or compared with one."""

import re
from pathlib import Path

from espmedsam import manifest as manifests
from espmedsam.evaluate.scores import Summary

HEADER = (
    "| channel | n | mean Dice (95 % interval) | median Dice | mean IoU (95 % interval) "
    "| mean HD95 (95 % interval), pixels | median HD95 | Dice below 0.5 | threshold |"
)
FIRST_CELL = "| channel | n |"
"""How the channels' table starts, whatever columns it has."""
MARKS = ("<!-- sets -->", "<!-- end of sets -->")
"""Between these lines of the card stands what `--sets` measures."""
SLACK = 0.0021
"""By which a share may differ: another processor may round another way, and the table rounds."""
RELATIVE_SLACK = 0.01
"""The same for distances, of their value."""


class CardError(RuntimeError):
    """The card has no place for results, or more than one."""


def table(summary: dict[str, Summary], thresholds: dict[str, float]) -> list[str]:
    """The lines of the Markdown table of channels."""
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
    """Where in a card the table of channels stands; raises `CardError`."""
    starts = [i for i, line in enumerate(lines) if line.startswith(FIRST_CELL)]
    if len(starts) != 1:
        raise CardError(f"{len(starts)} tables start with {FIRST_CELL!r}, one is needed")
    end = starts[0]
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return slice(starts[0], end)


def find_block(lines: list[str]) -> slice:
    """Where in a card the lines between the marks stand; raises `CardError`."""
    places = [[i for i, line in enumerate(lines) if line == mark] for mark in MARKS]
    if [len(found) for found in places] != [1, 1] or places[0] >= places[1]:
        raise CardError(f"the lines {MARKS[0]} and {MARKS[1]} are needed once each, in this order")
    return slice(places[0][0] + 1, places[1][0])


def write_card(card: Path, new: list[str]) -> None:
    """Puts the table of channels in the place of the card's own."""
    lines = card.read_text().splitlines()
    lines[find_table(lines)] = new
    card.write_text("\n".join(lines) + "\n")


def write_block(card: Path, new: list[str]) -> None:
    """Puts lines between the card's marks."""
    lines = card.read_text().splitlines()
    lines[find_block(lines)] = ["", *new, ""]
    card.write_text("\n".join(lines) + "\n")


def differences(card: Path, new: list[str]) -> list[str]:
    """What the card's table says that an evaluation does not; empty when they agree."""
    lines = card.read_text().splitlines()
    return table_differences(lines[find_table(lines)], new)


def block_differences(card: Path, new: list[str]) -> list[str]:
    """The same for the tables between the marks."""
    lines = card.read_text().splitlines()
    stated, measured = tables_in(lines[find_block(lines)]), tables_in(new)
    if len(stated) != len(measured):
        return [f"the card has {len(stated)} tables between its marks, measured {len(measured)}"]
    pairs = zip(stated, measured, strict=True)
    return [line for pair in pairs for line in table_differences(*pair)]


def tables_in(lines: list[str]) -> list[list[str]]:
    """The tables of a text."""
    tables: list[list[str]] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if line.startswith("|"):
            if not before.startswith("|"):
                tables.append([])
            tables[-1].append(line)
    return tables


def table_differences(old: list[str], new: list[str]) -> list[str]:
    """What one table says that another does not."""
    if old[0] != new[0] or len(old) != len(new):
        return [f"the table has other columns or rows: {old[0]}"]
    names = [cell.strip() for cell in new[0].strip("|").split("|")]
    found = []
    for before, after in zip(old[2:], new[2:], strict=True):
        cells = zip(before.strip("|").split("|"), after.strip("|").split("|"), strict=True)
        for name, (stated, measured) in zip(names, cells, strict=True):
            if not same(stated, measured, distance="HD95" in name):
                line = after.split("|")[1].strip()
                found.append(f"{line}, {name}: {stated.strip()} stated, {measured.strip()}")
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
