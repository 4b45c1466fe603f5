// asset.svg in the page: its layers in a list that switches them on and off, its growth path by path, light and dark paper,
// and the clipboard. The file's text is parsed as XML, and only what draws is put into the page.

const DRAWN = new Set(["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "defs", "stop",
                       "linearGradient", "radialGradient", "clipPath", "mask"]);
const LISTED = 200;                             // entries of the list at most

// The drawing without what could act: other elements, handlers, references that leave the file.
function harmless(text) {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (root.localName !== "svg") throw new Error("asset.svg is not a drawing; it lies beside this page");
  for (const element of [root, ...root.querySelectorAll("*")]) {
    if (!DRAWN.has(element.localName)) { element.remove(); continue; }
    for (const { name, value } of [...element.attributes]) {
      const leaves = /href$/.test(name) && !value.startsWith("#") || /url\(\s*["']?[^#"']/.test(value);
      if (/^on/i.test(name) || leaves) element.removeAttribute(name);
    }
  }
  return root;
}

// What can be switched: the groups of the file, or its shapes where all are in one group.
function layersOf(root) {
  const drawing = (parent) => [...parent.children].filter(({ localName }) => !["title", "defs"].includes(localName));
  const top = drawing(root), groups = top.filter(({ localName }) => localName === "g");
  return groups.length === 1 ? top.flatMap((one) => one.localName === "g" ? drawing(one) : [one]) : top;
}

const shapesIn = (layer) => layer.localName === "g" ? layer.querySelectorAll("path").length : 1;

function swatch(layer) {
  const painted = layer.matches("[fill], [stroke]") ? layer : layer.querySelector("[fill], [stroke]");
  const colors = ["fill", "stroke"].map((name) => painted?.getAttribute(name)).filter((color) => color && color !== "none");
  const mark = document.createElement("i");
  mark.style.background = colors[0] || "transparent";
  return mark;
}

function row(layer, redraw) {
  const label = document.createElement("label"), box = document.createElement("input"), name = document.createElement("span");
  box.type = "checkbox";
  box.checked = true;
  const count = shapesIn(layer);
  name.textContent = `${layer.id || layer.localName}${count > 1 ? `, ${count} shapes` : ""}`;
  label.append(box, swatch(layer), name);
  box.addEventListener("change", () => { layer.toggleAttribute("data-off", !box.checked); redraw(); });
  return { label, box };
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {                                     // a page from disk may not ask; the old way may
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function showDrawing(place, text, input) {
  const root = harmless(text), layers = layersOf(root), paths = [...root.querySelectorAll("path")];
  const grown = input("grown"), play = input("grow"), list = input("layers");
  root.setAttribute("role", "img");
  place.replaceChildren(root);
  grown.max = grown.value = paths.length;
  let timer = 0;
  const redraw = () => {
    const shown = +grown.value;
    paths.forEach((path, i) => { path.style.display = i < shown ? "" : "none"; });
    layers.forEach((layer) => { layer.style.visibility = layer.hasAttribute("data-off") ? "hidden" : ""; });
    input("grown-says").textContent = shown < paths.length ? `the first ${shown} of ${paths.length}` : `all ${paths.length}`;
  };
  const stop = () => { clearInterval(timer); timer = 0; play.textContent = "grow"; };
  const rows = layers.slice(0, LISTED).map((layer) => row(layer, redraw));
  list.replaceChildren(...rows.map(({ label }) => label).reverse());            // the top one first, as in editors
  if (layers.length > LISTED) list.append(`and ${layers.length - LISTED} more`);
  input("all-layers").addEventListener("change", ({ target }) => rows.forEach(({ box }) => {
    if (box.checked !== target.checked) box.click();
  }));
  grown.addEventListener("input", () => { stop(); redraw(); });
  play.addEventListener("click", () => {
    if (timer) { stop(); return; }
    play.textContent = "stop";
    if (+grown.value >= paths.length) grown.value = 0;
    timer = setInterval(() => {
      grown.value = +grown.value + Math.max(1, Math.round(paths.length / 100));
      redraw();
      if (+grown.value >= paths.length) stop();
    }, Math.max(40, Math.min(200, 5000 / paths.length)));
  });
  for (const paper of ["light", "dark"]) input(`paper-${paper}`).addEventListener("change", () => { place.dataset.paper = paper; });
  input("copy-svg").addEventListener("click", async () => {
    const kept = root.cloneNode(true);
    const hidden = [...kept.querySelectorAll("*")].filter((one) => one.style.display === "none" || one.hasAttribute("data-off"));
    hidden.forEach((one) => one.remove());
    kept.querySelectorAll("[style]").forEach((one) => one.removeAttribute("style"));
    kept.removeAttribute("role");
    const done = await copied(hidden.length ? new XMLSerializer().serializeToString(kept) : text);
    input("copy-says").textContent = done ? (hidden.length ? "copied, without what is hidden" : "copied") : "the browser does not allow it";
  });
  redraw();
  place.dataset.state = "drawn";
}

const paper = document.getElementById("drawing");
if (paper) {
  const bytes = Uint8Array.from(atob(document.getElementById("svg").textContent), (c) => c.charCodeAt(0));
  const input = (name) => document.getElementById(name);
  try {
    showDrawing(paper, new TextDecoder().decode(bytes), input);
  } catch (error) {
    input("copy-says").textContent = error.message;
  }
}
