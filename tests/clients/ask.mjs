// Asks a query of one or more endpoints with Comunica, and writes the rows as JSON.
// Usage: node ask.mjs QUERY ENDPOINT...
import { QueryEngine } from '@comunica/query-sparql';

const [query, ...endpoints] = process.argv.slice(2);
const engine = new QueryEngine();
const bindings = await engine.queryBindings(query, { sources: endpoints });
const rows = [];
for await (const binding of bindings) {
  rows.push(Object.fromEntries([...binding].map(([variable, term]) => [variable.value, term.value])));
}
process.stdout.write(JSON.stringify(rows));
