// Bundles the scripts of the pages into ../static/built, each under a name that its content gives, and lists them.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import * as esbuild from "esbuild";

const outdir = "../static/built";

const common = {
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome120", "firefox121", "safari17"],
  outdir,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  metafile: true,
  legalComments: "linked",
  logLevel: "warning",
};

// The table of results puts rules into a <style> element, which the pages' policy refuses; as a sheet of the document
// they are ours. Its rule for the time of a drag sets the pointer's shape alone, and is left out.
const REFUSED = 'var o = document.createElement("style");';
const ALLOWED = `var o = document.createElement("template");
  if (!n.startsWith("*")) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(n);
    document.adoptedStyleSheets.push(sheet);
  }`;
const adoptStyles = {
  name: "adopt-styles",
  setup(build) {
    build.onLoad({ filter: /yasgui\.esm\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      if (source.split(REFUSED).length !== 2) throw new Error(`${path} no longer makes its style element in one place`);
      return { contents: source.replace(REFUSED, ALLOWED), loader: "js" };
    });
  },
};

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir);

const world = writeHashed("world.json", readFileSync("node_modules/world-atlas/countries-50m.json"));
const define = { WORLD: JSON.stringify(`/static/built/${world}`) };
const site = await esbuild.build({ ...common, define, entryPoints: ["src/site.js"], splitting: true });
const workbench = await esbuild.build({
  ...common,
  define,
  entryPoints: ["src/workbench.js", "src/workbench.css"],
  plugins: [adoptStyles],
  loader: { ".svg": "dataurl", ".png": "dataurl", ".woff2": "file" },
});

const entries = { "world.json": world };
for (const { metafile } of [site, workbench]) {
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (output.entryPoint) entries[basename(output.entryPoint)] = basename(path);
  }
}
writeFileSync(`${outdir}/manifest.json`, `${JSON.stringify(entries, null, 1)}\n`);

function writeHashed(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const [stem, extension] = name.split(".");
  const file = `${stem}-${hash}.${extension}`;
  writeFileSync(`${outdir}/${file}`, content);
  return file;
}
