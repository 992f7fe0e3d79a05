// Maps of the world, drawn from the table of their figure: rows are parties to colour, or points to mark.
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { select } from "d3-selection";
import { feature } from "topojson-client";

const SMALL = 14; // square pixels below which a country gets a ring around it
// Parties that the atlas draws without a number, by the name that it has for them.
const BY_NAME = { Kosovo: "XKX", "N. Cyprus": "", Somaliland: "" };

let world;

// The countries of the atlas, each with the code by which rows know it: M49, or XKX for Kosovo.
export async function countries() {
  world ??= fetch(WORLD).then((answer) => answer.json());
  const topology = await world;
  return feature(topology, topology.objects.countries).features.map((country) => ({
    ...country,
    code: country.id ?? BY_NAME[country.properties.name] ?? "",
  }));
}

export async function drawMap(figure) {
  const rows = [...figure.querySelectorAll("tbody tr")].map((row) => ({
    ...row.dataset,
    text: row.querySelector("th, td").textContent.trim(),
  }));
  await plotMap(figure.querySelector(".canvas"), rows, {
    label: figure.querySelector("figcaption").textContent.trim(),
    focus: (figure.dataset.focus ?? "").split(" ").filter(Boolean),
    fits: "fit" in figure.dataset,
  });
}

export async function plotMap(canvas, rows, { label, focus = [], fits = false }) {
  const shapes = await countries();
  const width = Math.max(320, canvas.clientWidth);
  const height = Math.max(180, canvas.clientHeight);
  const parties = new Map(rows.filter((row) => row.party).map((row) => [row.party, row]));
  const points = rows.filter((row) => row.lat && row.lon && !shapes.some((shape) => shape.code === row.party));
  const margin = fits ? 24 : 4;
  const extent = extentOf(shapes, points, focus, fits);
  // What the map is about lies in its middle: Peru and Korea face each other over the Pacific.
  const middle = extent.features ? geoCentroid({ type: "MultiPoint", coordinates: extent.features.map(geoCentroid) })[0] : 0;
  const projection = geoEqualEarth().rotate([-middle, 0]).fitExtent([[margin, margin], [width - margin, height - margin]], extent);
  const path = geoPath(projection);

  const svg = select(canvas).html("").append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("class", "map");
  // The table beside it says and links the same; a screen reader hears what the map is of.
  svg.attr("role", "img").attr("aria-label", label);
  svg.append("path").attr("class", "sphere").attr("d", path({ type: "Sphere" }));
  const land = svg.append("g").selectAll("path").data(shapes).join("path").attr("d", path);
  land.attr("class", (shape) => classOf(parties.get(shape.code), focus.includes(shape.code)));
  land.attr("data-code", (shape) => shape.code);
  act(land.filter((shape) => parties.has(shape.code)), (shape) => parties.get(shape.code));

  const small = shapes.filter((shape) => (parties.has(shape.code) || focus.includes(shape.code)) && path.area(shape) < SMALL);
  const rings = svg.append("g").selectAll("circle").data(small).join("circle");
  rings.attr("r", 3.5).attr("cx", (shape) => path.centroid(shape)[0]).attr("cy", (shape) => path.centroid(shape)[1]);
  rings.attr("class", (shape) => `ring ${classOf(parties.get(shape.code), focus.includes(shape.code))}`);
  rings.attr("data-code", (shape) => shape.code);
  act(rings.filter((shape) => parties.has(shape.code)), (shape) => parties.get(shape.code));

  const dots = svg.append("g").selectAll("circle").data(points.filter((row) => projection([+row.lon, +row.lat]))).join("circle");
  dots.attr("r", (row) => (row.party ? 3.5 : 4.5)).attr("transform", (row) => `translate(${projection([+row.lon, +row.lat])})`);
  dots.attr("class", (row) => (row.party ? `ring ${classOf(row, false)}` : `point point-${row.class}`));
  dots.attr("data-code", (row) => row.party ?? "");
  act(dots, (row) => row);

  // What the atlas is too coarse for, and the graph knows no place of, is named beside the map.
  const placed = new Set([...shapes.map((shape) => shape.code), ...points.map((row) => row.party)]);
  const left = rows.filter((row) => row.party && row.href && !placed.has(row.party));
  if (left.length) offMap(canvas, left);
}

function offMap(canvas, rows) {
  const items = select(canvas).append("ul").attr("class", "off-map").selectAll("li").data(rows).join("li");
  items.append("a").attr("href", (row) => `${row.href}?lang=${document.documentElement.lang}`).text((row) => row.text);
}

// Everything, or what the map is about: the points, and of each party the largest of its lands.
function extentOf(shapes, points, focus, fits) {
  const marked = points.map((row) => ({ type: "Feature", geometry: { type: "Point", coordinates: [+row.lon, +row.lat] } }));
  const chosen = shapes.filter((shape) => focus.includes(shape.code)).map(mainland);
  const features = [...marked, ...chosen];
  return fits && features.length > 1 ? { type: "FeatureCollection", features } : { type: "Sphere" };
}

// France without Guiana, the United States without Alaska: what lies apart would make everything else small.
function mainland(shape) {
  if (shape.geometry.type !== "MultiPolygon") return shape;
  const lands = shape.geometry.coordinates.map((coordinates) => ({ type: "Feature", geometry: { type: "Polygon", coordinates } }));
  return lands.reduce((largest, land) => (geoArea(land) > geoArea(largest) ? land : largest));
}

function classOf(row, isFocus) {
  return ["land", row && "known", row?.class && `class-${row.class}`, isFocus && "focus"].filter(Boolean).join(" ");
}

function act(selection, rowOf) {
  selection.append("title").text((datum) => rowOf(datum).text);
  selection.filter((datum) => rowOf(datum).href).classed("leads", true)
    .on("click", (_, datum) => location.assign(`${rowOf(datum).href}?lang=${document.documentElement.lang}`));
}
