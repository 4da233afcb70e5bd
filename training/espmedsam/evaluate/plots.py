"""Pictures of a result: the spread of each channel, and where it failed most."""

from pathlib import Path

import cv2
import matplotlib
import numpy as np
from matplotlib.figure import Figure

from espmedsam.data import Pair
from espmedsam.evaluate.scores import Score, channels_of
from espmedsam.evaluate.sets import groups
from espmedsam.overlay import CELL, outlined
from espmedsam.segmenter import Segmenter

matplotlib.use("Agg")
WORST = 10


def box_plot(scores: list[Score], path: Path) -> None:
    """Dice and HD95 of every image as boxes with points, by channel, as a PNG."""
    names = channels_of(scores)
    figure = Figure(figsize=(11, 4.5), layout="constrained")
    rng = np.random.default_rng(0)
    for axes, key, label in zip(
        figure.subplots(1, 2), ("dice", "hd95"), ("Dice", "HD95, pixels"), strict=True
    ):
        columns = [[getattr(s, key) for s in scores if s.modality == name] for name in names]
        axes.boxplot(columns, tick_labels=names, showfliers=False, medianprops={"color": "black"})
        for i, values in enumerate(columns, start=1):
            places = i + rng.uniform(-0.15, 0.15, len(values))
            axes.scatter(places, values, s=6, alpha=0.4, linewidths=0)
        axes.set_ylabel(label)
        axes.tick_params(axis="x", rotation=25)
        axes.grid(axis="y", alpha=0.3)
    figure.axes[0].set_ylim(-0.02, 1.02)
    # The logarithm, because a missed object counts as the image's diagonal.
    figure.axes[1].set_yscale("symlog", linthresh=10)
    figure.axes[1].set_ylim(bottom=0)
    figure.savefig(path, dpi=110)


def sets_plot(scores: list[Score], path: Path) -> None:
    """Dice of every image with something to find as boxes, a line for each set, as a PNG."""
    sets = groups(score for score in scores if not score.normal)
    figure = Figure(figsize=(8, 1.2 + 0.3 * len(sets)), layout="constrained")
    axes = figure.subplots()
    labels = [f"{name} ({channel}, {len(own)})" for (name, channel), own in sets.items()]
    columns = [[score.dice for score in own] for own in sets.values()]
    axes.boxplot(
        columns,
        orientation="horizontal",
        tick_labels=labels,
        flierprops={"markersize": 2},
        medianprops={"color": "black"},
    )
    axes.invert_yaxis()
    axes.set_xlim(-0.02, 1.02)
    axes.set_xlabel("Dice")
    axes.grid(axis="x", alpha=0.3)
    figure.savefig(path, dpi=110)


def quality_plot(scores: list[Score], path: Path) -> None:
    """Predicted against measured Dice of every image, a panel for each channel, as a PNG.

    Masks of pictures without anything to find are crosses at 0, empty masks are left out.
    """
    shown = [s for s in scores if s.predicted_dice is not None and s.predicted_share > 0]
    names = channels_of(shown)
    figure = Figure(figsize=(2.6 * len(names), 2.9), layout="constrained")
    for axes, name in zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True):
        own = [s for s in shown if s.modality == name]
        for kind, sign in ((False, "."), (True, "x")):
            points = [(s.predicted_dice, s.dice) for s in own if s.normal == kind]
            axes.plot(*np.array(points).reshape(-1, 2).T, sign, markersize=4, alpha=0.5)
        axes.plot((0, 1), (0, 1), color="grey", linewidth=0.8)
        axes.set(title=name, xlim=(0, 1), ylim=(-0.02, 1.02), xlabel="predicted Dice")
    figure.axes[0].set_ylabel("Dice")
    figure.savefig(path, dpi=110)


def worst_sheet(segmenter: Segmenter, pairs: list[Pair], scores: list[Score], path: Path) -> None:
    """A row per channel of its ten images with the least Dice, worst first, as a PNG."""
    rows = []
    for name in channels_of(scores):
        own = [i for i, s in enumerate(scores) if s.modality == name]
        cells = []
        for i in sorted(own, key=lambda i: scores[i].dice)[:WORST]:
            image, reference = pairs[i].image(), pairs[i].mask() > 127
            cells.append(outlined(image, reference, segmenter.mask(image, name)))
        blank = np.zeros((CELL, CELL * (WORST - len(cells)), 3), np.uint8)
        rows.append(np.concatenate([*cells, blank], axis=1))
    cv2.imwrite(str(path), cv2.cvtColor(np.concatenate(rows), cv2.COLOR_RGB2BGR))
