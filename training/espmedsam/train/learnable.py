"""Which tensors of a model learn, and which rows of those that several modalities share."""

from collections.abc import Callable

import torch
from torch import nn

from espmedsam.model import QUERY, is_controller
from espmedsam.qdmd import query_row

Learnable = dict[str, int | None]
"""Name of a parameter → the only row that learns, or None for all of it."""


def chosen(model: nn.Module, choose: Callable[[str], bool]) -> Learnable:
    """All parameters whose names are chosen, whole."""
    return {name: None for name, _ in model.named_parameters() if choose(name)}


def of_channel(model: nn.Module, channel: int) -> Learnable:
    """One channel's controller and query."""
    learnable: Learnable = dict.fromkeys(chosen(model, is_controller), channel)
    return learnable | {QUERY: query_row(channel)}


def freeze_others(model: nn.Module, learnable: Learnable) -> None:
    """No gradients for parameters that do not learn."""
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name in learnable)


@torch.no_grad()
def drop_other_rows(model: nn.Module, learnable: Learnable) -> None:
    """Zeroes the gradient of the rows that do not learn; Adam then leaves them bit for bit."""
    for name, parameter in model.named_parameters():
        row = learnable.get(name)
        if row is not None and parameter.grad is not None:
            kept = parameter.grad[row].clone()
            parameter.grad.zero_()
            parameter.grad[row] = kept
