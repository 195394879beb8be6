// Numbers and texts as they are shown.

const count = new Intl.NumberFormat('en-US');

/** Control characters, and those that turn the direction of the text after them, by their numbers. */
function visible(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    c => '\\u' + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0'));
}

/** A text from the data for one line: visible, isolated from the direction of the text around it, cut where it is long. */
function data(text, most = 120) {
  const shown = Array.from(text.length > 4 * most ? text.slice(0, 4 * most) : text);
  const cut = shown.length > most;
  return el('bdi', null, visible(cut ? shown.slice(0, most).join('') : text), cut ? ` … (${count.format(text.length)} characters)` : null);
}

/** The same as a plain string, for attributes and lists. */
function dataText(text, most = 120) {
  return data(text, most).textContent;
}

function number(value, digits = 3) {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e7 || size < 1e-4 ? value.toExponential(2) : Number(value.toPrecision(Math.max(digits, Math.ceil(Math.log10(size))))).toString();
  return text.replace('-', '−');
}

function fixed(value, digits) {
  return Number.isFinite(value) && Math.abs(value) < 1e6 ? value.toFixed(digits).replace('-', '−') : number(value);
}

/** A share as per cent. Only what is exactly 0 or 1 is shown as such. */
function percent(share, digits = 0) {
  if (share === null || Number.isNaN(share)) return '–';
  const shown = (100 * share).toFixed(digits);
  if (Number(shown) === 0 && share > 0) return `< ${(10 ** -digits).toFixed(digits)} %`;
  if (Number(shown) === 100 && share < 1) return `> ${(100 - 10 ** -digits).toFixed(digits)} %`;
  return `${shown} %`;
}

const rows = n => n === 1 ? '1 row' : `${count.format(n)} rows`;
