// Charts of years: lines, or steps for shares that hold for some years, drawn from the table of their figure.
import { extent, max } from "d3-array";
import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { line, symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from "d3-shape";

const MARKS = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond];
const MARGIN = { top: 12, right: 16, bottom: 28, left: 64 };

export function drawChart(figure) {
  const table = readTable(figure.querySelector("table"));
  plot(figure.querySelector(".canvas"), table, {
    kind: figure.dataset.chart,
    label: figure.querySelector("figcaption").textContent.trim(),
  });
}

// A table of years: the first column is a time, each other one a series with a number in <data>, or nothing.
export function readTable(table) {
  const [, ...names] = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows].map((row) => ({
    ...yearsOf(row.cells[0]),
    isThin: "thin" in row.dataset,
    label: row.cells[0].textContent.trim(),
    cells: [...row.cells].slice(1).map((cell) => {
      const data = cell.querySelector("data");
      return data ? { value: Number(data.value), text: data.textContent.trim() } : null;
    }),
  }));
  return { names, rows };
}

function yearsOf(cell) {
  const years = [...cell.querySelectorAll("time")].map((time) => Number(time.dateTime.slice(0, 4)));
  return { year: years[0], end: years.at(-1) };
}

export function plot(canvas, { names, rows }, { kind, label }) {
  const language = document.documentElement.lang;
  const isShare = kind === "steps";
  const width = Math.max(320, canvas.clientWidth);
  const height = Math.max(200, canvas.clientHeight);
  const values = rows.flatMap((row) => row.cells.filter(Boolean).map((cell) => cell.value));
  const years = extent(rows.flatMap((row) => (isShare ? [row.year, row.end + 1] : [row.year])));
  if (years[0] === years[1]) years[1] += 1;
  const x = scaleLinear().domain(years).range([MARGIN.left, width - MARGIN.right]);
  const top = isShare ? 1 : max(values) || 1;
  const y = scaleLinear().domain([Math.min(0, ...values), top]).range([height - MARGIN.bottom, MARGIN.top]);
  if (!isShare) y.nice();
  const format = new Intl.NumberFormat(language, isShare ? { style: "percent" } : { notation: "compact" });

  const svg = select(canvas).html("").append("svg").attr("viewBox", `0 0 ${width} ${height}`);
  svg.attr("role", "img").attr("aria-label", label).attr("class", "chart");
  const ticks = Math.max(2, Math.min(years[1] - years[0], Math.floor(width / 80)));
  svg.append("g").attr("class", "axis").attr("transform", `translate(0,${height - MARGIN.bottom})`)
    .call(axisBottom(x).ticks(ticks).tickFormat(String).tickSizeOuter(0));
  svg.append("g").attr("class", "axis").attr("transform", `translate(${MARGIN.left},0)`)
    .call(axisLeft(y).ticks(5).tickFormat((value) => format.format(value)).tickSize(-(width - MARGIN.left - MARGIN.right)));

  names.forEach((name, i) => {
    const known = rows.map((row) => ({ ...row, cell: row.cells[i] }));
    const path = line().defined((point) => point.cell).x((point) => x(point.year)).y((point) => y(point.cell.value));
    const group = svg.append("g").attr("class", `series series-${i % 6}`);
    group.append("path").attr("class", "line").attr("d", path(isShare ? steps(known) : known));
    group.selectAll("path.mark").data(known.filter((row) => row.cell)).join("path")
      .attr("class", (row) => (row.isThin ? "mark thin" : "mark"))
      .attr("d", symbol(MARKS[i % MARKS.length], 26))
      .attr("transform", (row) => `translate(${x(isShare ? (row.year + row.end + 1) / 2 : row.year)},${y(row.cell.value)})`)
      .append("title").text((row) => `${row.label}: ${row.cell.text} (${name})`);
  });
  if (names.length > 1) legend(canvas, names);
}

// A share holds from the first to the last of its years; one that rests on few cases stands apart from the line.
function steps(rows) {
  return rows.flatMap((row, i) => {
    const cell = row.isThin ? null : row.cell;
    const isApart = i > 0 && rows[i - 1].end + 1 < row.year;
    return [...(isApart ? [{ cell: null }] : []), { year: row.year, cell }, { year: row.end + 1, cell }];
  });
}

// The page writes the names, so that there is room for them from the start; here they get their marks.
function legend(canvas, names) {
  let list = canvas.parentElement.querySelector(".legend");
  if (!list) {
    list = select(canvas).append("ul").attr("class", "legend").attr("aria-hidden", "true").node();
    select(list).selectAll("li").data(names).join("li").text((name) => name);
  }
  select(list).selectAll("li").data(names).insert("svg", ":first-child").attr("viewBox", "-8 -8 16 16").attr("class", (_, i) => `series series-${i % 6}`)
    .append("path").attr("class", "mark").attr("d", (_, i) => symbol(MARKS[i % MARKS.length], 60)());
}
