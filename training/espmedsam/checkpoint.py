"""Reading and writing of training state."""

import os
from pathlib import Path
from typing import Any

import torch
from torch import nn


def save(path: Path, state: dict[str, Any]) -> None:
    """Writes the state so that a crash leaves either the old file or the new one."""
    temporary = path.with_suffix(".tmp")
    torch.save(state, temporary)
    os.replace(temporary, path)


def load(path: Path) -> dict[str, Any]:
    """Reads a state; only tensors and plain values are accepted."""
    return torch.load(path, map_location="cpu", weights_only=True)


def load_weights(model: nn.Module, path: Path) -> None:
    """Loads the averaged weights of a training checkpoint (or a bare state dict)."""
    state = load(path)
    model.load_state_dict(state.get("ema", state))
