"""The training scheme, one stage a command: `python -m espmedsam.train STAGE --config FILE`."""

from espmedsam.train.averaging import update_average

__all__ = ["update_average"]
