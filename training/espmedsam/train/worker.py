"""A second process that computes gradients for its share of each batch.

Two processes of one thread each meet once a step. Two threads in one process would meet at every
operation, which on a machine that does other work as well costs half of the time.
"""

from collections.abc import Sequence
from multiprocessing.connection import Connection

import torch
import torch.multiprocessing as mp
from torch import nn

from espmedsam.config import TrainConfig
from espmedsam.source import Batch, BatchSource
from espmedsam.train.objectives import Objective


def accumulate(objective: Objective, batch: Batch, share: float) -> dict[str, float]:
    """Adds the gradients of a batch, weighted by its share of the whole, to the model's."""
    with torch.autocast(batch[0].device.type, torch.bfloat16, enabled=objective.bfloat16):
        losses = objective(batch)
    (share * sum(losses.values())).backward()
    return {name: loss.item() for name, loss in losses.items()}


def trainable(model: nn.Module) -> list[nn.Parameter]:
    """The parameters that learn."""
    return [p for p in model.parameters() if p.requires_grad]


def serve(
    config: TrainConfig,
    channels: Sequence[str],
    objective: Objective,
    gradients: list[torch.Tensor],
    pipe: Connection,
) -> None:
    """Runs in the second process: receives step numbers, answers with losses; None ends it."""
    torch.set_num_threads(1)
    source = BatchSource(config, channels, 1)
    for buffer in objective.model.buffers():
        # Running statistics are the first process's to keep; here they would race with it.
        buffer.data = buffer.data.clone()
    for parameter, gradient in zip(trainable(objective.model), gradients, strict=True):
        parameter.grad = gradient
    step = pipe.recv()
    while step is not None:
        for gradient in gradients:
            gradient.zero_()
        pipe.send(accumulate(objective, source.batch(step), source.share(step)))
        step = pipe.recv()


class Worker:
    """The handle of a second process; parameters and gradients are shared memory."""

    def __init__(self, config: TrainConfig, channels: Sequence[str], objective: Objective) -> None:
        for parameter in objective.parameters():
            parameter.share_memory_()
        self.parameters = trainable(objective.model)
        self.gradients = [torch.zeros_like(p).share_memory_() for p in self.parameters]
        context = mp.get_context("spawn")
        self.pipe, other = context.Pipe()
        arguments = (config, channels, objective, self.gradients, other)
        self.process = context.Process(target=serve, args=arguments, daemon=True)
        self.process.start()

    def begin(self, step: int) -> None:
        """Starts a step in the other process."""
        self.pipe.send(step)

    def finish(self) -> dict[str, float]:
        """Waits for the step and adds the other process's gradients to the model's."""
        losses = self.pipe.recv()
        for parameter, gradient in zip(self.parameters, self.gradients, strict=True):
            if parameter.grad is None:
                parameter.grad = gradient.clone()
            else:
                parameter.grad.add_(gradient)
        return losses

    def close(self) -> None:
        """Ends the other process."""
        self.pipe.send(None)
        self.process.join(timeout=60)
