"""The student without one of its parts, to find out what the part is worth.

The parameters are all there, so that starts and checkpoints fit; the part takes no part.
"""

import torch
from torch import Tensor

from espmedsam.model import ESPMedSAM


class WithoutControllers(ESPMedSAM):
    """One encoder for all modalities, nothing in it of their own."""

    def forward(self, image: Tensor, modality: Tensor) -> tuple[Tensor, ...]:
        embedding = self.encoder(image, None)
        patch_logits, prompt = self.sppg(embedding)
        return self.qdmd(embedding + prompt, modality), patch_logits


class WithoutPrompt(ESPMedSAM):
    """The decoder sees the embedding as it is; the patch map is still learned beside it."""

    def forward(self, image: Tensor, modality: Tensor) -> tuple[Tensor, ...]:
        embedding = self.encoder(image, modality)
        patch_logits, _ = self.sppg(embedding)
        return self.qdmd(embedding, modality), patch_logits


class OneQuery(ESPMedSAM):
    """All modalities ask the decoder with the same query."""

    def forward(self, image: Tensor, modality: Tensor) -> tuple[Tensor, ...]:
        embedding = self.encoder(image, modality)
        patch_logits, prompt = self.sppg(embedding)
        return self.qdmd(embedding + prompt, torch.zeros_like(modality)), patch_logits


ABLATIONS: dict[str, type[ESPMedSAM]] = {
    "controllers": WithoutControllers,
    "prompt": WithoutPrompt,
    "queries": OneQuery,
}
"""What may be left out → the network without it."""
