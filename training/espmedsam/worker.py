"""A second process that computes gradients for its share of each batch.

Two processes of one thread each meet once a step. Two threads in one process would meet at every
operation, which on a machine that does other work as well costs half of the time.
"""

from multiprocessing.connection import Connection
from typing import NamedTuple

import torch
import torch.multiprocessing as mp

from espmedsam.config import TrainConfig
from espmedsam.losses import total_loss
from espmedsam.model import ESPMedSAM
from espmedsam.source import Batch, BatchSource


class Losses(NamedTuple):
    """Mean losses of a share of a batch."""

    mask: float
    patch: float


def accumulate(model: ESPMedSAM, batch: Batch, share: float) -> Losses:
    """Adds the gradients of a batch, weighted by its share of the whole, to the model's."""
    images, modality, masks = batch
    mask_logits, patch_logits = model(images, modality)
    on_mask, on_patch = total_loss(mask_logits, patch_logits, masks)
    (share * (on_mask + on_patch)).backward()
    return Losses(on_mask.item(), on_patch.item())


def serve(
    config: TrainConfig,
    number: int,
    model: ESPMedSAM,
    gradients: list[torch.Tensor],
    pipe: Connection,
) -> None:
    """Runs in the second process: receives step numbers, answers with losses; None ends it."""
    torch.set_num_threads(1)
    source = BatchSource(config, number)
    for parameter, gradient in zip(trainable(model), gradients, strict=True):
        parameter.grad = gradient
    step = pipe.recv()
    while step is not None:
        for gradient in gradients:
            gradient.zero_()
        batch = source.batch(step)
        pipe.send(accumulate(model, batch, source.share(step)))
        step = pipe.recv()


def trainable(model: ESPMedSAM) -> list[torch.nn.Parameter]:
    """The parameters that learn."""
    return [p for p in model.parameters() if p.requires_grad]


class Worker:
    """The handle of a second process; parameters and gradients are shared memory."""

    def __init__(self, config: TrainConfig, number: int, model: ESPMedSAM) -> None:
        for parameter in model.parameters():
            parameter.share_memory_()
        self.gradients = [torch.zeros_like(p).share_memory_() for p in trainable(model)]
        context = mp.get_context("spawn")
        self.pipe, other = context.Pipe()
        arguments = (config, number, model, self.gradients, other)
        self.process = context.Process(target=serve, args=arguments, daemon=True)
        self.process.start()

    def begin(self, step: int) -> None:
        """Starts a step in the other process."""
        self.pipe.send(step)

    def finish(self, model: ESPMedSAM) -> Losses:
        """Waits for the step and adds the other process's gradients to the model's."""
        losses = self.pipe.recv()
        for parameter, gradient in zip(trainable(model), self.gradients, strict=True):
            if parameter.grad is None:
                parameter.grad = gradient.clone()
            else:
                parameter.grad.add_(gradient)
        return losses

    def close(self) -> None:
        """Ends the other process."""
        self.pipe.send(None)
        self.process.join(timeout=60)
