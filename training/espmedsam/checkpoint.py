"""Reading and writing of training state."""

import os
from pathlib import Path
from typing import Any

import torch
from torch import nn

from espmedsam.channels import CHANNELS
from espmedsam.lite_encoder import LITE_SIZE
from espmedsam.model import ESPMedSAM
from espmedsam.onnx_weights import read_onnx
from espmedsam.teacher import Teacher
from espmedsam.vit import ViTShape


class CheckpointError(ValueError):
    """A file is not the kind of checkpoint that is wanted."""


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


def is_exported(path: Path) -> bool:
    """Whether a file of weights is an exported graph and not a checkpoint."""
    return path.suffix == ".onnx"


def options_of(state: dict[str, Any]) -> dict[str, Any]:
    """What the network of a state is made with; a file that does not say has the released one."""
    weights = state.get("ema", state)
    presence = any(key.startswith("presence.") for key in weights)
    return {"prompt": state.get("prompt", "hard"), "presence": presence}


def load_model(path: Path) -> ESPMedSAM:
    """The network of a checkpoint with the channels it was trained for, averaged weights.

    A file that names no channels (a bare state dict, an older checkpoint) has the usual six. An
    exported `.onnx` with its manifest beside it will do as well (`espmedsam.onnx_weights`).
    Raises `CheckpointError` for a teacher's checkpoint.
    """
    if is_exported(path):
        return read_onnx(path)
    state = load(path)
    if "vit" in state:
        raise CheckpointError(f"{path} holds a teacher, not a student")
    model = ESPMedSAM(state.get("channels", CHANNELS), **options_of(state))
    model.load_state_dict(state.get("ema", state))
    return model


def load_teacher(path: Path) -> Teacher:
    """The teacher of a checkpoint, averaged weights. Raises `CheckpointError` for a student's."""
    state = load(path)
    if "vit" not in state:
        raise CheckpointError(f"{path} holds no teacher")
    shape = None if state["vit"] is None else ViTShape(**state["vit"])
    size = state.get("size", LITE_SIZE)
    teacher = Teacher(shape, state["channels"], state.get("prompt", "hard"), size)
    weights = {key.replace("encoder.encoder.", "encoder."): v for key, v in state["ema"].items()}
    teacher.load_state_dict(weights)
    return teacher
