"""Painters of kinds that training never sees: they tell what an unknown kind of image would do."""

from itertools import pairwise

import cv2
import numpy as np

from espmedsam.detector.foreign.drawing import (
    Painter,
    blend,
    colour,
    ellipse,
    finish,
    fractal,
    unit_square,
)


def relief(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Terrain from above: heights in map colours, shaded as by a low sun."""
    height = fractal(rng, edge, rng.uniform(1.8, 2.4))
    slope_y, slope_x = np.gradient(height * edge * rng.uniform(0.5, 2))
    sun = rng.uniform(0, 2 * np.pi)
    shade = 0.7 + 0.5 * np.tanh(np.cos(sun) * slope_x + np.sin(sun) * slope_y)
    stops = np.array([(70, 120, 70), (170, 160, 90), (140, 100, 70), (245, 245, 245)], float)
    stops = np.clip(stops + rng.normal(0, 15, (4, 3)), 0, 255)
    tint = np.stack([np.interp(height, (0, 0.4, 0.7, 1), stops[:, i]) for i in range(3)], axis=2)
    tint[height < rng.uniform(0, 0.4)] = (90, 130, 190)
    return finish(tint * shade[..., None], rng, 0.8, 5)


def aerial(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Fields from the air: a turned patchwork with furrows, a road, some trees."""
    wide = int(edge * 1.5)
    canvas = np.zeros((wide, wide, 3), np.float32)
    plots = [(0, 0, wide, wide)]
    while plots:
        top, left, bottom, right = plots.pop()
        h, w = bottom - top, right - left
        if max(h, w) > edge * 0.45 or (min(h, w) > edge * 0.15 and rng.random() < 0.6):
            share = rng.uniform(0.3, 0.7)
            if h > w:
                cut = top + int(h * share)
                plots += [(top, left, cut, right), (cut, left, bottom, right)]
            else:
                cut = left + int(w * share)
                plots += [(top, left, bottom, cut), (top, cut, bottom, right)]
            continue
        tone = np.array([rng.uniform(60, 190), rng.uniform(90, 180), rng.uniform(40, 110)])
        rows = np.sin(np.arange(w) * rng.uniform(0.5, 2)) * rng.uniform(0, 14)
        canvas[top:bottom, left:right] = tone + rows[None, :, None]
        cv2.rectangle(canvas, (left, top), (right, bottom), (70.0, 90.0, 50.0), 1)
    y = int(wide * rng.uniform(0.3, 0.7))
    bend = y + int(rng.normal(0, edge * 0.1))
    cv2.line(canvas, (0, y), (wide, bend), (190.0, 185.0, 175.0), max(2, edge // 40))
    for at in rng.uniform(0, wide, (int(rng.integers(0, 60)), 2)):
        cv2.circle(
            canvas, tuple(at.astype(int).tolist()), max(1, edge // 70), (40.0, 65.0, 35.0), -1
        )
    turn = cv2.getRotationMatrix2D((wide / 2, wide / 2), rng.uniform(0, 360), 1)
    canvas = cv2.warpAffine(canvas, turn, (wide, wide), borderMode=cv2.BORDER_REFLECT)
    start = (wide - edge) // 2
    return finish(canvas[start : start + edge, start : start + edge], rng)


def foam(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Bubbles of all sizes on a liquid: bright rims, a highlight in each."""
    liquid = np.array(colour(rng, 40, 230), float)
    canvas = np.ones((edge, edge, 3), np.float32) * liquid.astype(np.float32)
    scale = rng.uniform(0.02, 0.06)
    sizes = np.sort(edge * scale * (0.4 + rng.gamma(1.5, 0.7, int(rng.integers(80, 350)))))
    rim = np.clip(liquid + rng.uniform(40, 120), 0, 255)
    film = np.clip(liquid * rng.uniform(0.6, 1.1), 0, 255)
    for size in sizes[::-1]:
        x, y = (int(v) for v in rng.uniform(0, edge, 2))
        radius = max(2, int(size))
        cv2.circle(canvas, (x, y), radius, film.tolist(), -1, cv2.LINE_AA)
        cv2.circle(canvas, (x, y), radius, rim.tolist(), max(1, radius // 8), cv2.LINE_AA)
        glint = (x - radius // 3, y - radius // 3)
        cv2.circle(canvas, glint, max(1, radius // 6), (250.0, 250.0, 250.0), -1, cv2.LINE_AA)
    return finish(canvas * (0.8 + 0.4 * fractal(rng, edge, 1.8))[..., None], rng)


def fingerprint(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Inked ridges that wind about a core, in an oval, broken here and there."""
    y, x = unit_square(edge)
    turn = rng.normal(0, 0.3)
    across, along = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    warp = rng.uniform(0.05, 0.25) * fractal(rng, edge, 2.2)
    arch = np.where(along > 0, np.abs(across) * rng.uniform(0.7, 1), np.hypot(across, along))
    ridges = np.sin(2 * np.pi * (arch + warp) * rng.uniform(18, 32))
    worn = fractal(rng, edge, rng.uniform(0.8, 1.4))
    printed = (ridges > rng.uniform(-0.3, 0.3)) & (worn > rng.uniform(0.2, 0.4))
    inside = np.hypot(across / rng.uniform(0.26, 0.4), along / rng.uniform(0.36, 0.5))
    ink = printed * np.clip((1 - inside) * 8, 0, 1)
    return finish(blend(colour(rng, 200), colour(rng, 0, 80), ink), rng, 1.0, 6)


def fire(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Flames before the dark: white to red tongues that narrow upwards."""
    y, x = unit_square(edge)
    rising = cv2.resize(fractal(rng, edge, 1.6), (edge, 3 * edge))[edge : 2 * edge]
    sway = rng.uniform(0.1, 0.3) * (rising - 0.5)
    heat = np.zeros((edge, edge), np.float32)
    for _ in range(int(rng.integers(1, 6))):
        tip, wide = rng.uniform(-0.45, 0.1), rng.uniform(0.08, 0.35)
        width = wide * np.clip((y - tip) / (0.5 - tip), 0, 1) ** rng.uniform(0.5, 1.1) + 1e-3
        tongue = 1.2 - np.abs(x - rng.uniform(-0.3, 0.3) + sway) / width
        heat = np.maximum(heat, np.clip(tongue, 0, 1) * (y > tip))
    heat = np.clip(heat * (0.4 + rising) * rng.uniform(0.9, 1.5), 0, 1)
    stops = np.array([(5, 3, 5), (150, 30, 5), (245, 130, 20), (255, 225, 90), (255, 255, 235)])
    at = (0, 0.25, 0.5, 0.8, 1)
    canvas = np.stack([np.interp(heat, at, stops[:, i]) for i in range(3)], axis=2)
    for spark in rng.uniform(0, edge, (int(rng.integers(0, 40)), 2)):
        cv2.circle(canvas, tuple(spark.astype(int).tolist()), 1, (255, 170, 60), -1)
    return finish(canvas, rng, 1.8)


def scales(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A fish's or snake's skin: overlapping rounded plates in offset rows."""
    base = np.array(colour(rng, 60, 220), float)
    canvas = np.zeros((edge, edge, 3), np.float32)
    pitch = edge * rng.uniform(0.05, 0.16)
    radius = (max(2, int(pitch * 0.62)), max(2, int(pitch * rng.uniform(0.6, 0.9))))
    rows = int(edge / (pitch * 0.5)) + 3
    for row in range(rows, -2, -1):
        for column in range(-1, int(edge / pitch) + 2):
            at = (int((column + 0.5 * (row % 2)) * pitch), int(row * pitch * 0.5))
            tone = np.clip(base + rng.normal(0, 14), 0, 255)
            cv2.ellipse(canvas, at, radius, 0, 0, 360, (tone * 0.35).tolist(), -1, cv2.LINE_AA)
            inner = tuple(max(1, int(v * 0.85)) for v in radius)
            cv2.ellipse(canvas, at, inner, 0, 0, 360, tone.tolist(), -1, cv2.LINE_AA)
            glint = (at[0] - radius[0] // 4, at[1] + radius[1] // 3)
            shine = np.clip(tone * 1.35, 0, 255).tolist()
            cv2.ellipse(canvas, glint, (max(1, inner[0] // 3), 1), 0, 0, 360, shine, -1)
    canvas = canvas * (0.6 + 0.8 * fractal(rng, edge, 2))[..., None]
    return finish(np.rot90(canvas, int(rng.integers(4))), rng)


def knitting(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Rows of V-shaped stitches in one to three wools."""
    wools = [np.array(colour(rng, 30), float) for _ in range(int(rng.integers(1, 4)))]
    canvas = np.ones((edge, edge, 3), np.float32) * (wools[0] * 0.35).astype(np.float32)
    pitch = edge * rng.uniform(0.05, 0.13)
    cells = int(edge / pitch) + 3
    repeat = rng.integers(0, len(wools), (int(rng.integers(2, 9)), int(rng.integers(2, 9))))
    axes = (max(2, int(pitch * 0.5)), max(1, int(pitch * 0.24)))
    for row in range(int(cells * 1.3)):
        for column in range(cells):
            wool = wools[repeat[row % repeat.shape[0], column % repeat.shape[1]]]
            for side in (-1, 1):
                at = (int((column + 0.25 * side) * pitch), int(row * pitch * 0.8))
                tone = np.clip(wool * rng.normal(1, 0.06) * (1.05 if side < 0 else 0.9), 0, 255)
                cv2.ellipse(canvas, at, axes, 60 * -side, 0, 360, tone.tolist(), -1, cv2.LINE_AA)
    return finish(canvas * (0.7 + 0.5 * fractal(rng, edge, 1.7))[..., None], rng)


def score(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Sheet music: staves of five lines, notes with stems and beams, bar lines."""
    canvas = np.full((edge, edge, 3), colour(rng, 215), np.uint8)
    ink, gap = colour(rng, 0, 70), max(2, int(edge * rng.uniform(0.015, 0.035)))
    top = int(rng.uniform(1, 5) * gap)
    while top < edge:
        for line in range(5):
            cv2.line(canvas, (0, top + line * gap), (edge, top + line * gap), ink, 1)
        cv2.ellipse(canvas, (2 * gap, top + 2 * gap), (gap, 3 * gap), 20, 0, 300, ink, 1)
        x, previous = 5 * gap, None
        while x < edge:
            at = (x, top + int(rng.integers(-1, 10)) * gap // 2)
            filled = -1 if rng.random() < 0.7 else 1
            cv2.ellipse(canvas, at, (gap * 2 // 3, gap // 2), -20, 0, 360, ink, filled, cv2.LINE_AA)
            stem = (x + gap // 2, at[1] - 3 * gap)
            cv2.line(canvas, (stem[0], at[1]), stem, ink, 1)
            if previous is not None and rng.random() < 0.4:
                cv2.line(canvas, previous, stem, ink, max(2, gap // 2))
            previous = stem
            if rng.random() < 0.15:
                bar = x + gap + gap // 2
                cv2.line(canvas, (bar, top), (bar, top + 4 * gap), ink, 1)
            x += int(gap * rng.uniform(1.8, 4))
        top += int(gap * rng.uniform(9, 14))
    return finish(canvas, rng, 0.8, 5)


def planet(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A disc in space, lit from one side: bands, a storm, or craters."""
    y, x = unit_square(edge)
    radius, tilt = rng.uniform(0.2, 0.46), rng.normal(0, 0.4)
    inside = np.hypot(x, y) / radius
    across = (y * np.cos(tilt) + x * np.sin(tilt)) / radius
    base = np.array(colour(rng, 70, 240), float)
    if rng.random() < 0.5:
        stripes = np.sin(across * rng.uniform(6, 25) + 3 * fractal(rng, edge, 1.8))
        surface = base * (1 + 0.25 * stripes)[..., None]
    else:
        surface = (base * (0.6 + 0.8 * fractal(rng, edge, 1.4))[..., None]).astype(np.float32)
        for _ in range(int(rng.integers(10, 60))):
            at = tuple(rng.integers(0, edge, 2).tolist())
            size = max(1, int(edge * rng.gamma(1.2, 0.012)))
            cv2.circle(surface, at, size, (base * rng.uniform(0.5, 1.2)).tolist(), -1)
            cv2.circle(surface, at, size, (base * 1.3).tolist(), 1)
    depth = np.sqrt(np.clip(1 - inside**2, 0, 1))
    sun = rng.uniform(0, 2 * np.pi)
    lit = (
        rng.uniform(0.2, 1) * depth
        + rng.uniform(0, 0.9) * (np.cos(sun) * x + np.sin(sun) * y) / radius
    )
    canvas = surface * np.clip(lit, 0.02, 1.1)[..., None] * (inside < 1)[..., None]
    return finish(canvas, rng, 1.2, 5)


def wing(rng: np.random.Generator, edge: int) -> np.ndarray:
    """An insect's wing: long veins from one root, cross veins, clear cells between."""
    back, tone = colour(rng, 170), colour(rng, 30, 130)
    canvas = np.full((edge, edge, 3), back, np.uint8)
    shape = (int(edge * rng.uniform(0.4, 0.55)), int(edge * rng.uniform(0.16, 0.26)))
    centre = (edge // 2, edge // 2)
    mask = np.zeros((edge, edge), np.uint8)
    cv2.ellipse(mask, centre, shape, 0, 0, 360, 255, -1)
    membrane = tuple(int(v * rng.uniform(0.8, 1)) for v in back)
    canvas[mask > 0] = membrane
    t, veins = np.linspace(0, 1, 40), int(rng.integers(4, 9))
    rows = []
    for i in range(veins):
        end = (i / (veins - 1) - 0.5) * 2
        bow = shape[1] * end * np.sin(np.pi * np.clip(t * 0.8, 0, 1)) * rng.uniform(0.85, 1)
        path = np.stack((centre[0] - shape[0] + 2 * shape[0] * t, centre[1] + bow), axis=1)
        rows.append(path)
        cv2.polylines(canvas, [path.astype(np.int32)], False, tone, int(rng.integers(1, 3)))
    for upper, lower in pairwise(rows):
        for at in rng.integers(8, 39, int(rng.integers(3, 14))):
            ends = upper[at].astype(int).tolist(), lower[min(39, at + 1)].astype(int).tolist()
            cv2.line(canvas, tuple(ends[0]), tuple(ends[1]), tone, 1, cv2.LINE_AA)
    cv2.ellipse(canvas, centre, shape, 0, 0, 360, tone, int(rng.integers(1, 4)), cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D(centre, rng.uniform(0, 360), rng.uniform(0.9, 1.6))
    return finish(cv2.warpAffine(canvas, turn, (edge, edge), borderValue=back), rng)


def marbling(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Marbled paper: bands of ink drawn out by a comb."""
    y, x = unit_square(edge)
    for _ in range(int(rng.integers(2, 5))):
        often, far = rng.uniform(6, 30), rng.uniform(0.02, 0.12)
        x = x + far * np.sin(often * y + rng.uniform(0, 6))
        y = y + far * np.abs(np.sin(often * x * 0.7 + rng.uniform(0, 6)))
    inks = np.array([colour(rng) for _ in range(int(rng.integers(3, 7)))])
    bands = (y * rng.uniform(8, 30) + rng.uniform(0, 1.5) * fractal(rng, edge, 2)).astype(int)
    return finish(inks[bands % len(inks)].astype(np.float32), rng)


def radar(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A radar's round screen: rings, spokes, echoes, an afterglow behind the sweep."""
    y, x = unit_square(edge)
    distance, angle = np.hypot(x, y), np.arctan2(y, x)
    behind = np.mod(angle - rng.uniform(0, 2 * np.pi), 2 * np.pi) / (2 * np.pi)
    echoes = np.clip(fractal(rng, edge, rng.uniform(1, 1.8)) - rng.uniform(0.4, 0.7), 0, 1)
    glow = echoes * rng.uniform(1.5, 5) * behind**0.5 + 0.3 * behind**8
    rings = np.abs(np.mod(distance, rng.uniform(0.08, 0.15))) < 0.004
    glow = np.clip(glow + 0.5 * rings, 0, 1) * (distance < 0.48)
    inks = ((60, 255, 90), (255, 190, 60), (110, 200, 255))
    canvas = blend((0, 12, 4), inks[rng.integers(3)], glow)
    return finish(canvas, rng, 1.2, 5)


def skull(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A radiograph of a head from the side: vault, orbit, jaws with teeth, neck."""
    canvas = np.full((edge, edge), rng.uniform(5, 45), np.float32)
    cx, cy = edge * rng.uniform(0.48, 0.56), edge * rng.uniform(0.34, 0.42)
    rx, ry = edge * rng.uniform(0.3, 0.38), edge * rng.uniform(0.26, 0.32)

    def oval(at: tuple, radius: tuple, value: float, thickness: int = -1, turn: float = 0) -> None:
        centre, axes = tuple(map(int, at)), tuple(max(1, int(v)) for v in radius)
        cv2.ellipse(canvas, centre, axes, turn, 0, 360, value, thickness)

    soft, bone = rng.uniform(70, 120), rng.uniform(150, 215)
    oval((cx + rx * 0.1, cy + ry * 1.9), (rx * 0.4, ry * 1.2), soft)
    oval((cx, cy), (rx * 1.08, ry * 1.1), soft * 0.8)
    oval((cx, cy), (rx, ry), soft * 1.15)
    oval((cx, cy), (rx, ry), bone, max(2, edge // 40))
    oval((cx - rx * 0.55, cy + ry * 0.95), (rx * 0.42, ry * 0.5), soft * 1.3)
    oval((cx - rx * 0.7, cy + ry * 0.55), (rx * 0.2, ry * 0.2), soft * 0.6)
    oval((cx - rx * 0.45, cy + ry * 1.4), (rx * 0.5, ry * 0.16), bone, -1, 25)
    oval((cx + rx * 0.15, cy + ry * 0.8), (rx * 0.25, ry * 0.2), bone * 1.1)
    for i in range(7):
        tooth = (cx - rx * (0.85 - 0.08 * i), cy + ry * 1.25)
        oval(tooth, (edge * 0.012, ry * 0.12), 235)
    for i in range(5):
        oval((cx + rx * 0.3, cy + ry * (1.2 + 0.28 * i)), (rx * 0.16, ry * 0.11), bone)
    canvas = cv2.GaussianBlur(canvas, (0, 0), edge / 90) + 30 * fractal(rng, edge, 1.5)
    image = finish(canvas, rng, 1.2, 8)
    return image if rng.random() < 0.5 else image[:, ::-1].copy()


def larynx(rng: np.random.Generator, edge: int) -> np.ndarray:
    """An endoscope above the voice box: two pale folds, a dark gap, the lid above it."""
    y, x = unit_square(edge)
    pink = np.array([rng.uniform(170, 235), rng.uniform(90, 140), rng.uniform(80, 125)])
    image = (pink * (0.7 + 0.5 * fractal(rng, edge, 1.7))[..., None]).astype(np.float32)
    cx, top, bottom = edge // 2, int(edge * 0.3), int(edge * rng.uniform(0.68, 0.8))
    spread = int(edge * rng.uniform(0.05, 0.16))
    for side in (-1, 1):
        ellipse(image, rng, (cx + side * edge * 0.22, bottom), (edge * 0.09,) * 2, pink.tolist())
        foot = (cx + side * spread, bottom)
        cv2.line(image, (cx, top), foot, (240.0, 225.0, 215.0), max(3, edge // 12))
    gap = np.array([[cx, top], [cx - spread, bottom], [cx + spread, bottom]], np.int32)
    cv2.fillPoly(image, [gap], (25.0, 10.0, 10.0))
    lid = (int(edge * 0.3), int(edge * rng.uniform(0.1, 0.18)))
    cv2.ellipse(image, (cx, top), lid, 0, 180, 360, (pink * 1.08).tolist(), max(4, edge // 14))
    image = cv2.GaussianBlur(image, (0, 0), edge / 80) * (1.25 - 1.4 * np.hypot(x, y))[..., None]
    if rng.random() < 0.7:
        image = image * (np.hypot(x, y) < rng.uniform(0.42, 0.5))[..., None]
    turn = cv2.getRotationMatrix2D((edge / 2, edge / 2), rng.normal(0, 15), 1)
    image = cv2.warpAffine(image, turn, (edge, edge), borderMode=cv2.BORDER_REFLECT)
    return finish(image, rng)


HELD_OUT: dict[str, Painter] = {
    "relief": relief,
    "aerial": aerial,
    "foam": foam,
    "fingerprint": fingerprint,
    "fire": fire,
    "scales": scales,
    "knitting": knitting,
    "score": score,
    "planet": planet,
    "wing": wing,
    "marbling": marbling,
    "radar": radar,
    "skull": skull,
    "larynx": larynx,
}
