"""The released state dict's names and shapes, written as a compact table."""

import ast
from pathlib import Path

Shapes = dict[str, tuple[int, ...]]

DIMS, DEPTHS, HEADS, WINDOWS = (64, 128, 160, 320), (2, 2, 6, 2), (2, 4, 5, 10), (7, 7, 14, 7)


def norm(name: str, width: int) -> Shapes:
    return {f"{name}.weight": (width,), f"{name}.bias": (width,)}


def linear(name: str, inputs: int, outputs: int) -> Shapes:
    return {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}


def conv_bn(name: str, inputs: int, outputs: int, kernel: int) -> Shapes:
    running = {f"{name}.bn.running_{k}": (outputs,) for k in ("mean", "var")}
    kernel_shape = {f"{name}.c.weight": (outputs, inputs, kernel, kernel)}
    counter = {f"{name}.bn.num_batches_tracked": ()}
    return kernel_shape | norm(f"{name}.bn", outputs) | running | counter


def mlp(name: str, dim: int) -> Shapes:
    return (
        norm(f"{name}.norm", dim)
        | linear(f"{name}.fc1", dim, 4 * dim)
        | linear(f"{name}.fc2", 4 * dim, dim)
    )


def block(name: str, dim: int, heads: int, window: int) -> Shapes:
    attention = {
        f"{name}.attn.attention_biases": (heads, window**2),
        f"{name}.attn.med_attention_biases": (1,),
        f"{name}.attn.deep_QKV_embeddings_med": (heads, 1, 32),
    }
    attention |= norm(f"{name}.attn.norm", dim)
    attention |= linear(f"{name}.attn.qkv", dim, 3 * dim) | linear(f"{name}.attn.proj", dim, dim)
    branches = mlp(f"{name}.mlp", dim) | mlp(f"{name}.med_dah", dim)
    return attention | branches | conv_bn(f"{name}.local_conv", 1, dim, 3)


def encoder() -> Shapes:
    shapes = conv_bn("SemiTViT.patch_embed.seq.0", 3, 32, 3)
    shapes |= conv_bn("SemiTViT.patch_embed.seq.2", 32, 64, 3)
    for i, dim in enumerate(DIMS):
        stage = f"SemiTViT.layers.{i}"
        for j in range(DEPTHS[i]):
            if i == 0:
                shapes |= conv_bn(f"{stage}.blocks.{j}.conv1", dim, 4 * dim, 1)
                shapes |= conv_bn(f"{stage}.blocks.{j}.conv2", 1, 4 * dim, 3)
                shapes |= conv_bn(f"{stage}.blocks.{j}.conv3", 4 * dim, dim, 1)
            else:
                shapes |= block(f"{stage}.blocks.{j}", dim, HEADS[i], WINDOWS[i])
        if i < 3:
            out = DIMS[i + 1]
            shapes |= conv_bn(f"{stage}.downsample.conv1", dim, out, 1)
            shapes |= conv_bn(f"{stage}.downsample.conv2", 1, out, 3)
            shapes |= conv_bn(f"{stage}.downsample.conv3", out, out, 1)
    shapes |= norm("SemiTViT.norm_head", 320) | linear("SemiTViT.head", 320, 1000)
    shapes |= {"SemiTViT.neck.0.weight": (256, 320, 1, 1)} | norm("SemiTViT.neck.1", 256)
    return shapes | {"SemiTViT.neck.2.weight": (256, 256, 3, 3)} | norm("SemiTViT.neck.3", 256)


def attention(name: str, inner: int) -> Shapes:
    shapes: Shapes = {}
    for part in ("q_proj", "k_proj", "v_proj"):
        shapes |= linear(f"{name}.{part}", 256, inner)
    return shapes | linear(f"{name}.out_proj", inner, 256)


def convolution(name: str, *shape: int, bias: int) -> Shapes:
    return {f"{name}.weight": shape, f"{name}.bias": (bias,)}


def decoder() -> Shapes:
    shapes: Shapes = {"mask_query.weight": (7, 256)}
    for i in range(2):
        layer = f"mask_decoder.transformer.layers.{i}"
        shapes |= attention(f"{layer}.self_attn", 256)
        shapes |= attention(f"{layer}.cross_attn_token_to_image", 128)
        shapes |= attention(f"{layer}.cross_attn_image_to_token", 128)
        shapes |= linear(f"{layer}.mlp.lin1", 256, 2048) | linear(f"{layer}.mlp.lin2", 2048, 256)
        for j in range(1, 5):
            shapes |= norm(f"{layer}.norm{j}", 256)
    shapes |= attention("mask_decoder.transformer.final_attn_token_to_image", 128)
    shapes |= norm("mask_decoder.transformer.norm_final_attn", 256)
    shapes |= convolution("mask_decoder.output_upscaling.0", 256, 64, 2, 2, bias=64)
    shapes |= norm("mask_decoder.output_upscaling.1", 64)
    shapes |= convolution("mask_decoder.output_upscaling.3", 64, 32, 2, 2, bias=32)
    for i, width in enumerate((256, 256, 32)):
        shapes |= linear(f"mask_decoder.output_hypernetworks_mlps.0.layers.{i}", 256, width)
    return shapes


def prompts() -> Shapes:
    shapes: Shapes = {"prompt_encoder.pe_layer.positional_encoding_gaussian_matrix": (2, 128)}
    for i in range(4):
        shapes[f"prompt_encoder.point_embeddings.{i}.weight"] = (1, 256)
    shapes["prompt_encoder.not_a_point_embed.weight"] = (1, 256)
    shapes |= convolution("prompt_encoder.mask_downscaling.0", 4, 1, 2, 2, bias=4)
    shapes |= norm("prompt_encoder.mask_downscaling.1", 4)
    shapes |= convolution("prompt_encoder.mask_downscaling.3", 16, 4, 2, 2, bias=16)
    shapes |= norm("prompt_encoder.mask_downscaling.4", 16)
    shapes |= convolution("prompt_encoder.mask_downscaling.6", 256, 16, 1, 1, bias=256)
    shapes["prompt_encoder.no_mask_embed.weight"] = (1, 256)
    shapes |= convolution("patch_decoder.0", 64, 256, 2, 2, bias=64) | norm("patch_decoder.1", 64)
    shapes |= convolution("patch_decoder.3", 1, 64, 1, 1, bias=1)
    shapes |= convolution("dense_prompter.0", 256, 1, 1, 1, bias=256)
    return shapes | norm("dense_prompter.1", 256)


def official_shapes() -> Shapes:
    """All 504 names of the released state dict with their shapes."""
    return encoder() | decoder() | prompts()


def listed_shapes(path: Path) -> Shapes:
    """The same from a text list with one `name  (shape)  …` a line."""
    shapes: Shapes = {}
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            name, rest = line.split("  ", 1)
            shapes[name] = ast.literal_eval(rest[: rest.index(")") + 1])
    return shapes
