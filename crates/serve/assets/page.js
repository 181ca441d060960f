/* Source: written for dateline. Licence: MIT OR Apache-2.0.
   Theme, keyboard, maps. Every page is whole without it. */
(() => {
  "use strict";
  const root = document.documentElement;
  const store = {
    get() { try { return localStorage.getItem("theme"); } catch { return null; } },
    set(value) { try { value ? localStorage.setItem("theme", value) : localStorage.removeItem("theme"); } catch { /* private window */ } },
  };
  const themes = { light: "Light", dark: "Dark" };
  const kept = store.get();
  if (kept in themes) root.dataset.theme = kept;

  document.addEventListener("DOMContentLoaded", () => {
    theme();
    keyboard();
    document.querySelectorAll("[data-map]").forEach(map);
    // Where filters are set the form stays open on wide screens only if it was opened: remember that for this window.
    document.querySelectorAll("details.filters").forEach((filters) => {
      try {
        filters.open = filters.open || sessionStorage.getItem("filters") === "open";
        filters.addEventListener("toggle", () => sessionStorage.setItem("filters", filters.open ? "open" : ""));
      } catch { /* private window */ }
    });
  });

  function theme() {
    const button = document.getElementById("theme");
    if (!button) return;
    const order = ["", "light", "dark"];
    const show = () => {
      const now = root.dataset.theme || "";
      button.textContent = now ? themes[now] : "Auto";
      // The name has the words that are seen, for who speaks them to the machine.
      button.setAttribute("aria-label", "Theme: " + (now ? themes[now] : "Auto, as the system") + ". Change it");
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = order[(order.indexOf(root.dataset.theme || "") + 1) % order.length];
      if (next) root.dataset.theme = next; else delete root.dataset.theme;
      store.set(next);
      show();
    });
    show();
  }

  // The queue names the key of each of its buttons, links and folded forms.
  function press(key) {
    const element = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
    if (!element || document.querySelector("dialog[open]")) return false;
    if (element.tagName === "SUMMARY") {
      element.parentElement.open = true;
      element.parentElement.querySelector("button, input, select")?.focus();
    } else {
      element.click();
    }
    return true;
  }

  function keyboard() {
    const items = () => [...document.querySelectorAll("main .item")].filter((item) => item.offsetParent !== null);
    const link = (item) => item.querySelector(".item-head a, a");
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, select, textarea, [contenteditable]")) return;
      if (event.key === "/") {
        event.preventDefault();
        document.getElementById("find")?.select();
      } else if (event.key === "?") {
        const keys = document.getElementById("keys");
        if (keys && !keys.open) keys.showModal();
      } else if (press(event.key)) {
        event.preventDefault();
      } else if (event.key === "j" || event.key === "k") {
        const all = items();
        if (!all.length) return;
        const at = all.findIndex((item) => item.contains(document.activeElement));
        const next = at < 0 ? 0 : Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), all.length - 1);
        link(all[next])?.focus();
        all[next].scrollIntoView({ block: "nearest" });
      }
    });
  }

  function map(figure) {
    const svg = figure.querySelector("svg");
    const tools = figure.querySelector(".map-tools");
    const home = svg.dataset.home.split(" ").map(Number);
    let view = home.slice();
    const set = (x, y, width, height) => {
      view = [x, y, width, height];
      svg.setAttribute("viewBox", view.map((n) => n.toFixed(2)).join(" "));
    };
    const zoom = (factor, px = 0.5, py = 0.5) => {
      const [x, y, width, height] = view;
      const wide = Math.min(Math.max(width * factor, 20), 2400);
      const tall = height * wide / width;
      set(x + (width - wide) * px, y + (height - tall) * py, wide, tall);
    };
    if (tools) {
      tools.hidden = false;
      tools.addEventListener("click", (event) => {
        const what = event.target.closest("button")?.dataset.zoom;
        if (what === "in") zoom(0.6);
        if (what === "out") zoom(1 / 0.6);
        if (what === "home") set(...home);
      });
    }
    svg.addEventListener("wheel", (event) => {
      // A page must scroll over a map: only with a key held does the wheel belong to the map.
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      zoom(event.deltaY < 0 ? 0.8 : 1.25, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    }, { passive: false });
    let from = null;
    svg.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button !== 0) return;
      from = { x: event.clientX, y: event.clientY, view: view.slice(), moved: false };
    });
    svg.addEventListener("pointermove", (event) => {
      if (!from) return;
      const box = svg.getBoundingClientRect();
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (Math.abs(dx) + Math.abs(dy) > 4) from.moved = true;
      if (from.moved) set(from.view[0] - dx / box.width * from.view[2], from.view[1] - dy / box.height * from.view[3], from.view[2], from.view[3]);
    });
    const end = () => { setTimeout(() => { from = null; }, 0); };
    svg.addEventListener("pointerup", end);
    svg.addEventListener("pointerleave", end);
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("click", (event) => { if (from?.moved) event.preventDefault(); }, true);
  }
})();
