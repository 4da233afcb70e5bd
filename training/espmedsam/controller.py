"""The modality controller: what each modality adds to a shared block.

Parameters of the C modalities (six, unless some were added) are stacked on a first axis. A sample
uses only the slice of its own modality: in eval mode the slices are gathered per sample, which
keeps a mixed batch in one ONNX graph; in training mode the batch is grouped by modality, which
gives the same numbers but avoids a copy of the weights (and of their gradients) per sample.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.channels import NUM_CHANNELS


class StackedLayerNorm(nn.Module):
    """Scale and shift of a LayerNorm for each modality, `[C,dim]`."""

    def __init__(self, dim: int, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels, dim))
        self.bias = nn.Parameter(torch.zeros(channels, dim))


class StackedLinear(nn.Module):
    """Weights of a linear layer for each modality, `[C,out,in]` and `[C,out]`."""

    def __init__(self, inputs: int, outputs: int, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(channels, outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(channels, outputs))
        nn.init.trunc_normal_(self.weight, std=0.02)

    def gathered(self, x: Tensor, modality: Tensor) -> Tensor:
        """`x [N,L,in] → [N,L,out]` with the weights of each sample's modality `[N]`."""
        # Transposing before the gather lets an exporter fold the transpose into the constant.
        weight = self.weight.transpose(1, 2).index_select(0, modality)
        return torch.matmul(x, weight) + self.bias.index_select(0, modality).unsqueeze(1)


class ModalityMlp(nn.Module):
    """The MLP branch (`med_dah` in the release) parallel to a block's own MLP, `[N,L,C]`."""

    def __init__(self, dim: int, channels: int = NUM_CHANNELS) -> None:
        super().__init__()
        self.norm = StackedLayerNorm(dim, channels)
        self.fc1 = StackedLinear(dim, 4 * dim, channels)
        self.fc2 = StackedLinear(4 * dim, dim, channels)

    def forward(self, x: Tensor, modality: Tensor) -> Tensor:
        return self.grouped(x, modality) if self.training else self.gathered(x, modality)

    def gathered(self, x: Tensor, modality: Tensor) -> Tensor:
        """Weights gathered per sample: the form that is exported."""
        scale = self.norm.weight.index_select(0, modality).unsqueeze(1)
        shift = self.norm.bias.index_select(0, modality).unsqueeze(1)
        y = F.layer_norm(x, x.shape[-1:]) * scale + shift
        return self.fc2.gathered(F.gelu(self.fc1.gathered(y, modality)), modality)

    def grouped(self, x: Tensor, modality: Tensor) -> Tensor:
        """Samples grouped by modality: the form that is trained."""
        order = torch.argsort(modality, stable=True)
        groups = x[order].split(torch.bincount(modality, minlength=len(self.norm.weight)).tolist())
        # unbind, not indexing: its backward writes each stacked gradient once.
        stacked = zip(
            groups,
            self.norm.weight.unbind(0),
            self.norm.bias.unbind(0),
            self.fc1.weight.unbind(0),
            self.fc1.bias.unbind(0),
            self.fc2.weight.unbind(0),
            self.fc2.bias.unbind(0),
            strict=True,
        )
        outputs = []
        for group, scale, shift, w1, b1, w2, b2 in stacked:
            if len(group) > 0:
                y = F.layer_norm(group, scale.shape, scale, shift)
                outputs.append(F.linear(F.gelu(F.linear(y, w1, b1)), w2, b2))
        return torch.cat(outputs)[torch.argsort(order)]
