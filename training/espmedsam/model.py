"""The whole network: encoder → SPPG → QDMD."""

from torch import Tensor, nn

from espmedsam.encoder import SemiTViT
from espmedsam.qdmd import QueryDecoupledModalityDecoder
from espmedsam.sppg import SelfPatchPromptGenerator


class ESPMedSAM(nn.Module):
    """Six modalities in one network; each sample uses the controller and query of its own.

    `image` float32 `[N,3,S,S]`, already normalised, S a multiple of 32; `modality` int64 `[N]`,
    0–5, may differ between the samples of a batch. Returns `mask_logits [N,1,S/4,S/4]` and
    `patch_logits [N,1,S/32,S/32]`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = SemiTViT()
        self.sppg = SelfPatchPromptGenerator()
        self.qdmd = QueryDecoupledModalityDecoder()

    def forward(self, image: Tensor, modality: Tensor) -> tuple[Tensor, Tensor]:
        embedding = self.encoder(image, modality)
        patch_logits, prompt = self.sppg(embedding)
        return self.qdmd(embedding + prompt, modality), patch_logits
