"""Building blocks shared by encoder, prompt generator and decoder.

Attribute names (`c`, `bn`, `fc1` …) are those of the released state dict, so that published
weights load by name.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class ConvBN(nn.Sequential):
    """Convolution without bias followed by BatchNorm, `[N,in,H,W] → [N,out,H',W']`."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1
    ) -> None:
        super().__init__()
        self.add_module(
            "c",
            nn.Conv2d(
                inputs, outputs, kernel, stride, padding=kernel // 2, groups=groups, bias=False
            ),
        )
        self.add_module("bn", nn.BatchNorm2d(outputs))

    @torch.no_grad()
    def fused(self) -> nn.Conv2d:
        """One convolution that computes the same in eval mode; for export only."""
        conv, bn = self.c, self.bn
        scale = bn.weight / torch.sqrt(bn.running_var + bn.eps)
        out = nn.Conv2d(
            conv.in_channels,
            conv.out_channels,
            conv.kernel_size,
            conv.stride,
            conv.padding,
            groups=conv.groups,
        )
        out.weight.copy_(conv.weight * scale[:, None, None, None])
        out.bias.copy_(bn.bias - bn.running_mean * scale)
        return out


class LayerNorm2d(nn.Module):
    """LayerNorm over the channel axis of `[N,C,H,W]`, epsilon 1e-6 as in SAM."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        y = F.layer_norm(x.permute(0, 2, 3, 1), self.weight.shape, self.weight, self.bias, 1e-6)
        return y.permute(0, 3, 1, 2)


class Mlp(nn.Module):
    """Pre-norm MLP of a transformer block on `[N,L,C]`; hidden width is four times C."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fc1 = nn.Linear(dim, 4 * dim)
        self.fc2 = nn.Linear(4 * dim, dim)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(F.gelu(self.fc1(self.norm(x))))


def windows_along(length: int, window: int) -> int:
    """How many windows cover an edge. Without a negative number: ONNX divides those otherwise."""
    return (length + window - 1) // window


def to_windows(x: Tensor, window: int) -> Tensor:
    """`[N,H,W,C]` → `[N,windows,window²,C]`, row by row, zero-padded at bottom and right."""
    height, width, dim = x.shape[1:]
    rows, columns = windows_along(height, window), windows_along(width, window)
    # While a graph for any size is exported an edge is a symbol: padding is never left out then.
    if not isinstance(height, int) or (rows * window, columns * window) != (height, width):
        x = F.pad(x, (0, 0, 0, columns * window - width, 0, rows * window - height))
    x = x.reshape(-1, rows, window, columns, window, dim).transpose(2, 3)
    return x.reshape(-1, rows * columns, window * window, dim)


def from_windows(x: Tensor, window: int, height: int, width: int) -> Tensor:
    """`[N,windows,window²,C]` → `[N,H,W,C]`, the padding cut off."""
    rows, columns = windows_along(height, window), windows_along(width, window)
    dim = x.shape[-1]
    x = x.reshape(-1, rows, columns, window, window, dim).transpose(2, 3)
    return x.reshape(-1, rows * window, columns * window, dim)[:, :height, :width]
