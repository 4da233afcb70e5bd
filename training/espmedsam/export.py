"""`python -m espmedsam.export`: trained weights become the files of a model directory.

The weights are a checkpoint of this repository (`--checkpoint`) or files in the released layout
(`--official`). Written are one ONNX file for all modalities with weights stored as fp16 (with
`--int8`, an 8-bit one if it is as good and faster), the manifest and the golden file. The export
fails when ONNX Runtime and PyTorch disagree.
"""

import argparse
import json
import logging
from pathlib import Path
from typing import Any

import onnx
import torch

from espmedsam import manifest as manifests
from espmedsam.checkpoint import load_model
from espmedsam.golden import write_golden
from espmedsam.mirroring import VIEWS
from espmedsam.model import ESPMedSAM
from espmedsam.official import OFFICIAL_SIZE, OFFICIAL_STD, parse_sources, read_official
from espmedsam.onnx_graph import OPSET, export_onnx
from espmedsam.onnx_storage import store_as_fp16, store_as_int8
from espmedsam.parity import parity, randomise_batchnorm, require_parity
from espmedsam.preprocess import STD
from espmedsam.quantise import try_int8
from espmedsam.tiling import TILES


def export(
    model: ESPMedSAM,
    size: int,
    output: Path,
    training: dict[str, Any],
    *,
    modalities: tuple[str, ...] | None = None,
    tiles: dict[str, int] | None = None,
    views: dict[str, int] | None = None,
    sizes: dict[str, int] | None = None,
    std: tuple[float, ...] = STD,
    version: str = manifests.VERSION,
    int8_storage: bool = False,
    any_size: bool = True,
    calibration: Path | None = None,
    images: int = 20,
) -> dict[str, Any]:
    """Model, manifest and golden file into `output`; a modality classifier that is there stays.

    Returns the manifest. `modalities` are those that the weights are good for, by default all that
    the model has, and `tiles` belongs to those that were trained on tiles (`espmedsam.tiling`),
    `views` to those that gain by being seen mirrored as well (`espmedsam.mirroring`); `sizes` are
    the input edges of those that have another than `size`. With `int8_storage` weights are stored
    in 8 bits instead of 16; without `any_size` the graph takes `size` alone. `training` goes into
    the manifest, apart from its `thresholds`. With a data folder as `calibration` an 8-bit model is
    tried as well, on so many `images` of each channel.
    """
    output.mkdir(parents=True, exist_ok=True)
    path, full = output / manifests.MODEL_FILE, output / "fp32.tmp.onnx"
    try:
        export_onnx(model, full, None if any_size else size)
        errors = parity(model, full, size)
        logging.info("ONNX differs from PyTorch by %s", errors)
        require_parity(errors)
        store = store_as_int8 if int8_storage else store_as_fp16
        onnx.save(store(onnx.load(full)), path)
        logging.info("rounding of weights moves logits by %s", parity(model, path, size))
        training = dict(training) | {"network": model.options}
        result = manifests.model_manifest(
            path,
            size,
            OPSET,
            training.pop("thresholds", {}),
            training,
            indices={name: model.channels.index(name) for name in modalities or model.channels},
            tiles=tiles,
            views=views,
            sizes=sizes,
            std=std,
            version=version,
        )
        if int8_storage:
            result["precision"] = "int8-storage"
        if calibration is not None and try_int8(full, path, result, calibration, images):
            result |= manifests.file_identity(path) | {"precision": "int8"}
    finally:
        full.unlink(missing_ok=True)
    result |= manifests.kept_classifier(output)
    manifests.write(output, result)
    write_golden(output, result)
    return result


def untrained() -> ESPMedSAM:
    """A network at its start, BatchNorm apart: as an identity it would hide a mistake."""
    model = ESPMedSAM()
    randomise_batchnorm(model)
    return model


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="espmedsam.export", description=__doc__)
    weights = parser.add_mutually_exclusive_group()
    weights.add_argument("--checkpoint", type=Path, help="neither: an untrained network")
    weights.add_argument(
        "--official",
        nargs="+",
        metavar="MODALITY=FILE",
        help="released checkpoints, one for each modality, or one file for all of them",
    )
    parser.add_argument("--shared-from", help="whose shared part counts if the files differ in it")
    parser.add_argument("--size", type=int, help="input edge, a multiple of 32; official: 1024")
    parser.add_argument("--output", type=Path, required=True, help="model directory")
    parser.add_argument("--training", type=Path, help="JSON for the manifest's `training`")
    parser.add_argument("--int8-storage", action="store_true", help="weights of 8 bits, not 16")
    parser.add_argument("--int8", type=Path, metavar="DATA", help="try 8 bits, calibrated on DATA")
    parser.add_argument("--images", type=int, default=20, help="of each channel, for --int8")
    a = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if a.size is None and a.official is None:
        parser.error("--size is needed")
    training = {"summary": "untrained"} if a.checkpoint is None else {"summary": "own training"}
    modalities, tiles, views, std, size, any_size = None, TILES, VIEWS, STD, a.size, True
    torch.manual_seed(0)
    if a.official is not None:
        model, modalities = read_official(parse_sources(a.official), a.shared_from)
        training = {"summary": "weights in the released layout"}
        tiles, views, std, size = {}, {}, OFFICIAL_STD, a.size or OFFICIAL_SIZE
        any_size = False
    else:
        model = untrained() if a.checkpoint is None else load_model(a.checkpoint)
    if a.training is not None:
        training = json.loads(a.training.read_text())
    result = export(
        model,
        size,
        a.output,
        training,
        modalities=modalities,
        tiles=tiles,
        views=views,
        std=std,
        int8_storage=a.int8_storage,
        any_size=any_size,
        calibration=a.int8,
        images=a.images,
    )
    logging.info("%s: %d bytes, %s", result["file"], result["bytes"], result["precision"])


if __name__ == "__main__":
    main()
