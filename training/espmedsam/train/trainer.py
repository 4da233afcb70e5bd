"""The loop that all stages share.

Step t uses data that depend on the seed and t only, so a run that was stopped goes on from its
last checkpoint exactly as if it had not been.
"""

import copy
import logging

import torch
from torch import nn

from espmedsam import checkpoint
from espmedsam.config import ConfigError, TrainConfig
from espmedsam.data import Pair
from espmedsam.onnx_weights import STATISTICS_BATCHES, measure_batchnorm
from espmedsam.source import Batch, BatchSource, pairs_of
from espmedsam.train.averaging import update_average
from espmedsam.train.curves import Curves
from espmedsam.train.learnable import drop_other_rows, freeze_others
from espmedsam.train.optimiser import make_optimiser
from espmedsam.train.schedule import learning_rate
from espmedsam.train.stages import build, set_mode
from espmedsam.train.validation import limited
from espmedsam.train.worker import Worker, accumulate


class Trainer:
    """A run: model, averaged weights, optimiser and the step they are at.

    Goes on from `last.pt` of the run folder if there is one. Raises `ConfigError` if that file is
    of another stage.
    """

    def __init__(self, config: TrainConfig) -> None:
        self.config = config
        torch.set_num_threads(config.threads if config.workers == 1 else 1)
        self.stage = build(config)
        self.objective = self.stage.objective
        self.objective.bfloat16 = config.bfloat16
        self.objective = self.objective.to(config.device, memory_format=torch.channels_last)
        self.model: nn.Module = self.objective.model
        freeze_others(self.model, self.stage.learnable)
        self.source = BatchSource(config, self.stage.channels)
        self.path = config.output / "last.pt"
        if not self.path.exists():
            self.restore_statistics()
        self.average = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.optimiser = make_optimiser(self.stage, config)
        self.step = 0
        config.output.mkdir(parents=True, exist_ok=True)
        if self.path.exists():
            self.resume()

    def restore_statistics(self) -> None:
        """BatchNorm's, if it will learn and the start is an exported file, which has none."""
        initial = self.config.initial
        if initial is None or not checkpoint.is_exported(initial) or self.stage.modality_only:
            return
        steps = range(min(STATISTICS_BATCHES, self.config.steps))
        batches = (self.to_device(self.source.batch(step)) for step in steps)
        measure_batchnorm(self.model, ((image, modality) for image, modality, _ in batches))

    def resume(self) -> None:
        state = checkpoint.load(self.path)
        if state["stage"] != self.config.stage:
            raise ConfigError(f"{self.path} is of stage {state['stage']}, not {self.config.stage}")
        self.model.load_state_dict(state["model"])
        self.average = {k: v.to(self.config.device) for k, v in state["ema"].items()}
        self.optimiser.load_state_dict(state["optimiser"])
        self.step = state["step"]
        logging.info("resumed at step %d", self.step)

    def save(self) -> None:
        state = {
            "stage": self.config.stage,
            "channels": list(self.stage.channels),
            "prompt": getattr(self.model, "prompt", "hard"),
            "model": self.model.state_dict(),
            "ema": self.average,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
        }
        checkpoint.save(self.path, state | self.stage.extra)

    def averaged_model(self) -> nn.Module:
        """A copy in eval mode with the averaged weights."""
        model = copy.deepcopy(self.model)
        model.load_state_dict(self.average)
        return model.eval()

    def prepare(self) -> float:
        """Sets and returns the learning rate of the step; sets the mode of the model's parts."""
        rate = learning_rate(self.config, self.step, self.source.images)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        set_mode(self.stage, self.config.freeze_statistics)
        return rate

    def to_device(self, batch: Batch) -> Batch:
        images, modality, masks = (tensor.to(self.config.device) for tensor in batch)
        return images, modality, masks

    def gradients(self, worker: Worker | None) -> dict[str, float]:
        """The step's gradients of all workers, and the losses."""
        if worker is not None:
            worker.begin(self.step)
        share = self.source.share(self.step)
        losses = accumulate(self.objective, self.to_device(self.source.batch(self.step)), share)
        if worker is not None:
            theirs = worker.finish()
            losses = {k: share * v + (1 - share) * theirs[k] for k, v in losses.items()}
        drop_other_rows(self.model, self.stage.learnable)
        return losses

    def train_step(self, worker: Worker | None = None) -> tuple[float, dict[str, float]]:
        """One update; returns the learning rate and the losses before it."""
        rate = self.prepare()
        losses = self.gradients(worker)
        if self.config.clip is not None:
            nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        update_average(self.average, self.model, self.config.ema, self.step)
        return rate, losses

    def run(self, until: int | None = None, tensorboard: bool = False) -> None:
        """Trains to the end, or until a step, and saves."""
        config = self.config
        last = min(until or config.steps, config.steps)
        # The second process takes over the mode that the parts are in.
        set_mode(self.stage, self.config.freeze_statistics)
        channels = self.stage.channels
        worker = Worker(config, channels, self.objective) if config.workers == 2 else None
        # The data may hold more modalities than the model knows.
        pairs = [pair for pair in pairs_of(config, "val") if pair.modality in self.source.index]
        validation = limited(pairs, config.validation_limit)
        with Curves(config.output, self.step, last, config.log_every, tensorboard) as curves:
            while self.step < last:
                rate, losses = self.train_step(worker)
                curves.loss(self.step, rate, losses)
                if self.step % config.checkpoint_every == 0 or self.step == last:
                    self.save()
                if self.step % config.validate_every == 0 or self.step == config.steps:
                    self.validate(curves, validation)
        if worker is not None:
            worker.close()

    def validate(self, curves: Curves, pairs: list[Pair]) -> None:
        """Measures the averaged model at the size of the last step."""
        size = self.config.phase_at(self.step - 1)[0].size
        curves.validation(self.step, size, self.stage.validate(self.averaged_model(), pairs, size))
