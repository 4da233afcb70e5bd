"""The teacher of the distillation: a foundation's encoder under the student's own SPPG and QDMD."""

from collections.abc import Sequence

from torch import Tensor, nn

from espmedsam.channels import CHANNELS
from espmedsam.lite_encoder import LITE_SIZE, LiteMedSAMEncoder
from espmedsam.qdmd import QueryDecoupledModalityDecoder
from espmedsam.sppg import SelfPatchPromptGenerator
from espmedsam.vit import ViT, ViTShape


class Teacher(nn.Module):
    """Same inputs and outputs as `ESPMedSAM`; one encoder without controllers for all modalities.

    The encoder is SAM's of a `shape`, or LiteMedSAM's, which sees its picture at `size`. SPPG and
    QDMD have the student's layout, so that they carry over as they are.
    """

    def __init__(
        self,
        shape: ViTShape | None,
        channels: Sequence[str] = CHANNELS,
        prompt: str = "hard",
        size: int = LITE_SIZE,
    ) -> None:
        super().__init__()
        self.channels = tuple(channels)
        self.prompt = prompt
        self.encoder: nn.Module = LiteMedSAMEncoder(size) if shape is None else ViT(shape)
        self.sppg = SelfPatchPromptGenerator(prompt)
        self.qdmd = QueryDecoupledModalityDecoder(len(self.channels))

    def forward(self, image: Tensor, modality: Tensor) -> tuple[Tensor, Tensor]:
        embedding = self.encoder(image)
        patch_logits, prompt = self.sppg(embedding)
        return self.qdmd(embedding + prompt, modality), patch_logits
