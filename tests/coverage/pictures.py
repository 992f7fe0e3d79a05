"""The map and the matrix, drawn by matplotlib: the same knowledge gives the same bytes."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from tests.coverage.knowledge import Knowledge

Ring = list[tuple[float, float]]

BY_NAME = {"Kosovo": "XKX"}
"""The party that the atlas draws without a number, by the name that it has for it."""
COLOURS = mpl.colormaps["viridis_r"]
LAND = "#d9d6cf"
MOST = 15
"""Kinds from which on the colour stays the same: one pair is curated by hand, and has twice as many."""
ANTARCTICA = "010"


def matrix(knowledge: Knowledge) -> bytes:
    """Draw how many kinds are known of each pair; parties with most stand first."""
    codes = sorted(knowledge.present, key=lambda code: (-totals(knowledge)[code], code))
    place = {code: i for i, code in enumerate(codes)}
    values = np.full((len(codes), len(codes)), np.nan)
    for pair, known in knowledge.pairs.items():
        one, other = pair.split("-")
        if known and one in place and other in place:
            values[place[one], place[other]] = values[place[other], place[one]] = len(known)
    figure = Figure(figsize=(12, 12), dpi=150, layout="constrained")
    axes = figure.add_subplot()
    image = axes.imshow(values, cmap=COLOURS, vmin=1, vmax=MOST, interpolation="nearest")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks(range(len(codes)), codes, fontsize=2.8)
        axis.set_tick_params(length=0, pad=1)
    axes.xaxis.set_tick_params(rotation=90)
    figure.colorbar(
        image, ax=axes, shrink=0.4, extend="max", label="kinds of facts known of a pair; white: no relation here"
    )
    return png(figure)


def world(knowledge: Knowledge) -> bytes:
    """Draw how many kinds are known of a party's pairs on average, all other parties counted."""
    others = len(knowledge.present) - 1
    mean = {knowledge.numbers[code]: total / others for code, total in totals(knowledge).items()}
    figure = Figure(figsize=(12, 6.2), dpi=150, layout="constrained")
    axes = figure.add_subplot()
    paint(axes, [(ring, None) for code, rings in countries() if code not in mean for ring in rings])
    known = [(ring, mean[code]) for code, rings in countries() if code in mean for ring in rings]
    painted = paint(axes, known)
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.autoscale_view()
    figure.colorbar(painted, ax=axes, shrink=0.6, label="kinds of facts known of a pair, on average over all others")
    return png(figure)


def totals(knowledge: Knowledge) -> Mapping[str, int]:
    """Count for each party that has not ended the kinds known of its pairs with the others."""
    counts = dict.fromkeys(knowledge.present, 0)
    for pair, known in knowledge.pairs.items():
        parties = pair.split("-")
        if all(party in counts for party in parties):
            for party in parties:
                counts[party] += len(known)
    return counts


def paint(axes: Axes, shapes: Sequence[tuple[Ring, float | None]]) -> PolyCollection:
    rings = [projected(ring) for ring, _ in shapes]
    painted = PolyCollection(rings, linewidths=0.3, edgecolors="white")
    values = [value for _, value in shapes if value is not None]
    if values:
        painted.set_array(np.array(values))
        painted.set_cmap(COLOURS)
    else:
        painted.set_facecolor(LAND)
    axes.add_collection(painted)
    return painted


def countries() -> Iterator[tuple[str, list[Ring]]]:
    """Give the outer rings of each country of the atlas that the pages use, by the code that they know it by.

    TopoJSON: https://github.com/topojson/topojson-specification, section 2.1.3 for arcs by differences.
    """
    built = resources.files("bilateral.serve").joinpath("static", "built")
    manifest = json.loads(built.joinpath("manifest.json").read_text(encoding="utf-8"))
    topology = json.loads(built.joinpath(manifest["world.json"]).read_text(encoding="utf-8"))
    arcs = [unpacked(arc, topology["transform"]) for arc in topology["arcs"]]
    for shape in topology["objects"]["countries"]["geometries"]:
        if shape.get("id") == ANTARCTICA:
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        code = shape.get("id") or BY_NAME.get(shape["properties"]["name"], "")
        yield code, [joined(polygon[0], arcs) for polygon in polygons]


def unpacked(arc: Sequence[Sequence[int]], transform: Mapping[str, Any]) -> Ring:
    steps = np.cumsum(np.array(arc), axis=0) * transform["scale"] + transform["translate"]
    return [(float(x), float(y)) for x, y in steps]


def joined(indices: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Put arcs end to end; a negative index is one's complement: the arc backwards."""
    return [point for i in indices for point in (arcs[i] if i >= 0 else arcs[~i][::-1])]


def projected(ring: Ring) -> Ring:
    """Project by Equal Earth, as the pages do; what crosses the antimeridian stays whole.

    Šavrič, Patterson and Jenny: The Equal Earth map projection. IJGIS 33 (2019), equations 10 and 11.
    """
    a1, a2, a3, a4, root = 1.340264, -0.081106, 0.000893, 0.003796, math.sqrt(3)
    points = []
    longitudes = np.unwrap([longitude for longitude, _ in ring], period=360)
    for longitude, (_, latitude) in zip(longitudes, ring, strict=True):
        theta = math.asin(root / 2 * math.sin(math.radians(latitude)))
        square = theta * theta
        slope = a1 + 3 * a2 * square + square**3 * (7 * a3 + 9 * a4 * square)
        x = 2 * root * math.radians(longitude) * math.cos(theta) / (3 * slope)
        points.append((x, theta * (a1 + a2 * square + square**3 * (a3 + a4 * square))))
    return points


def png(figure: Figure) -> bytes:
    content = io.BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None})
    return content.getvalue()
