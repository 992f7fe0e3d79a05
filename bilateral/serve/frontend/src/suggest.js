// Suggestions while one types, as a combobox with a list (WAI-ARIA Authoring Practices, combobox).
const DELAY = 120;

export function suggest(form) {
  const input = form.querySelector("input[type=search]");
  const list = form.appendChild(Object.assign(document.createElement("ul"), { id: `${input.id}-list`, hidden: true }));
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  list.className = "suggestions";
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) {
    input.setAttribute(name, value);
  }
  let timer;
  let request;
  let active = -1;

  const options = () => [...list.children];
  const close = () => show([]);
  const mark = (index) => {
    active = index;
    options().forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index >= 0) input.setAttribute("aria-activedescendant", options()[index].id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (results) => {
    list.replaceChildren(...results.map((result, i) => option(result, `${list.id}-${i}`)));
    list.hidden = results.length === 0;
    input.setAttribute("aria-expanded", String(results.length > 0));
    mark(-1);
  };
  const ask = async () => {
    request?.abort();
    const text = input.value.trim();
    if (!text) return close();
    request = new AbortController();
    const address = `/search?${new URLSearchParams({ q: text, lang: document.documentElement.lang })}`;
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" }, signal: request.signal });
      if (answer.ok) show((await answer.json()).results);
    } catch (error) {
      if (error.name !== "AbortError") close(); // without suggestions the form still searches
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  });
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape" && count) {
      close();
    } else if (event.key === "ArrowDown" && count) {
      mark((active + 1) % count);
    } else if (event.key === "ArrowUp" && count) {
      mark((active - 1 + count) % count);
    } else if (event.key === "Enter" && active >= 0) {
      location.assign(options()[active].dataset.href);
    } else {
      return;
    }
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const chosen = event.target.closest("li");
    if (chosen) location.assign(chosen.dataset.href);
  });
}

function option({ label, note, href }, id) {
  const item = Object.assign(document.createElement("li"), { id });
  item.setAttribute("role", "option");
  item.dataset.href = `${href}?lang=${document.documentElement.lang}`;
  const name = document.createElement("span");
  name.textContent = label;
  const kind = Object.assign(document.createElement("span"), { className: "quiet" });
  kind.textContent = ` ${note}`;
  item.append(name, kind);
  return item;
}
