"""The teacher of the distillation: SAM's encoder under the student's own SPPG and QDMD."""

from collections.abc import Sequence

from torch import Tensor, nn

from espmedsam.channels import CHANNELS
from espmedsam.qdmd import QueryDecoupledModalityDecoder
from espmedsam.sppg import SelfPatchPromptGenerator
from espmedsam.vit import ViT, ViTShape


class Teacher(nn.Module):
    """Same inputs and outputs as `ESPMedSAM`; one encoder without controllers for all modalities.

    SPPG and QDMD have the student's layout, so that they carry over as they are.
    """

    def __init__(self, shape: ViTShape, channels: Sequence[str] = CHANNELS) -> None:
        super().__init__()
        self.channels = tuple(channels)
        self.encoder = ViT(shape)
        self.sppg = SelfPatchPromptGenerator()
        self.qdmd = QueryDecoupledModalityDecoder(len(self.channels))

    def forward(self, image: Tensor, modality: Tensor) -> tuple[Tensor, Tensor]:
        embedding = self.encoder(image)
        patch_logits, prompt = self.sppg(embedding)
        return self.qdmd(embedding + prompt, modality), patch_logits
