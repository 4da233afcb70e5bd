"""Generated images of none of the six kinds: what else may turn up in an archive.

Drawn, not collected, so no foreign licence enters. Each painter takes a random generator and an
edge in pixels and returns `uint8 [edge,edge,3]` RGB. `PAINTERS` are for training; those of
`held_out.HELD_OUT` are kinds that training and the choice of the threshold never see.
"""

import numpy as np

from espmedsam.detector.foreign.body import (
    airway,
    bladder,
    ear,
    hand,
    mouth,
    portrait,
    stomach,
    wound,
)
from espmedsam.detector.foreign.documents import chart, screenshot, signs, street_map, text_page
from espmedsam.detector.foreign.drawing import Painter
from espmedsam.detector.foreign.fields import (
    calibration,
    gradient,
    heat_map,
    noise,
    pattern,
    spectrogram,
    texture,
    weave,
)
from espmedsam.detector.foreign.objects import circuit, coins, plate, stars
from espmedsam.detector.foreign.projections import (
    angiogram,
    breast,
    fluoroscopy,
    hot_spots,
    limb,
    luggage,
    teeth,
    whole_body,
)
from espmedsam.detector.foreign.records import code, ecg, handwriting, table
from espmedsam.detector.foreign.scenes import corridor, dead_leaves, scenery, still_life
from espmedsam.detector.foreign.sections import ct_slice, head_slice, joint, layers, spine
from espmedsam.detector.foreign.surfaces import brickwork, cloth, foliage, mosaic, sand, wood

PAINTERS: dict[str, Painter] = {
    "ct": ct_slice,
    "head": head_slice,
    "joint": joint,
    "limb": limb,
    "teeth": teeth,
    "breast": breast,
    "nuclear": hot_spots,
    "text": text_page,
    "screenshot": screenshot,
    "chart": chart,
    "map": street_map,
    "signs": signs,
    "leaves": dead_leaves,
    "scenery": scenery,
    "still life": still_life,
    "corridor": corridor,
    "airway": airway,
    "texture": texture,
    "noise": noise,
    "gradient": gradient,
    "pattern": pattern,
    "weave": weave,
    "calibration": calibration,
    "angiogram": angiogram,
    "layers": layers,
    "spine": spine,
    "ear": ear,
    "handwriting": handwriting,
    "code": code,
    "table": table,
    "portrait": portrait,
    "brickwork": brickwork,
    "foliage": foliage,
    "mosaic": mosaic,
    "spectrogram": spectrogram,
    "wound": wound,
    "hand": hand,
    "mouth": mouth,
    "stomach": stomach,
    "bladder": bladder,
    "ecg": ecg,
    "whole body": whole_body,
    "fluoroscopy": fluoroscopy,
    "luggage": luggage,
    "wood": wood,
    "sand": sand,
    "cloth": cloth,
    "stars": stars,
    "coins": coins,
    "plate": plate,
    "circuit": circuit,
    "heat map": heat_map,
}


def foreign_image(
    rng: np.random.Generator, edge: int = 192, painters: dict[str, Painter] = PAINTERS
) -> tuple[str, np.ndarray]:
    """A random foreign image and the name of its painter; some are grey or washed out."""
    name = str(rng.choice(list(painters)))
    image = painters[name](rng, edge)
    saturation = rng.choice([0.0, rng.uniform(0.2, 1.0), 1.0], p=[0.25, 0.35, 0.4])
    if saturation < 1:
        grey = image.mean(axis=2, keepdims=True)
        image = (grey + (image - grey) * saturation).astype(np.uint8)
    return name, image
