// reviewed.csv: RFC 4180, and cells that a spreadsheet would run as a formula get an apostrophe before them, which reading takes away again.

const numberPattern = /^[\t-\r\u0085\p{Zs}\p{Zl}\p{Zp}]*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?[\t-\r\u0085\p{Zs}\p{Zl}\p{Zp}]*$/iu;
const isNumber = cell => numberPattern.test(cell) && Number.isFinite(Number(cell.replace(/\u0085/g, ' ')));
const isFormula = cell => /^[=+\-@\t\r]/.test(cell);
const isMarked = cell => cell[0] === '\'' && isFormula(cell.replace(/^'+/, ''));

/** The cell as it is written: marked where it is a formula; numbers stay, and one that looks marked already gets one mark more. */
function markFormula(cell) {
  return isFormula(cell.replace(/^'+/, '')) && !(cell[0] !== '\'' && isNumber(cell)) ? '\'' + cell : cell;
}

/** What takes the marks away in a file that has them, and nothing elsewhere. */
function unmarkFormulas(cells) {
  const unsafe = cells.some(cell => !isMarked(cell) && isFormula(cell) && !isNumber(cell));
  return unsafe || !cells.some(isMarked) ? cell => cell : cell => isMarked(cell) ? cell.slice(1) : cell;
}

function csvLine(cells) {
  return cells.map(cell => /[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell).join(',') + '\r\n';
}

/** The lines of a CSV text; throws what is wrong in a sentence. */
function parseCsv(text) {
  const lines = [];
  let line = [], i = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (i < text.length) {
    let cell = '';
    if (text[i] === '"') {
      for (i++; ; i++) {
        if (i >= text.length) throw new Error(`line ${lines.length + 1}: a quoted cell does not end`);
        if (text[i] !== '"') cell += text[i];
        else if (text[i + 1] === '"') { cell += '"'; i++; }
        else { i++; break; }
      }
      if (i < text.length && !',\r\n'.includes(text[i])) throw new Error(`line ${lines.length + 1}: text behind a quoted cell`);
    } else {
      while (i < text.length && !',\r\n'.includes(text[i])) cell += text[i++];
    }
    line.push(cell);
    if (text[i] === ',') { i++; if (i === text.length) line.push(''); else continue; }
    if (text[i] === '\r' && text[i + 1] === '\n') i++;
    i++;
    lines.push(line);
    line = [];
  }
  if (line.length) lines.push(line);
  return lines;
}
