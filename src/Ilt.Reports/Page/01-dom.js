// Elements, made without markup: every text becomes a text node, so that nothing from the data can be taken for HTML.

/** An element with attributes, listeners (functions by the event's name) and children (texts or nodes; null is left out). */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  add(node, children);
  return node;
}

function add(node, children) {
  for (const child of children.flat(Infinity))
    if (child !== null && child !== undefined && child !== false) node.append(child);
}

/** The same in the namespace of SVG. */
function svg(tag, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function replace(node, ...children) {
  node.textContent = '';
  add(node, children);
}

/** Text that only screen readers read. */
const hidden = text => el('span', { class: 'hidden' }, text);
