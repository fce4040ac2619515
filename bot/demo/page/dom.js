/**
 * Making elements. Text always becomes a text node: nothing on this page parses HTML,
 * so whatever a message says is shown literally.
 */

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: `h("button", {class: "x", aria: {label: "Send"}, onclick: send}, "Send")`. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) apply(element, name, value);
  element.append(...shown(children));
  return element;
}

/** Make an SVG element; children are SVG elements too. */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
  element.append(...shown(children));
  return element;
}

/** Replace everything inside `element`. */
export function fill(element, ...children) {
  element.replaceChildren(...shown(children));
  return element;
}

/** Make `elements` the children of `parent`, touching only those that come, go or move. */
export function arrange(parent, elements) {
  const wanted = new Set(elements);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const element of elements) {
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
}

function shown(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

function apply(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "aria") for (const key in value) element.setAttribute(`aria-${key}`, value[key]);
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "style") for (const key in value) element.style.setProperty(key, value[key]);
  else element.setAttribute(name, value === true ? "" : value);
}
