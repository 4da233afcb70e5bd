"""The running average of a model's weights: what is validated, exported and handed on."""

import torch
from torch import Tensor, nn


@torch.no_grad()
def update_average(average: dict[str, Tensor], model: nn.Module, decay: float, step: int) -> None:
    """Moves the averaged weights towards the model's; faster in the first steps."""
    decay = min(decay, (1 + step) / (10 + step))
    current = model.state_dict()
    floats = [key for key, value in average.items() if value.is_floating_point()]
    torch._foreach_lerp_([average[k] for k in floats], [current[k] for k in floats], 1 - decay)
