"""Whether an exported graph computes what the network computes."""

import copy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from espmedsam.model import ESPMedSAM
from espmedsam.onnx_graph import open_session

MAX_RELATIVE_ERROR = 1e-3


class ParityError(RuntimeError):
    """The exported graph does not compute what the network computes."""


def relative_error(actual: np.ndarray, expected: Tensor) -> float:
    """Norm of the difference over norm of the expectation."""
    reference = expected.numpy()
    return float(np.linalg.norm(actual - reference) / max(np.linalg.norm(reference), 1e-12))


def randomise_batchnorm(model: nn.Module, seed: int = 0) -> None:
    """Gives BatchNorm statistics that are no identity, so that a lost one is seen."""
    generator = torch.Generator().manual_seed(seed)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            shape = module.running_mean.shape
            module.running_mean.copy_(0.1 * torch.randn(shape, generator=generator))
            module.running_var.copy_(0.5 + torch.rand(shape, generator=generator))
            with torch.no_grad():
                module.weight.copy_(0.5 + torch.rand(shape, generator=generator))


@torch.no_grad()
def parity(model: ESPMedSAM, path: Path, size: int, seed: int = 0) -> dict[str, float]:
    """Relative error of ONNX against PyTorch for each modality alone and for a mixed batch."""
    model = copy.deepcopy(model).eval()
    session = open_session(path)
    generator = torch.Generator().manual_seed(seed)
    count = len(model.channels)
    cases = {str(i): torch.tensor([i]) for i in range(count)}
    cases["mixed"] = torch.tensor([count - 1, 0, count // 2])
    errors = {}
    for name, modality in cases.items():
        image = torch.randn(len(modality), 3, size, size, generator=generator)
        expected = model(image, modality)
        actual = session.run(None, {"image": image.numpy(), "modality": modality.numpy()})
        errors[name] = max(relative_error(a, e) for a, e in zip(actual, expected, strict=True))
    return errors


def require_parity(errors: dict[str, float]) -> None:
    """Raises if any case differs by more than the limit."""
    wrong = {k: v for k, v in errors.items() if not v <= MAX_RELATIVE_ERROR}
    if wrong:
        raise ParityError(f"ONNX differs from PyTorch by more than {MAX_RELATIVE_ERROR}: {wrong}")
