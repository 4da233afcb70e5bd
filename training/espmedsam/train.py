"""`python -m espmedsam.train --config FILE`: end-to-end training on the train split.

Step t uses data that depend on the seed and t only, so a run that was stopped goes on from its
last checkpoint exactly as if it had not been.
"""

import argparse
import csv
import logging
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from espmedsam import checkpoint
from espmedsam.channels import CHANNELS
from espmedsam.config import TrainConfig, read_config
from espmedsam.data import Pair, read_pairs
from espmedsam.metrics import dice
from espmedsam.model import ESPMedSAM
from espmedsam.preprocess import mask_at_source, normalise, resize_image
from espmedsam.source import BatchSource
from espmedsam.worker import Losses, Worker, accumulate


def learning_rate(config: TrainConfig, step: int) -> float:
    """Half cosine from start to end of the phase, times the phase's warm-up."""
    phase, at = config.phase_at(step)
    cosine = 0.5 * (1 + math.cos(math.pi * at / phase.steps))
    rate = phase.lr_end + (phase.lr_start - phase.lr_end) * cosine
    return rate * min(1.0, (at + 1) / phase.warmup) if phase.warmup else rate


def is_controller(name: str) -> bool:
    """Whether a parameter belongs to one modality (`med` in its name, as in the release)."""
    return "med" in name


def make_optimiser(model: nn.Module, config: TrainConfig) -> torch.optim.Optimizer:
    """AdamW; weight decay on matrices and kernels, none on norms, biases, queries and tokens."""
    decayed, plain = [], []
    for name, parameter in model.named_parameters():
        if config.trainable == "controllers" and not is_controller(name):
            parameter.requires_grad_(False)
            continue
        matrix = name.endswith("weight") and "norm" not in name and "query" not in name
        (decayed if matrix and parameter.ndim > 1 else plain).append(parameter)
    # Decay would also shrink the controllers of modalities that are not being trained.
    decay = config.weight_decay if config.trainable == "all" else 0.0
    groups = [
        {"params": decayed, "weight_decay": decay},
        {"params": plain, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.98), fused=True)


@torch.no_grad()
def update_average(average: dict[str, Tensor], model: nn.Module, decay: float, step: int) -> None:
    """Moves the averaged weights towards the model's; faster in the first steps."""
    decay = min(decay, (1 + step) / (10 + step))
    current = model.state_dict()
    floats = [key for key, value in average.items() if value.is_floating_point()]
    torch._foreach_lerp_([average[k] for k in floats], [current[k] for k in floats], 1 - decay)


@torch.no_grad()
def validate(model: ESPMedSAM, pairs: list[Pair], size: int) -> dict[str, float]:
    """Mean Dice per modality at source resolution, threshold 0.5."""
    scores: dict[str, list[float]] = {name: [] for name in CHANNELS}
    for pair in pairs:
        image = normalise(resize_image(pair.image(), size))[None]
        logits, _ = model(image, torch.tensor([pair.channel]))
        reference = pair.mask() > 127
        predicted = mask_at_source(logits[0, 0], *reference.shape, 0.5)
        scores[pair.modality].append(dice(predicted, reference))
    return {name: float(np.mean(values)) for name, values in scores.items() if values}


def limited(pairs: list[Pair], per_modality: int) -> list[Pair]:
    """At most so many pairs of each modality, the first ones."""
    seen = dict.fromkeys(CHANNELS, 0)
    kept = []
    for pair in pairs:
        if seen[pair.modality] < per_modality:
            kept.append(pair)
            seen[pair.modality] += 1
    return kept


class Trainer:
    """A run: model, averaged weights, optimiser and the step they are at."""

    def __init__(self, config: TrainConfig) -> None:
        self.config = config
        torch.set_num_threads(config.threads if config.workers == 1 else 1)
        torch.manual_seed(config.seed)
        self.model = ESPMedSAM().to(memory_format=torch.channels_last)
        if config.initial is not None:
            checkpoint.load_weights(self.model, config.initial)
        self.average = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.optimiser = make_optimiser(self.model, config)
        self.step = 0
        config.output.mkdir(parents=True, exist_ok=True)
        self.path = config.output / "last.pt"
        if self.path.exists():
            self.resume()

    def resume(self) -> None:
        state = checkpoint.load(self.path)
        self.model.load_state_dict(state["model"])
        self.average = state["ema"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.step = state["step"]
        logging.info("resumed at step %d", self.step)

    def save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "ema": self.average,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
        }
        checkpoint.save(self.path, state)

    def averaged_model(self) -> ESPMedSAM:
        model = ESPMedSAM().eval()
        model.load_state_dict(self.average)
        return model

    def prepare(self) -> None:
        """Sets the learning rate of the step and the mode of the network's parts."""
        rate = learning_rate(self.config, self.step)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.model.train()
        if self.config.trainable == "controllers":
            # The shared part stays exactly as it is, its BatchNorm statistics included.
            for module in self.model.modules():
                if isinstance(module, nn.BatchNorm2d):
                    module.eval()

    def train_step(self, source: BatchSource, worker: Worker | None) -> Losses:
        """One update with the gradients of all workers."""
        self.prepare()
        if worker is not None:
            worker.begin(self.step)
        share = source.share(self.step)
        losses = accumulate(self.model, source.batch(self.step), share)
        if worker is not None:
            theirs = worker.finish(self.model)
            mixed = [share * a + (1 - share) * b for a, b in zip(losses, theirs, strict=True)]
            losses = Losses(*mixed)
        nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        update_average(self.average, self.model, self.config.ema, self.step)
        return losses

    def run(self, until: int | None = None) -> None:
        """Trains to the end, or until a step, and saves."""
        last = min(until or self.config.steps, self.config.steps)
        self.prepare()
        worker = Worker(self.config, 1, self.model) if self.config.workers == 2 else None
        source = BatchSource(self.config)
        validation = limited(read_pairs(self.config.data, "val"), self.config.validation_limit)
        log = CurveLog(self.config.output)
        while self.step < last:
            log.loss(self, *self.train_step(source, worker))
            if self.step % self.config.checkpoint_every == 0 or self.step == last:
                self.save()
            if self.step % self.config.validate_every == 0 or self.step == self.config.steps:
                size = self.config.phase_at(self.step - 1)[0].size
                log.validation(self, size, validate(self.averaged_model(), validation, size))
        if worker is not None:
            worker.close()


class CurveLog:
    """Progress lines and two CSV files: `loss.csv` and `validation.csv`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.losses: list[tuple[float, float]] = []
        self.started = time.monotonic()

    def append(self, name: str, row: dict[str, object]) -> None:
        path = self.directory / name
        new = not path.exists()
        with path.open("a", newline="") as file:
            writer = csv.DictWriter(file, list(row))
            if new:
                writer.writeheader()
            writer.writerow(row)

    def loss(self, trainer: Trainer, on_mask: float, on_patch: float) -> None:
        self.losses.append((on_mask, on_patch))
        if trainer.step % 10 == 0:
            mask_mean, patch_mean = np.mean(self.losses, axis=0)
            seconds = (time.monotonic() - self.started) / len(self.losses)
            row = {
                "step": trainer.step,
                "lr": f"{trainer.optimiser.param_groups[0]['lr']:.3g}",
                "mask_loss": f"{mask_mean:.4f}",
                "patch_loss": f"{patch_mean:.4f}",
                "seconds_per_step": f"{seconds:.3f}",
            }
            self.append("loss.csv", row)
            logging.info(" ".join(f"{k}={v}" for k, v in row.items()))
            self.losses, self.started = [], time.monotonic()

    def validation(self, trainer: Trainer, size: int, scores: dict[str, float]) -> None:
        row: dict[str, object] = {"step": trainer.step, "size": size}
        row |= {name: f"{scores.get(name, math.nan):.4f}" for name in CHANNELS}
        self.append("validation.csv", row)
        logging.info("validation " + " ".join(f"{k}={v}" for k, v in row.items()))
        self.started = time.monotonic()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="data folder; overrides the config")
    parser.add_argument("--output", type=Path, help="run folder; overrides the config")
    parser.add_argument("--until", type=int, help="stop after this step; resume by running again")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    Trainer(read_config(arguments.config, arguments.data, arguments.output)).run(arguments.until)


if __name__ == "__main__":
    main()
