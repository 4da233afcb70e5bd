"""A run's curves: `loss.csv` and `validation.csv`, a progress bar, and TensorBoard if wanted."""

import csv
import logging
import time
from pathlib import Path

import numpy as np
from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm


def cut_after(path: Path, step: int) -> None:
    """Removes rows behind a step: a run that goes on from a checkpoint writes them anew."""
    if not path.exists():
        return
    with path.open(newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index("step")
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *(row for row in rows if int(row[at]) <= step)])


class Curves:
    """What a run tells of itself; a context that owns the bar and the open files."""

    def __init__(
        self, directory: Path, step: int, steps: int, every: int, tensorboard: bool
    ) -> None:
        self.directory = directory
        self.every = every
        self.losses: list[dict[str, float]] = []
        for name in ("loss.csv", "validation.csv"):
            cut_after(directory / name, step)
        self.redirect = logging_redirect_tqdm()
        # A bar on a terminal only; a log file gets the lines.
        self.bar = tqdm(total=steps, initial=step, unit="step", disable=None, dynamic_ncols=True)
        self.board = None
        if tensorboard:
            from torch.utils.tensorboard import SummaryWriter

            self.board = SummaryWriter(directory / "tensorboard", purge_step=step + 1)
        self.started = time.monotonic()

    def __enter__(self) -> "Curves":
        self.redirect.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.bar.close()
        if self.board is not None:
            self.board.close()
        self.redirect.__exit__(None, None, None)

    def write(self, name: str, row: dict[str, object]) -> None:
        """Appends a row to `<name>.csv`, and its numbers to TensorBoard."""
        path = self.directory / f"{name}.csv"
        new = not path.exists()
        with path.open("a", newline="") as file:
            writer = csv.DictWriter(file, list(row))
            if new:
                writer.writeheader()
            writer.writerow(row)
        if self.board is not None:
            for key, value in row.items():
                self.board.add_scalar(f"{name}/{key}", float(str(value)), int(str(row["step"])))
        logging.info("%s %s", name, " ".join(f"{k}={v}" for k, v in row.items()))

    def loss(self, step: int, rate: float, losses: dict[str, float]) -> None:
        """Notes a step's losses; every so many steps their means become a row."""
        self.losses.append(losses)
        self.bar.set_postfix({k: f"{v:.4f}" for k, v in losses.items()}, refresh=False)
        self.bar.update()
        if step % self.every == 0:
            means = {k: np.mean([entry[k] for entry in self.losses]) for k in losses}
            seconds = (time.monotonic() - self.started) / len(self.losses)
            row: dict[str, object] = {"step": step, "lr": f"{rate:.3g}"}
            row |= {k: f"{v:.5f}" for k, v in means.items()}
            self.write("loss", row | {"seconds_per_step": f"{seconds:.3f}"})
            self.losses, self.started = [], time.monotonic()

    def validation(self, step: int, size: int, figures: dict[str, float]) -> None:
        """A row of what was measured on the validation split at an input size."""
        row: dict[str, object] = {"step": step, "size": size}
        self.write("validation", row | {k: f"{v:.4f}" for k, v in figures.items()})
        self.started = time.monotonic()
