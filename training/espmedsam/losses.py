"""The training loss: cross entropy plus Dice, on the mask and on the patches."""

import torch.nn.functional as F
from torch import Tensor


def dice_loss(logits: Tensor, target: Tensor) -> Tensor:
    """1 − soft Dice of each sample, averaged; `[N,1,H,W]`, target 0–1.

    The constant of one hundredth of the pixels keeps empty crops harmless.
    """
    probability = logits.sigmoid().flatten(1)
    target = target.flatten(1)
    smooth = 0.01 * target.shape[1]
    overlap = (probability * target).sum(1)
    total = probability.sum(1) + target.sum(1)
    return (1 - (2 * overlap + smooth) / (total + smooth)).mean()


def segmentation_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Cross entropy plus Dice at the target's resolution."""
    return F.binary_cross_entropy_with_logits(logits, target) + dice_loss(logits, target)


def mask_loss(mask_logits: Tensor, mask: Tensor) -> Tensor:
    """Logits `[N,1,S/4,S/4]` against the mask `[N,1,S,S]`, compared at S as in use.

    At S/4 a vessel thinner than four pixels would be less than half of every cell.
    """
    up = F.interpolate(mask_logits, mask.shape[2:], mode="bilinear", align_corners=False)
    return segmentation_loss(up, mask)


def patch_loss(patch_logits: Tensor, mask: Tensor) -> Tensor:
    """Patch logits `[N,1,S/32,S/32]` against "any foreground in this 32×32 patch"."""
    label = (F.max_pool2d(mask, 32) >= 0.5).to(mask.dtype)
    return segmentation_loss(patch_logits, label)


def total_loss(mask_logits: Tensor, patch_logits: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Both losses with equal weight, as in the paper's teacher training."""
    return mask_loss(mask_logits, mask), patch_loss(patch_logits, mask)
