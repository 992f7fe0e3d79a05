// The SPARQL workbench: YASGUI with our endpoint, completion from what is in the graph, and results as chart and map.
import Yasgui from "@zazuko/yasgui";
import { plot } from "./chart.js";
import { plotMap } from "./map.js";

const page = JSON.parse(document.getElementById("workbench-data").textContent);
const { Yasqe, Yasr } = Yasgui;

// Completion from the endpoint's own description; the stock completers ask other hosts.
for (const [kind, iris] of [["class", page.classes], ["property", page.properties]]) {
  Yasqe.forkAutocompleter(kind, { name: `graph-${kind}`, bulk: true, persistenceId: null, get: () => iris }, false);
}
Yasqe.forkAutocompleter("prefixes", {
  name: "graph-prefixes",
  bulk: true,
  persistenceId: null,
  get: () => Object.entries(page.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`),
}, false);

class Figure {
  priority = 5;
  constructor(yasr) {
    this.yasr = yasr;
  }
  get bindings() {
    return this.yasr.results?.getBindings() ?? [];
  }
  canvas() {
    const canvas = Object.assign(document.createElement("div"), { className: "canvas" });
    this.yasr.resultsEl.append(canvas);
    return canvas;
  }
  getIcon() {
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = icon.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
    icon.setAttribute("viewBox", "0 0 16 16");
    icon.setAttribute("aria-hidden", "true");
    path.setAttribute("d", this.icon);
    return icon;
  }
}

// A column of years and columns of numbers make a chart.
class Chart extends Figure {
  label = page.words.chart;
  icon = "M1 1h2v12h12v2H1zM4 10l3-4 3 2 4-6 1 1-5 7-3-2-2 3z";
  canHandleResults() {
    return Boolean(this.columns());
  }
  columns() {
    const first = this.bindings[0];
    if (!first) return null;
    const names = this.yasr.results.getVariables();
    const year = names.find((name) => this.bindings.every((row) => /^-?\d{4}(-\d\d){0,2}$/.test(row[name]?.value ?? "")));
    const numbers = names.filter((name) => name !== year && this.bindings.every((row) => !row[name] || isNumber(row[name])) && this.bindings.some((row) => row[name]));
    return year && numbers.length ? { year, numbers } : null;
  }
  draw() {
    const { year, numbers } = this.columns();
    const rows = this.bindings.map((row) => ({
      year: Number(row[year].value.slice(0, 4)),
      label: row[year].value,
      cells: numbers.map((name) => (row[name] ? { value: Number(row[name].value), text: row[name].value } : null)),
    }));
    rows.sort((a, b) => a.year - b.year);
    plot(this.canvas(), { names: numbers, rows }, { kind: "lines", label: page.words.chart });
  }
}

// Columns of latitude and longitude make a map.
class Places extends Figure {
  label = page.words.map;
  icon = "M8 0a5 5 0 0 1 5 5c0 4-5 11-5 11S3 9 3 5a5 5 0 0 1 5-5zm0 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4z";
  canHandleResults() {
    const names = this.yasr.results?.getVariables?.() ?? [];
    return this.bindings.length > 0 && ["latitude", "longitude"].every((name) => names.includes(name));
  }
  async draw() {
    const names = this.yasr.results.getVariables();
    const rows = this.bindings.filter((row) => row.latitude && row.longitude).map((row) => ({
      lat: row.latitude.value,
      lon: row.longitude.value,
      class: "from",
      text: names.filter((name) => row[name] && !name.endsWith("tude")).map((name) => row[name].value).join(" · "),
    }));
    await plotMap(this.canvas(), rows, { label: page.words.map, fits: true });
  }
}

// What the endpoint refuses, it explains as a problem (RFC 9457), with line and column in its words.
class Problem {
  priority = 20;
  hideFromSelection = true;
  constructor(yasr) {
    this.yasr = yasr;
  }
  canHandleResults() {
    return Boolean(this.yasr.results?.getError());
  }
  getIcon() {}
  draw() {
    const { text = "", statusText = "" } = this.yasr.results.getError();
    const box = Object.assign(document.createElement("div"), { className: "problem" });
    box.setAttribute("role", "alert");
    const [title, detail] = explained(text) ?? [statusText, text];
    box.append(...[["strong", title], ["p", detail]].map(([name, words]) => Object.assign(document.createElement(name), { textContent: words })));
    this.yasr.resultsEl.append(box);
  }
}

function explained(text) {
  try {
    const { title, detail } = JSON.parse(text);
    return [title, detail];
  } catch {
    return null;
  }
}

function isNumber(term) {
  return term.type === "literal" && term.value.trim() !== "" && Number.isFinite(Number(term.value));
}

Yasr.registerPlugin("error", Problem);
Yasr.registerPlugin("chart", Chart);
Yasr.registerPlugin("places", Places);

const element = document.getElementById("workbench");
document.getElementById("plain").hidden = true;
const yasgui = new Yasgui(element, {
  // What is refused is explained in the language of the page, which need not be the browser's.
  requestConfig: { endpoint: page.endpoint, method: "POST", headers: () => ({ "Accept-Language": document.documentElement.lang }) },
  copyEndpointOnNewTab: false,
  endpointCatalogueOptions: { getData: () => [] },
  persistenceId: null,
  populateFromUrl: false,
  yasqe: {
    value: page.query,
    showQueryButton: true,
    resizeable: true,
    autocompleters: ["variables", "graph-class", "graph-property", "graph-prefixes"],
    createShareableLink: (yasqe) => `${location.origin}/sparql?query=${encodeURIComponent(yasqe.getValue())}`,
  },
  yasr: { prefixes: page.prefixes, pluginOrder: ["table", "chart", "places", "response", "boolean", "error"] },
});
const tab = () => yasgui.getTab();
tab().setQuery(page.query);
window.yasgui = yasgui; // for whoever wants to script it

for (const link of document.querySelectorAll("a[data-query]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    open(link.dataset.query);
  });
}

// A query has an address, so that it can be shared and gone back to.
yasgui.on("query", (_, one) => {
  const address = `/sparql?query=${encodeURIComponent(one.getQuery())}`;
  if (location.pathname + location.search !== address) history.replaceState(null, "", address);
  for (const link of document.querySelectorAll("a[data-format]")) {
    link.href = `${address}&format=${link.dataset.format}`;
  }
});

async function open(href) {
  const query = new URL(href, location.href).searchParams.get("query");
  tab().setQuery(query);
  await run();
  element.scrollIntoView({ block: "start" });
}

if (page.runs) run();

// A refused query is shown by the results' own error view.
async function run() {
  await tab().query().catch(() => undefined);
}
