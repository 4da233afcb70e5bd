"""What a stage minimises: from a batch to named losses.

An objective holds the model that learns and whatever frozen network it learns from. It is a module
only so that it can be handed to a second process as one thing.
"""

from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.losses import presence_loss, total_loss
from espmedsam.model import ESPMedSAM
from espmedsam.source import Batch
from espmedsam.teacher import Teacher

PRESENCE_SHARE = 0.3
"""Weight of the presence loss beside the others."""
Losses = dict[str, Tensor]


class Objective(nn.Module):
    """`batch → losses`, to be summed; `model` is what learns."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model
        self.bfloat16 = False
        """Whether its products are to be computed in bfloat16."""

    def forward(self, batch: Batch) -> Losses:
        raise NotImplementedError


class Segmentation(Objective):
    """Mask loss and patch loss of a student or a teacher."""

    def forward(self, batch: Batch) -> Losses:
        images, modality, masks = batch
        mask_logits, patch_logits, *presence = self.model(images, modality)
        on_mask, on_patch = total_loss(mask_logits, patch_logits, masks)
        losses = {"mask_loss": on_mask, "patch_loss": on_patch}
        if presence:
            losses["presence_loss"] = PRESENCE_SHARE * presence_loss(presence[0], masks)
        return losses


class FeatureMatch(Objective):
    """Mean squared error between the student's embedding and a frozen encoder's.

    With `medical` the samples' controllers take part in the student, without it the shared part
    alone is compared.
    """

    def __init__(self, model: ESPMedSAM, encoder: nn.Module, medical: bool) -> None:
        super().__init__(model)
        self.encoder = encoder.eval().requires_grad_(False)
        self.medical = medical

    def forward(self, batch: Batch) -> Losses:
        images, modality, _ = batch
        with torch.no_grad():
            wanted = self.encoder(images)
        student = cast(ESPMedSAM, self.model).encoder
        embedding = student(images, modality if self.medical else None)
        # A foundation that sees finer is compared at the student's scale.
        wanted = F.adaptive_avg_pool2d(wanted, embedding.shape[2:])
        return {"feature_loss": F.mse_loss(embedding.float(), wanted)}


def carry_over(teacher: Teacher, student: ESPMedSAM) -> None:
    """Copies the teacher's SPPG and QDMD into the student."""
    student.sppg.load_state_dict(teacher.sppg.state_dict())
    student.qdmd.load_state_dict(teacher.qdmd.state_dict())
