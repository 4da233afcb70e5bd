"""An 8-bit model beside the one of full precision, and whether it is worth having.

Static quantisation in the QDQ form: weights per output channel, activations with ranges seen on
images of the train split. It is taken only if it costs less than half a point of Dice in every
channel (validation split) and is faster.
"""

import logging
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

from espmedsam.data import Pair, read_pairs
from espmedsam.evaluate.scores import score
from espmedsam.onnx_storage import strip_metadata
from espmedsam.segmenter import Contract, Segmenter, contract_of, from_onnx

QUANTISED = ["Conv", "ConvTranspose", "MatMul", "Gemm"]
MAX_DROP = 0.005
"""Mean Dice of a channel that 8 bits may cost."""


@dataclass(frozen=True)
class Comparison:
    """What 8 bits change."""

    drop: dict[str, float]
    """Mean Dice at full precision less that at 8 bits, by channel."""
    speed: float
    """Median time at full precision over that at 8 bits, one thread; above 1 is faster."""

    @property
    def worthwhile(self) -> bool:
        """Whether the 8-bit model may take the other's place."""
        return self.speed > 1 and all(drop < MAX_DROP for drop in self.drop.values())


class TrainImages(CalibrationDataReader):
    """Network inputs made of images of the train split, one after the other."""

    def __init__(self, contract: Contract, pairs: list[Pair]) -> None:
        self.feeds: Iterator[dict[str, np.ndarray]] = (
            {
                "image": contract.network_input(pair.image()),
                "modality": np.array([contract.channels[pair.modality].index], dtype=np.int64),
            }
            for pair in pairs
        )

    def get_next(self) -> dict[str, np.ndarray] | None:
        return next(self.feeds, None)


def spread(pairs: list[Pair], contract: Contract, count: int) -> list[Pair]:
    """At most so many pairs of each channel, evenly spread over the split."""
    picked = []
    for name in contract.channels:
        own = [pair for pair in pairs if pair.modality == name]
        places = np.linspace(0, len(own) - 1, min(count, len(own))).round().astype(int)
        picked += [own[i] for i in places]
    return picked


def quantise(full: Path, output: Path, contract: Contract, pairs: list[Pair]) -> None:
    """Writes the 8-bit form of a full-precision model, its ranges from these pairs."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
        quantize_static(
            str(prepared),
            str(output),
            TrainImages(contract, pairs),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            # Seven bits: on processors without VNNI pairs of 8-bit products overflow 16 bits.
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=QUANTISED,
        )
    onnx.save(strip_metadata(onnx.load(output)), output)


def compare(before: Segmenter, after: Segmenter, pairs: list[Pair], rounds: int = 9) -> Comparison:
    """Dice of both on these pairs; time of both in turns, so that other load hits them alike."""
    lost: dict[str, list[float]] = {}
    for pair in pairs:
        loss = score(before, pair).dice - score(after, pair).dice
        lost.setdefault(pair.modality, []).append(loss)
    image = np.zeros((1, 3, before.contract.size, before.contract.size), np.float32)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for segmenter, own in zip((before, after), times, strict=True):
            start = time.perf_counter()
            segmenter.run(image, 0)
            own.append(time.perf_counter() - start)
    speed = float(np.median(times[0]) / np.median(times[1]))
    return Comparison({name: float(np.mean(values)) for name, values in lost.items()}, speed)


def try_int8(full: Path, path: Path, manifest: dict[str, Any], data: Path, count: int) -> bool:
    """Puts an 8-bit model at `path` if it is worthwhile; says what was measured."""
    contract = contract_of(manifest)
    candidate = path.with_name("int8.tmp.onnx")
    try:
        quantise(full, candidate, contract, spread(read_pairs(data, "train"), contract, count))
        before, after = (from_onnx(file, contract, threads=1) for file in (full, candidate))
        result = compare(before, after, spread(read_pairs(data, "val"), contract, count))
        for name, drop in result.drop.items():
            logging.info("int8, %s: mean Dice %+.4f", name, -drop)
        logging.info("int8: %d bytes, speed x%.2f", candidate.stat().st_size, result.speed)
        if result.worthwhile:
            candidate.replace(path)
        logging.info("int8 is %s", "taken" if result.worthwhile else "not worthwhile, left out")
        return result.worthwhile
    finally:
        candidate.unlink(missing_ok=True)
