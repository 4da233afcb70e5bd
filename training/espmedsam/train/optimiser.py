"""The optimiser of a stage."""

import torch

from espmedsam.config import TrainConfig
from espmedsam.train.stages import Stage


def make_optimiser(stage: Stage, config: TrainConfig) -> torch.optim.Optimizer:
    """Adam or AdamW over what learns.

    AdamW decays matrices and kernels, not norms, biases, queries and tokens; and nothing at all
    where only modalities learn, for decay would also shrink those that are not in the batch.
    """
    decayed, plain = [], []
    for name, parameter in stage.objective.model.named_parameters():
        if name in stage.learnable:
            matrix = name.endswith("weight") and "norm" not in name and "query" not in name
            (decayed if matrix and parameter.ndim > 1 else plain).append(parameter)
    if config.optimiser == "adam":
        return torch.optim.Adam([*decayed, *plain], lr=1e-3, fused=True)
    groups = [
        {"params": decayed, "weight_decay": 0.0 if stage.modality_only else config.weight_decay},
        {"params": plain, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.98), fused=True)
