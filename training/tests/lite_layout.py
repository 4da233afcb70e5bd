"""SAM's and LiteMedSAM's published names and shapes, with random values."""

import torch
from official_layout import Shapes, encoder, linear, norm
from torch import Tensor


def sam_rest() -> Shapes:
    """The released names of SAM's prompt encoder and mask decoder, what is unused included."""
    shapes: Shapes = {"prompt_encoder.pe_layer.positional_encoding_gaussian_matrix": (2, 128)}
    shapes |= {f"prompt_encoder.point_embeddings.{i}.weight": (1, 256) for i in range(4)}
    shapes |= {"prompt_encoder.no_mask_embed.weight": (1, 256)}
    decoder: Shapes = {"iou_token.weight": (1, 256), "mask_tokens.weight": (4, 256)}
    for i in range(2):
        layer = f"transformer.layers.{i}"
        for part, inner in (
            ("self_attn", 256),
            ("cross_attn_token_to_image", 128),
            ("cross_attn_image_to_token", 128),
        ):
            decoder |= attention(f"{layer}.{part}", inner)
        decoder |= linear(f"{layer}.mlp.lin1", 256, 2048) | linear(f"{layer}.mlp.lin2", 2048, 256)
        for j in range(1, 5):
            decoder |= norm(f"{layer}.norm{j}", 256)
    decoder |= attention("transformer.final_attn_token_to_image", 128)
    decoder |= norm("transformer.norm_final_attn", 256)
    decoder |= {"output_upscaling.0.weight": (256, 64, 2, 2), "output_upscaling.0.bias": (64,)}
    decoder |= norm("output_upscaling.1", 64)
    decoder |= {"output_upscaling.3.weight": (64, 32, 2, 2), "output_upscaling.3.bias": (32,)}
    for i in range(4):
        for j, width in enumerate((256, 256, 32)):
            decoder |= linear(f"output_hypernetworks_mlps.{i}.layers.{j}", 256, width)
    for j, width in enumerate((256, 256, 4)):
        decoder |= linear(f"iou_prediction_head.layers.{j}", 256, width)
    return shapes | {f"mask_decoder.{name}": shape for name, shape in decoder.items()}


def attention(name: str, inner: int) -> Shapes:
    shapes: Shapes = {}
    for part in ("q_proj", "k_proj", "v_proj"):
        shapes |= linear(f"{name}.{part}", 256, inner)
    return shapes | linear(f"{name}.out_proj", inner, 256)


def weights(shapes: Shapes) -> dict[str, Tensor]:
    """Random values; every tensor differs from every other."""
    generator = torch.Generator().manual_seed(3)
    return {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}


def lite_medsam_state() -> dict[str, Tensor]:
    """Random values under LiteMedSAM's names; its two first convolutions look at single pixels."""
    shapes = {
        name.replace("SemiTViT.", "image_encoder.", 1): shape
        for name, shape in encoder().items()
        if "med" not in name and "head." not in name
    }
    for i, (outputs, inputs) in ((0, (32, 3)), (2, (64, 32))):
        shapes[f"image_encoder.patch_embed.seq.{i}.c.weight"] = (outputs, inputs, 1, 1)
    state = weights(shapes | sam_rest())
    for name in state:
        if name.endswith("running_var"):
            state[name] = state[name].abs() + 0.1
    return state
