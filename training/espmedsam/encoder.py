"""SemiTViT: TinyViT-5M whose last stage keeps its resolution, with a controller in every block.

Image `[N,3,S,S]` → embedding `[N,256,S/16,S/16]`. Stages: one of MBConv at S/4, then windowed
attention at S/8, S/16 and S/16. Source: arXiv 2407.14153 section III, TinyViT (arXiv 2207.10666)
and MobileSAM's variant of it (arXiv 2306.14289).
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.channels import NUM_CHANNELS
from espmedsam.controller import ModalityMlp
from espmedsam.layers import ConvBN, LayerNorm2d, Mlp, from_windows, to_windows

DIMS = (64, 128, 160, 320)
DEPTHS = (2, 2, 6, 2)
HEADS = (2, 4, 5, 10)
WINDOWS = (7, 7, 14, 7)
HEAD_DIM = 32
EMBEDDING_DIM = 256


class MBConv(nn.Module):
    """Inverted bottleneck with expansion 4 and a residual, `[N,C,H,W] → [N,C,H,W]`."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.conv1 = ConvBN(dim, 4 * dim)
        self.conv2 = ConvBN(4 * dim, 4 * dim, 3, groups=4 * dim)
        self.conv3 = ConvBN(4 * dim, dim)
        # The block starts as the identity.
        nn.init.zeros_(self.conv3.bn.weight)

    def forward(self, x: Tensor) -> Tensor:
        y = F.gelu(self.conv2(F.gelu(self.conv1(x))))
        return F.gelu(self.conv3(y) + x)


class PatchMerging(nn.Module):
    """Widens the channels and, with stride 2, halves the resolution."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = ConvBN(inputs, outputs)
        self.conv2 = ConvBN(outputs, outputs, 3, stride, groups=outputs)
        self.conv3 = ConvBN(outputs, outputs)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv3(F.gelu(self.conv2(F.gelu(self.conv1(x)))))


def offset_index(window: int) -> Tensor:
    """`[L,L]` int64, L = window²: which bias belongs to the absolute offset of two positions.

    Offsets are numbered in the order in which a walk over all pairs first meets them; from the
    first position that is row by row, so offset (dy, dx) has number `dy · window + dx`.
    """
    y, x = torch.meshgrid(torch.arange(window), torch.arange(window), indexing="ij")
    y, x = y.flatten(), x.flatten()
    dy = (y[:, None] - y[None, :]).abs()
    dx = (x[:, None] - x[None, :]).abs()
    return dy * window + dx


class WindowAttention(nn.Module):
    """Attention within windows plus one learned key/value token of the modality per head.

    The same token vector serves as key and as value, and its logit has a bias of its own, one
    number per block and modality.
    """

    def __init__(self, dim: int, heads: int, window: int, channels: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(dim)
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)
        self.attention_biases = nn.Parameter(torch.zeros(heads, window * window))
        self.register_buffer("offsets", offset_index(window), persistent=False)
        self.med_attention_biases = nn.Parameter(torch.zeros(channels, 1))
        self.deep_QKV_embeddings_med = nn.Parameter(torch.empty(channels, heads, 1, HEAD_DIM))
        nn.init.uniform_(self.deep_QKV_embeddings_med, -0.09, 0.09)

    def forward(self, x: Tensor, modality: Tensor | None) -> Tensor:
        """`x [N,windows,L,C] → [N,windows,L,C]`, `modality [N]`, or None for no token."""
        windows, length, dim = x.shape[1:]
        qkv = self.qkv(self.norm(x)).reshape(-1, windows, length, self.heads, 3, HEAD_DIM)
        q, k, v = qkv.permute(4, 0, 1, 3, 2, 5).unbind(0)  # each [N,windows,heads,L,32]
        q = q * HEAD_DIM**-0.5
        bias = self.attention_biases.index_select(1, self.offsets.flatten())
        bias = bias.reshape(self.heads, length, length)
        logits = torch.matmul(q, k.transpose(-2, -1)) + bias
        if modality is None:
            y = torch.matmul(logits.softmax(dim=-1), v)
            return self.proj(y.transpose(2, 3).reshape(-1, windows, length, dim))
        token = self.deep_QKV_embeddings_med.index_select(0, modality).unsqueeze(1)
        token_bias = self.med_attention_biases.index_select(0, modality)[:, :, None, None, None]
        token_logits = torch.matmul(q, token.transpose(-2, -1)) + token_bias
        weights = torch.cat((logits, token_logits), dim=-1).softmax(dim=-1)
        y = torch.matmul(weights[..., :length], v) + weights[..., length:] * token
        return self.proj(y.transpose(2, 3).reshape(-1, windows, length, dim))


class TinyViTBlock(nn.Module):
    """Window attention, depth-wise convolution, then shared MLP and modality MLP in parallel."""

    def __init__(self, dim: int, heads: int, window: int, channels: int) -> None:
        super().__init__()
        self.window = window
        self.attn = WindowAttention(dim, heads, window, channels)
        self.local_conv = ConvBN(dim, dim, 3, groups=dim)
        self.mlp = Mlp(dim)
        self.med_dah = ModalityMlp(dim, channels)

    def attend(self, x: Tensor, modality: Tensor | None) -> Tensor:
        """Attention of `[N,H,W,C]` within windows."""
        height, width = x.shape[1:3]
        windows = to_windows(x, self.window)
        return from_windows(self.attn(windows, modality), self.window, height, width)

    def forward(self, x: Tensor, modality: Tensor | None) -> Tensor:
        """`x [N,C,H,W] → [N,C,H,W]`."""
        height, width = x.shape[2:]
        x = x + self.attend(x.permute(0, 2, 3, 1), modality).permute(0, 3, 1, 2)
        tokens = self.local_conv(x).flatten(2).transpose(1, 2)
        shared = tokens + self.mlp(tokens)
        tokens = shared if modality is None else shared + self.med_dah(tokens, modality)
        return tokens.transpose(1, 2).unflatten(2, (height, width))


class Stage(nn.Module):
    """Blocks of one resolution and the merging that leads to the next stage, if any."""

    def __init__(self, index: int, channels: int) -> None:
        super().__init__()
        dim = DIMS[index]
        self.blocks = nn.ModuleList(
            MBConv(dim) if index == 0 else TinyViTBlock(dim, HEADS[index], WINDOWS[index], channels)
            for _ in range(DEPTHS[index])
        )
        self.downsample: PatchMerging | None = None
        if index + 1 < len(DIMS):
            # The step to the last stage keeps the resolution: SAM's decoder wants S/16.
            self.downsample = PatchMerging(dim, DIMS[index + 1], 2 if index < 2 else 1)

    def forward(self, x: Tensor, modality: Tensor | None) -> Tensor:
        for block in self.blocks:
            x = block(x) if isinstance(block, MBConv) else block(x, modality)
        return x if self.downsample is None else self.downsample(x)


class PatchEmbed(nn.Module):
    """Two strided convolutions: image to S/4."""

    def __init__(self) -> None:
        super().__init__()
        self.seq = nn.Sequential(
            ConvBN(3, DIMS[0] // 2, 3, 2), nn.GELU(), ConvBN(DIMS[0] // 2, DIMS[0], 3, 2)
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.seq(x)


class SemiTViT(nn.Module):
    """The encoder; everything but the controllers is shared by all modalities.

    With `modality` None the controllers take no part: what remains is TinyViT, the carrier of
    common knowledge.
    """

    def __init__(self, channels: int = NUM_CHANNELS) -> None:
        super().__init__()
        self.patch_embed = PatchEmbed()
        self.layers = nn.ModuleList(Stage(i, channels) for i in range(len(DIMS)))
        self.neck = nn.Sequential(
            nn.Conv2d(DIMS[-1], EMBEDDING_DIM, 1, bias=False),
            LayerNorm2d(EMBEDDING_DIM),
            nn.Conv2d(EMBEDDING_DIM, EMBEDDING_DIM, 3, padding=1, bias=False),
            LayerNorm2d(EMBEDDING_DIM),
        )
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.trunc_normal_(module.weight, std=0.02)
                nn.init.zeros_(module.bias)

    def forward(self, image: Tensor, modality: Tensor | None) -> Tensor:
        x = self.patch_embed(image)
        for stage in self.layers:
            x = stage(x, modality)
        return self.neck(x)
