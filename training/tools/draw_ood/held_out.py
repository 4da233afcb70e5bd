"""Painters of kinds that neither training nor the choice of thresholds sees: the honest test."""

import cv2
import numpy as np

from tools.draw_ood.drawing import (
    Painter,
    blend,
    colour,
    finish,
    fractal,
    unit_square,
)
from tools.draw_ood.held_out_science import HELD_OUT_SCIENCE, muted


def butterfly(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A butterfly with spread wings: dark margins, veins, spots alike on both sides."""
    at = np.linspace(0, 2 * np.pi, 60)
    wings = np.zeros((edge, edge), np.uint8)
    veins = np.zeros((edge, edge), np.uint8)
    root = np.array([0.5 * edge, 0.5 * edge])
    for angle, long, wide in (
        (rng.uniform(-0.85, -0.5), rng.uniform(0.4, 0.48), rng.uniform(0.13, 0.19)),
        (rng.uniform(0.5, 0.9), rng.uniform(0.28, 0.36), rng.uniform(0.13, 0.18)),
    ):
        ahead = np.array([np.cos(angle), np.sin(angle)])
        aside = np.array([-ahead[1], ahead[0]])
        along = long * edge * (1 - np.cos(at)) / 2
        across = wide * edge * np.sin(at) * (0.25 + 0.75 * (1 - np.cos(at)) / 2)
        across *= 1 + 0.06 * np.cos(rng.integers(8, 14) * at)
        shape = (root + along[:, None] * ahead + across[:, None] * aside).astype(np.int32)
        cv2.fillPoly(wings, [shape], 255, cv2.LINE_AA)
        for tip in shape[12:50:6]:
            cv2.line(veins, (edge // 2, edge // 2), tip.tolist(), 255, max(1, edge // 110))
    depth = cv2.distanceTransform(wings, cv2.DIST_L2, 3) / edge
    y, x = unit_square(edge)
    wing = blend(colour(rng), colour(rng, 60), np.clip(np.hypot(x, y) * 2.2, 0, 1))
    dark = np.clip(1.6 - depth / rng.uniform(0.015, 0.04), 0, 1)
    dark = np.maximum(dark, veins / 255 * rng.uniform(0.4, 0.9))
    wing = wing * (1 - dark[..., None]) + np.array(colour(rng, 0, 50)) * dark[..., None]
    inside = np.argwhere(depth > 0.008)
    for row, column in inside[rng.integers(0, len(inside), int(rng.integers(4, 24)))]:
        size = max(1, int(edge * rng.uniform(0.006, 0.022)))
        cv2.circle(wing, (int(column), int(row)), size, colour(rng, 120), -1)
    mask = wings[..., None] / 255
    field = blend(muted(rng), muted(rng), fractal(rng, edge, rng.uniform(1.5, 2.5)))
    mask, wing = (np.where(x[..., None] < 0, p[:, ::-1], p) for p in (mask, wing))
    canvas = (field * (1 - mask) + wing * mask).astype(np.float32)
    body = colour(rng, 10, 70)
    middle, thick = edge // 2, max(1, int(edge * rng.uniform(0.015, 0.028)))
    cv2.ellipse(canvas, (middle, middle), (thick, int(edge * 0.15)), 0, 0, 360, body, -1)
    for side in (-1, 1):
        end = (middle + side * int(edge * 0.1), int(edge * rng.uniform(0.18, 0.24)))
        cv2.line(canvas, (middle, int(edge * 0.36)), end, body, max(1, edge // 120))
    turn = cv2.getRotationMatrix2D((middle, middle), rng.uniform(-70, 70), rng.uniform(0.8, 1.3))
    canvas = cv2.warpAffine(canvas, turn, (edge, edge), borderMode=cv2.BORDER_REFLECT)
    return finish(canvas, rng, 1.0, 6)


def cables(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A bundle of round cables that bend together, each shaded as a cylinder, with ties."""
    canvas = np.full((edge, edge, 3), muted(rng, 10, 190), np.uint8)
    tints = [pick(rng, 20) for pick in rng.choice((colour, muted, muted), rng.integers(1, 7))]
    along = np.linspace(-0.5, 1.5, 70)
    bend = rng.uniform(0.05, 0.3) * np.sin(along * rng.uniform(2, 6) + rng.uniform(0, 6))
    spread, thick = rng.uniform(0.2, 0.6), edge * rng.uniform(0.035, 0.09)
    for _ in range(int(spread * edge / thick * rng.uniform(1.2, 2.2))):
        stray = rng.uniform(0, 0.05) * np.sin(along * rng.uniform(3, 9) + rng.uniform(0, 6))
        level = 0.5 + bend + stray + rng.uniform(-0.5, 0.5) * spread
        path = (np.stack([along, level], axis=1) * edge * 8).astype(np.int32)
        tint = np.array(tints[int(rng.integers(len(tints)))], float)
        for share in (1.15, 1, 0.8, 0.6, 0.4, 0.2):
            gain = 0.15 if share > 1 else 1.25 - 0.85 * share**1.5
            shift = np.array([0, int(-8 * thick * 0.12 * (1 - share))])
            tone = np.clip(tint * gain + (50 if share < 0.3 else 0), 0, 255).tolist()
            width = max(1, int(thick * share))
            cv2.polylines(canvas, [path + shift], False, tone, width, cv2.LINE_AA, 3)
    for place in rng.uniform(0.1, 0.9, int(rng.integers(0, 3))):
        level = 0.5 + np.interp(place, along, bend)
        ends = [(int(place * edge), int((level + s * spread * 0.6) * edge)) for s in (-1, 1)]
        cv2.line(canvas, *ends, colour(rng), max(2, int(edge * 0.03)), cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((edge / 2, edge / 2), rng.uniform(0, 360), 1.45)
    canvas = cv2.warpAffine(canvas, turn, (edge, edge), borderMode=cv2.BORDER_REFLECT)
    return finish(canvas, rng, 1.3)


def honeycomb(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A comb of wax: six-sided cells, empty, full of honey or capped, some bees upon it."""
    y, x = unit_square(edge)
    turn, pitch = rng.uniform(0, np.pi), rng.uniform(0.07, 0.17)
    x = x + 0.03 * (fractal(rng, edge, 2.5) - 0.5)
    u, v = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    u, v, tall = u / pitch + 20, v / pitch + 20 * np.sqrt(3), np.sqrt(3)
    near = []
    for shift in (0, 0.5):
        column, row = np.round(u - shift), np.round(v / tall - shift)
        near.append(
            (u - shift - column, v - (row + shift) * tall, column + 97 * row + 4999 * shift)
        )
    first = np.hypot(near[0][0], near[0][1]) < np.hypot(near[1][0], near[1][1])
    du, dv, name = (np.where(first, a, b) for a, b in zip(*near, strict=True))
    reach = np.maximum(np.abs(du), np.abs(du) / 2 + np.abs(dv) * tall / 2) * 2
    luck = np.modf(np.abs(np.sin(name * 12.9898 + rng.uniform(0, 6))) * 43758.5)[0]
    capped = luck < rng.uniform(0, 0.8) * (fractal(rng, edge, 3) > 0.5)
    wax = np.array((rng.uniform(190, 245), rng.uniform(140, 190), rng.uniform(50, 110)))
    wall = np.clip((reach - rng.uniform(0.72, 0.84)) * 9, 0, 1)
    deep = np.clip(0.25 + 0.5 * reach**3 + 0.3 * (du + dv) + 0.25 * (luck - 0.5), 0.08, 1)
    deep = np.where(capped, 0.85 + 0.1 * luck - 0.15 * reach, deep)
    cell = wax * np.array((0.95, 0.75, 0.45)) * deep[..., None]
    glint = (np.hypot(du + 0.18, dv + 0.2) < 0.09) & (luck > rng.uniform(0.3, 1)) & ~capped
    canvas = cell * (1 - wall[..., None]) + wax * wall[..., None] + 130 * glint[..., None]
    canvas = np.ascontiguousarray(canvas * (0.7 + 0.5 * fractal(rng, edge, 1.6))[..., None])
    for _ in range(int(rng.integers(0, 5))):
        at, angle = rng.uniform(0, edge, 2), rng.uniform(0, 2 * np.pi)
        ahead = np.array([np.cos(angle), np.sin(angle)]) * edge * pitch * 0.35
        for step in range(-2, 4):
            tone = (35, 25, 15) if step % 2 else (190, 130, 40)
            size = max(1, int(edge * pitch * (0.42 - 0.07 * abs(step))))
            cv2.circle(canvas, (at + step * ahead).astype(int).tolist(), size, tone, -1)
    return finish(canvas, rng, 1.0)


def animal_coat(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A zebra's stripes, a leopard's rosettes or a giraffe's patches on short hair."""
    y, x = unit_square(edge)
    bend = fractal(rng, edge, 2.2) - 0.5
    kind = int(rng.integers(3))
    if kind == 0:
        waves = np.sin(2 * np.pi * (x + 0.6 * bend) * rng.uniform(5, 11) + 3 * y)
        mark, ground = np.clip(waves * 4 + 0.5, 0, 1), (232, 224, 210)
        ink = (28, 24, 24)
    else:
        step = edge * (rng.uniform(0.1, 0.2) if kind == 1 else rng.uniform(0.16, 0.3))
        cells = int(edge / step) + 4
        sites = rng.uniform(0.25, 0.75, (cells, cells, 2)).astype(np.float32)
        px, py = (x + 0.08 * bend + 0.5) * edge / step + 1, (y + 0.5) * edge / step + 1
        column, row = px.astype(int), py.astype(int)
        far = [np.full((edge, edge), 9.0)] * 2
        for down, aside in np.ndindex(3, 3):
            i, j = (np.clip(v - 1, 0, cells - 1) for v in (row + down, column + aside))
            reach = np.hypot(j + sites[i, j, 0] - px, i + sites[i, j, 1] - py)
            far = [np.minimum(far[0], reach), np.minimum(far[1], np.maximum(far[0], reach))]
        if kind == 1:
            worn = fractal(rng, edge, 1.3)
            size = rng.uniform(0.3, 0.36) + 0.5 * (worn - 0.5)
            ring = np.clip(2 - np.abs(far[0] - size) / 0.055, 0, 1)
            mark = ring * np.clip((fractal(rng, edge, 1.4) - 0.4) * 20, 0, 1)
            mark = np.maximum(mark, rng.uniform(0.1, 0.35) * (far[0] < size))
            ground, ink = (210, 165, 105), (35, 25, 20)
        else:
            mark = np.clip((far[1] - far[0] - rng.uniform(0.06, 0.16)) * 12, 0, 1)
            ground, ink = (228, 200, 155), (150, 85, 40)
    ground = np.clip(np.array(ground) + rng.normal(0, 14, 3), 0, 255)
    ink = np.clip(np.array(ink) + rng.normal(0, 10, 3), 0, 255)
    hair = cv2.GaussianBlur(rng.normal(0, 1, (edge, edge)), (0, 0), 0.5, sigmaY=edge / 40)
    hair = hair / hair.std() * rng.uniform(4, 14)
    shade = (
        1 - rng.uniform(0, 1.6) * (x * np.cos(turn := rng.uniform(0, 6)) + y * np.sin(turn)) ** 2
    )
    canvas = (blend(tuple(ground), tuple(ink), mark) + hair[..., None]) * shade[..., None]
    return finish(np.rot90(canvas, int(rng.integers(4))), rng, 1.0, 6)


def aquarium(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A tank: blue or green water lit from above, gravel, swaying plants, fish, bubbles."""
    y, x = unit_square(edge)
    water = (rng.uniform(0, 60), rng.uniform(70, 150), rng.uniform(110, 220))
    rays = 0.15 * np.sin((x + 0.3 * y) * rng.uniform(8, 25) + rng.uniform(0, 6)) * (0.5 - y)
    light = np.clip(1.25 - (y + 0.5) * rng.uniform(0.5, 1) + rays, 0.1, 2)
    canvas = np.clip(np.array(water) * light[..., None], 0, 255)
    floor = y + 0.04 * np.sin(x * 7 + rng.uniform(0, 6)) > rng.uniform(0.28, 0.42)
    sand = np.array(colour(rng, 60, 220)) * rng.uniform(0.5, 1.1, (edge, edge, 1))
    canvas = np.where(floor[..., None], sand, canvas).clip(0, 255).astype(np.uint8)
    for _ in range(int(rng.integers(3, 22))):
        rise = np.linspace(0, rng.uniform(0.15, 0.7), 16)
        sway = 0.04 * np.sin(rise * rng.uniform(8, 20) + rng.uniform(0, 6)) * (rise + 0.2) * 3
        stem = np.stack([rng.uniform(0, 1) + sway, 0.9 - rise], axis=1) * edge
        leaf = (int(rng.integers(10, 120)), int(rng.integers(80, 190)), int(rng.integers(20, 90)))
        width = max(1, int(edge * rng.uniform(0.008, 0.03)))
        cv2.polylines(canvas, [stem.astype(np.int32)], False, leaf, width, cv2.LINE_AA)
    for _ in range(int(rng.integers(2, 9))):
        fish = np.zeros((edge, edge), np.uint8)
        size, side = edge * rng.uniform(0.05, 0.15), int(rng.choice((-1, 1)))
        cx, cy = rng.uniform(0.1, 0.9) * edge, rng.uniform(0.1, 0.75) * edge
        high = size * rng.uniform(0.35, 0.75)
        cv2.ellipse(fish, (int(cx), int(cy)), (int(size), max(1, int(high))), 0, 0, 360, 255, -1)
        for near, far, tall in ((-0.8, -1.5, 0.9), (0.3, -0.4, 1.35)):
            up = (near > 0) * high * 0.7
            fin = [(near, -up), (far, -tall * high), (far, tall * high - 2 * up)]
            spots = [(cx + side * a * size, cy + b) for a, b in fin]
            cv2.fillPoly(fish, [np.array(spots, np.int32)], 255, cv2.LINE_AA)
        stripe = np.sin((x * edge - cx) / size * rng.uniform(3, 9)) > rng.uniform(0, 1.3)
        coat = np.where(stripe[..., None], colour(rng), colour(rng, 90)) * np.ones((edge, edge, 1))
        coat = coat * (1.1 - 0.4 * np.clip((y * edge + edge / 2 - cy) / high, -1, 1))[..., None]
        canvas = np.where(fish[..., None] > 99, coat, canvas).clip(0, 255).astype(np.uint8)
        eye = (int(cx + side * size * 0.65), int(cy - high * 0.2))
        cv2.circle(canvas, eye, max(1, int(size * 0.12)), (240, 240, 240), -1)
        cv2.circle(canvas, eye, max(1, int(size * 0.06)), (10, 10, 10), -1)
    for spot in rng.uniform(0, edge * 0.8, (int(rng.integers(0, 25)), 2)).astype(int).tolist():
        cv2.circle(canvas, spot, max(1, int(edge * rng.uniform(0.004, 0.015))), (215, 235, 245), 1)
    return finish(canvas, rng)


def tea_cup(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A cup of tea or coffee from above, on its saucer, with a handle, a spoon, a shine."""
    y, x = unit_square(edge)
    table = blend(muted(rng, 30), muted(rng, 30), fractal(rng, edge, rng.uniform(1.5, 3)))
    canvas = table.astype(np.uint8)
    at = (edge * (0.5 + rng.uniform(-0.06, 0.06, 2))).astype(int).tolist()
    cup = int(edge * rng.uniform(0.2, 0.48))
    dish = int(cup * rng.uniform(1.35, 1.6))
    glaze = np.array(muted(rng, 130, 250))
    if rng.random() < 0.8:
        cv2.circle(canvas, at, dish, (glaze * 0.6).tolist(), -1, cv2.LINE_AA)
        cv2.circle(canvas, at, int(dish * 0.97), (glaze * 0.93).tolist(), -1, cv2.LINE_AA)
        cv2.circle(canvas, at, int(dish * 0.75), (glaze * 0.75).tolist(), 2, cv2.LINE_AA)
    angle = rng.uniform(0, 360)
    ahead = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    ear = (np.array(at) + ahead * cup * 1.1).astype(int).tolist()
    axes = (int(cup * 0.34), int(cup * 0.2))
    cv2.ellipse(canvas, ear, axes, angle, 0, 360, (glaze * 0.85).tolist(), max(2, cup // 9), 16)
    if rng.random() < 0.5:
        side = np.array([-ahead[1], ahead[0]])
        ends = [np.array(at) + side * cup * 1.2 + ahead * cup * s for s in (-0.7, 1.2)]
        ends = [end.astype(int).tolist() for end in ends]
        cv2.line(canvas, *ends, (175, 175, 180), max(2, cup // 10), cv2.LINE_AA)
        bowl = (cup // 4, cup // 7)
        cv2.ellipse(canvas, ends[0], bowl, angle, 0, 360, (200, 200, 205), -1, cv2.LINE_AA)
    cv2.circle(canvas, at, cup, np.clip(glaze * 1.15, 0, 255).tolist(), -1, cv2.LINE_AA)
    cv2.circle(canvas, at, int(cup * 0.92), (glaze * 0.7).tolist(), -1, cv2.LINE_AA)
    far = np.hypot(x * edge + edge / 2 - at[0], y * edge + edge / 2 - at[1]) / (cup * 0.86)
    brews = ((150, 70, 20), (190, 110, 30), (60, 32, 18), (185, 135, 95), (140, 150, 50))
    brew = np.array(brews[int(rng.integers(5))]) * (1.15 - 0.5 * np.clip(far, 0, 1)[..., None] ** 3)
    froth = np.clip(fractal(rng, edge, 1.9) * 6 - rng.uniform(3, 7), 0, 1) * rng.uniform(10, 90)
    inside = np.clip((1 - far) * cup * 0.5, 0, 1)[..., None]
    canvas = canvas * (1 - inside) + (brew + froth[..., None]) * inside
    shine = np.exp(
        -(((x - (at[0] / edge - 0.5)) / 0.05) ** 2 + ((y - at[1] / edge + 0.55) / 0.02) ** 2)
    )
    canvas = canvas + (rng.uniform(0, 150) * shine + 30 * (x + y) * rng.choice((-1, 1)))[..., None]
    return finish(canvas, rng, 1.3)


def vinyl_record(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A record on its player: fine grooves, a fan of light, a printed label, the tone arm."""
    y, x = unit_square(edge)
    x, y = x - rng.uniform(-0.12, 0.12), y - rng.uniform(-0.12, 0.12)
    far, angle, size = np.hypot(x, y), np.arctan2(y, x), rng.uniform(0.36, 0.6)
    tint = np.array(colour(rng, 15, 50) if rng.random() < 0.8 else colour(rng, 40, 200), float)
    fan = np.abs(np.cos(angle - rng.uniform(0, np.pi))) ** rng.uniform(8, 40)
    groove = rng.normal(1, 0.25, edge)[np.clip(far * edge, 0, edge - 1).astype(int)]
    gaps = np.isin((far / size * 40).astype(int), rng.integers(16, 39, int(rng.integers(2, 6))))
    light = (8 + rng.uniform(60, 170) * fan) * groove * (1 - 0.6 * gaps)
    disc = tint * (0.9 + 0.1 * groove[..., None]) + light[..., None]
    label = np.where(
        ((far / size * 50).astype(int) % 5 == 0)[..., None], colour(rng), colour(rng, 60)
    )
    lines = (np.abs(x) < size * 0.17) & (np.abs(np.abs(y) - size * 0.16) < size * 0.07)
    lines &= (y * 60 / size).astype(int) % 3 == 0
    label = np.where(lines[..., None], 20, label)
    deck = blend(muted(rng), muted(rng), fractal(rng, edge, 2))
    disc = np.where((far < size * rng.uniform(0.28, 0.38))[..., None], label, disc)
    disc = np.where((far < max(0.008, size * 0.025))[..., None], 200, disc)
    rim = np.clip((size - far) * edge, 0, 1)[..., None]
    canvas = np.ascontiguousarray(deck * (1 - rim) + disc * rim, np.float32)
    if rng.random() < 0.6:
        elbow = edge * np.array([rng.uniform(0.75, 0.95), rng.uniform(0.55, 0.7)])
        head = edge * np.array([rng.uniform(0.58, 0.7), rng.uniform(0.7, 0.85)])
        path = np.array([(edge * 0.93, edge * 0.06), elbow, head]).astype(np.int32)
        cv2.polylines(canvas, [path], False, (190, 190, 195), max(2, edge // 45))
        cv2.circle(canvas, path[0].tolist(), edge // 14, (120, 120, 125), -1)
        cv2.line(
            canvas,
            path[2].tolist(),
            (path[2] + (-edge // 18, edge // 30)).tolist(),
            (35, 35, 35),
            edge // 18,
        )
    return finish(canvas, rng, 1.0, 6)


def bookshelf(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Rows of book spines of many colours on boards, with titles, gaps and a leaning book."""
    board = np.array(muted(rng, 40, 220))
    canvas = np.full((edge, edge, 3), (board * 0.3).astype(int), np.uint8)
    shelves = int(rng.integers(1, 5))
    pitch, tints = edge / shelves, [muted(rng) for _ in range(int(rng.integers(3, 20)))]
    for shelf in range(shelves):
        foot = int((shelf + 1) * pitch - pitch * 0.07)
        left = -rng.uniform(0, 0.05) * edge
        while left < edge:
            wide = edge * rng.uniform(0.025, 0.08) * (1.3 if shelves < 3 else 0.9)
            tall = pitch * rng.uniform(0.6, 0.86)
            lean = tall * rng.uniform(0.1, 0.35) if rng.random() < 0.07 else 0
            if rng.random() < 0.05:
                left += wide * 2
            tint = np.array(tints[int(rng.integers(len(tints)))])
            ink = (250, 240, 200) if tint.mean() < 130 else (40, 30, 30)
            for strip in np.linspace(0, 1, 6)[:-1]:
                gain = 0.5 + 0.65 * np.sin(np.pi * (strip + 0.15))
                ends = np.array([left + strip * wide, left + (strip + 0.22) * wide])
                quad = [(ends[0], foot), (ends[1], foot), (ends[1] + lean, foot - tall)]
                quad = np.array([*quad, (ends[0] + lean, foot - tall)], np.int32)
                cv2.fillPoly(canvas, [quad], np.clip(tint * gain, 0, 255).tolist())
            for start in rng.uniform(0.1, 0.8, int(rng.integers(0, 4))):
                a, long = rng.uniform(0.3, 0.45), rng.uniform(0.02, 0.3)
                top = foot - tall * min(0.93, start + long)
                spot = (int(left + a * wide + lean * start), int(top))
                far = (int(left + (1 - a) * wide + lean * start), int(foot - tall * start))
                cv2.rectangle(canvas, spot, far, ink, -1)
            left += wide + lean + 1
        cv2.rectangle(canvas, (0, foot), (edge, int((shelf + 1) * pitch)), board.tolist(), -1)
    shade = 0.7 + 0.6 * fractal(rng, edge, 2.5)
    tilt = cv2.getRotationMatrix2D((edge / 2, edge / 2), rng.normal(0, 4), rng.uniform(1.05, 1.4))
    canvas = cv2.warpAffine(canvas, tilt, (edge, edge), borderMode=cv2.BORDER_REFLECT)
    return finish(canvas * shade[..., None], rng)


def ice_cream(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Scoops of ice cream in a cone or a bowl: ragged feet, rough skin, sauce and sprinkles."""
    y, x = unit_square(edge)
    canvas = blend(muted(rng), muted(rng), np.clip(y + 0.5, 0, 1))
    cone, size = rng.random() < 0.5, rng.uniform(0.15, 0.22)
    number = int(rng.integers(1, 4))
    rim = 0.08 if cone else 0.12
    if cone:
        places = [(0.0, rim - size * (0.5 + 1.1 * i)) for i in range(number)]
        foot = np.abs(x) < (0.5 - y) / (0.5 - rim) * size * 0.85
        waffle = np.minimum(np.abs(np.sin((x + y) * 55)), np.abs(np.sin((x - y) * 55)))
        vessel = np.array((215, 155, 85)) * (0.6 + 0.45 * np.clip(waffle * 3, 0, 1)[..., None])
        vessel = vessel * (1 - 2.5 * np.clip(x, -0.1, 0.3)[..., None])
    else:
        places = [((i - (number - 1) / 2) * size * 1.25, rim - size * 0.5) for i in range(number)]
        places.insert(0, (size * 0.1, rim - size * 1.4))
        foot = np.hypot(x / (size * (0.9 + 0.6 * number)), np.maximum(y - rim, 0) / 0.3) < 1
        vessel = np.array(muted(rng, 110)) * (1 - 0.9 * np.clip(x + y, -0.4, 0.7)[..., None])
    rough = fractal(rng, edge, 1.3)
    pitted = np.gradient(rough * edge * rng.uniform(0.01, 0.06))
    for px, py in places:
        tint = np.array(
            (
                (250, 235, 200),
                (245, 170, 185),
                (110, 65, 45),
                (190, 225, 180),
                (225, 120, 90),
                (235, 205, 120),
                colour(rng, 90),
            )[int(rng.integers(7))]
        )
        dx, dy = (x - px) / size, (y - py) / size
        far = np.hypot(dx, dy * 1.05)
        skirt = 1 + 0.12 * (dy > 0.45) + 0.1 * (rough - 0.5)
        light = 0.95 - 0.28 * dx - 0.35 * dy - 0.3 * np.clip(far, 0, 1.2) ** 4
        light = light + pitted[0] + pitted[1]
        sauce = (dy < -0.25 + 0.35 * np.sin(dx * rng.uniform(5, 9) + 1)) & (rng.random() < 0.35)
        skin = np.where(sauce[..., None], (70, 32, 20), tint) * np.clip(light, 0.2, 1.3)[..., None]
        canvas = np.where((far < skirt)[..., None], skin, canvas)
        canvas = np.ascontiguousarray(canvas, np.float32)
        for _ in range(int(rng.choice((0, 0, 20)))):
            spot = np.array([px, py]) + rng.uniform(-0.65, 0.65, 2) * size + 0.5
            ends = [
                (spot * edge).astype(int),
                (spot * edge + rng.normal(0, edge / 50, 2)).astype(int),
            ]
            cv2.line(
                canvas, ends[0].tolist(), ends[1].tolist(), colour(rng, 40), max(1, edge // 90)
            )
    canvas = np.where((foot & (y > rim))[..., None], vessel, canvas)
    zoom = cv2.getRotationMatrix2D((edge / 2, edge * 0.45), rng.normal(0, 8), rng.uniform(1, 2.2))
    canvas = cv2.warpAffine(canvas, zoom, (edge, edge), borderMode=cv2.BORDER_REFLECT)
    return finish(canvas, rng)


HELD_OUT: dict[str, Painter] = {
    "butterfly": butterfly,
    "cables": cables,
    "honeycomb": honeycomb,
    "animal_coat": animal_coat,
    "aquarium": aquarium,
    "tea_cup": tea_cup,
    "vinyl_record": vinyl_record,
    "bookshelf": bookshelf,
    "ice_cream": ice_cream,
    **HELD_OUT_SCIENCE,
}
