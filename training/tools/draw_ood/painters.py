"""The painters of pictures that no channel is made for: what else may turn up in an archive.

Drawn, not collected, so no licence of others enters. Each painter takes a random generator and an
edge in pixels and returns `uint8 [edge,edge,3]` RGB. `PAINTERS` are for training; those of
`held_out.HELD_OUT` are kinds that training and the choice of the threshold never see.

What real pictures teach as well is not drawn: 27 kinds (CT, MR of the head, teeth, charts, screens
and others) were left out after a classifier that had learned from real pictures alone mistook at
most one of twenty validation pictures of each.
"""

import numpy as np

from tools.draw_ood.body import (
    airway,
    bladder,
    ear,
    hand,
    portrait,
    stomach,
    wound,
)
from tools.draw_ood.documents import signs, street_map, text_page
from tools.draw_ood.drawing import Painter
from tools.draw_ood.echoes import radar, sector, seismic, unborn
from tools.draw_ood.fields import (
    gradient,
    heat_map,
    noise,
    pattern,
    spectrogram,
    texture,
    weave,
)
from tools.draw_ood.food import berry, citrus, cut_fruit, grains, meat, pizza, sausage
from tools.draw_ood.glow import candles, cave, embers, furnace, molten
from tools.draw_ood.nature import anemone, delta, flower, jellyfish
from tools.draw_ood.objects import circuit, coins, plate, stars, wing
from tools.draw_ood.projections import (
    angiogram,
    hot_spots,
    limb,
    luggage,
    whole_body,
)
from tools.draw_ood.radiographs import abdomen, hips
from tools.draw_ood.records import ecg, handwriting, score, table
from tools.draw_ood.scenes import (
    dead_leaves,
    still_life,
)
from tools.draw_ood.scopes import arthroscope, borescope, larynx, lips, nose
from tools.draw_ood.sky import (
    bare_tree,
    lightning,
    night_lights,
    sun_disc,
    sunset,
)
from tools.draw_ood.surfaces import (
    brickwork,
    cloth,
    foam,
    foliage,
    knitting,
    marbling,
    mosaic,
    sand,
    scales,
    wood,
)
from tools.draw_ood.weathered import infrared, leather, marble, rain, rust

PAINTERS: dict[str, Painter] = {
    "limb": limb,
    "nuclear": hot_spots,
    "text": text_page,
    "map": street_map,
    "signs": signs,
    "leaves": dead_leaves,
    "still life": still_life,
    "airway": airway,
    "texture": texture,
    "noise": noise,
    "gradient": gradient,
    "pattern": pattern,
    "weave": weave,
    "angiogram": angiogram,
    "ear": ear,
    "handwriting": handwriting,
    "table": table,
    "portrait": portrait,
    "brickwork": brickwork,
    "foliage": foliage,
    "mosaic": mosaic,
    "spectrogram": spectrogram,
    "wound": wound,
    "hand": hand,
    "stomach": stomach,
    "bladder": bladder,
    "ecg": ecg,
    "whole body": whole_body,
    "luggage": luggage,
    "wood": wood,
    "sand": sand,
    "cloth": cloth,
    "stars": stars,
    "coins": coins,
    "plate": plate,
    "circuit": circuit,
    "heat map": heat_map,
    "foam": foam,
    "scales": scales,
    "knitting": knitting,
    "score": score,
    "wing": wing,
    "marbling": marbling,
    "radar": radar,
    "larynx": larynx,
    "sector": sector,
    "unborn": unborn,
    "seismic": seismic,
    "meat": meat,
    "sausage": sausage,
    "citrus": citrus,
    "cut fruit": cut_fruit,
    "berry": berry,
    "grains": grains,
    "pizza": pizza,
    "candles": candles,
    "embers": embers,
    "furnace": furnace,
    "molten": molten,
    "cave": cave,
    "flower": flower,
    "anemone": anemone,
    "jellyfish": jellyfish,
    "delta": delta,
    "abdomen": abdomen,
    "hips": hips,
    "nose": nose,
    "arthroscope": arthroscope,
    "borescope": borescope,
    "lips": lips,
    "sun disc": sun_disc,
    "sunset": sunset,
    "bare tree": bare_tree,
    "lightning": lightning,
    "night lights": night_lights,
    "rust": rust,
    "rain": rain,
    "leather": leather,
    "marble": marble,
    "infrared": infrared,
}


def drawn_image(
    rng: np.random.Generator, edge: int = 192, painters: dict[str, Painter] = PAINTERS
) -> tuple[str, np.ndarray]:
    """A random drawn picture and the name of its painter; some are grey or washed out."""
    name = str(rng.choice(list(painters)))
    image = painters[name](rng, edge)
    saturation = rng.choice([0.0, rng.uniform(0.2, 1.0), 1.0], p=[0.25, 0.35, 0.4])
    if saturation < 1:
        grey = image.mean(axis=2, keepdims=True)
        image = (grey + (image - grey) * saturation).astype(np.uint8)
    return name, image
