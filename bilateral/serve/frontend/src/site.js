// What every page loads: it draws figures from their tables, and suggests while one searches.
import { suggest } from "./suggest.js";

for (const form of document.querySelectorAll("form[role=search]")) suggest(form);

// A figure is drawn when it comes near the screen; printing draws all of them.
const drawers = {
  chart: async (figure) => (await import("./chart.js")).drawChart(figure),
  map: async (figure) => (await import("./map.js")).drawMap(figure),
};
const waiting = new Map();
const watch = new IntersectionObserver(
  (seen) => seen.filter((one) => one.isIntersecting).forEach((one) => draw(one.target)),
  { rootMargin: "400px" },
);
for (const [kind, drawer] of Object.entries(drawers)) {
  for (const figure of document.querySelectorAll(`figure[data-${kind}]`)) {
    waiting.set(figure, drawer);
    watch.observe(figure);
  }
}
window.addEventListener("beforeprint", () => [...waiting.keys()].forEach(draw));

function draw(figure) {
  const drawer = waiting.get(figure);
  waiting.delete(figure);
  watch.unobserve(figure);
  if (drawer) drawer(figure);
}
