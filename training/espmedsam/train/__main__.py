"""`python -m espmedsam.train STAGE --config FILE`: one stage of the training scheme.

    teacher       SAM's encoder, SPPG and QDMD on all modalities
    common        the student's shared encoder takes over a foundation encoder's features
    controller    the modality controllers take over the teacher's features
    finetune      the student end to end with mask and patch loss
    add-modality  one channel more; everything else stays bit for bit

A stopped run goes on from its last checkpoint when the same command is given again.
"""

import argparse
import logging
from pathlib import Path

from espmedsam.checkpoint import CheckpointError
from espmedsam.config import STAGES, ConfigError, read_config
from espmedsam.data import DataError
from espmedsam.foundation import WeightsError
from espmedsam.model import ChannelError
from espmedsam.onnx_weights import OnnxWeightsError
from espmedsam.train.trainer import Trainer


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, nargs="+", help="data folders, not the config's")
    parser.add_argument("--output", type=Path, help="run folder; overrides the config")
    parser.add_argument("--until", type=int, help="stop after this step; resume by running again")
    parser.add_argument("--tensorboard", action="store_true", help="needs the package tensorboard")
    a = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    wrong = (
        ChannelError,
        CheckpointError,
        ConfigError,
        DataError,
        FileNotFoundError,
        OnnxWeightsError,
        WeightsError,
    )
    try:
        config = read_config(a.config, a.data, a.output)
        if config.stage != a.stage:
            raise ConfigError(f"{a.config} is for stage {config.stage}, not {a.stage}")
        trainer = Trainer(config)
    except wrong as error:
        parser.error(str(error))
    trainer.run(a.until, a.tensorboard)


if __name__ == "__main__":
    main()
