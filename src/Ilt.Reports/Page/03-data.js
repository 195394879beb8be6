// The audit as it is embedded: columns of all rows of all tasks, one after the other.

async function readBlock(id) {
  const block = document.getElementById(id);
  const text = block.textContent;
  block.textContent = '';
  if (block.type !== 'application/gzip') return JSON.parse(text);
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(unpacked).text());
}

class Model {
  constructor(report, pictures) {
    this.report = report;
    this.pictures = pictures.pictures;
    this.overlays = pictures.overlays;
    this.ids = report.ids;
    this.lowerIds = null;
    this.cells = report.cells;
    this.tasks = report.tasks;
    let n = 0;
    for (const task of this.tasks) { task.start = n; n += task.rows.n; task.end = n; }
    this.n = n;
    for (const name of ['score', 's', 'loss', 'confidence', 'wrong', 'difficulty']) this[name] = this.numbers(name);
    this.id = new Uint32Array(n);
    this.task = new Uint16Array(n);
    this.flagged = new Uint8Array(n);
    this.tasks.forEach((task, t) => {
      const ids = task.rows.id;
      for (let i = 0; i < task.rows.n; i++) this.id[task.start + i] = ids ? ids[i] : i;
      this.task.fill(t, task.start, task.end);
      task.flagged = 0;
      let at = task.start;
      task.rows.flagged.forEach((run, i) => {
        if (i % 2 === 0) { this.flagged.fill(1, at, at + run); task.flagged += run; }
        at += run;
      });
      task.isPicture = ['mask', 'map', 'vertices'].includes(task.kind);
    });
  }

  numbers(name) {
    const all = new Float32Array(this.n).fill(NaN);
    for (const task of this.tasks) {
      const column = task.rows[name];
      if (column !== null) for (let i = 0; i < column.length; i++) all[task.start + i] = column[i] === null ? NaN : Number(column[i]);
    }
    return all;
  }

  taskOf(row) { return this.tasks[this.task[row]]; }
  rank(row) { return row - this.taskOf(row).start; }
  idText(row) { return this.ids[this.id[row]]; }

  text(name, row) {
    const task = this.taskOf(row), column = task.rows[name], i = row - task.start;
    if (column.same) return this.text(column.same, row);
    return column.at ? column.values[column.at[i]] : column.values[i];
  }

  /** What the label should be, or what is predicted where that is not known. */
  proposal(row) { return this.text('suggested', row) || this.text('predicted', row); }

  picture(row) { return this.pictures[this.id[row]] || null; }
  overlay(row) { return this.overlays[this.task[row]]?.[this.rank(row)] || null; }
  regions(row) { return this.taskOf(row).rows.regions?.[this.rank(row)] || []; }
  cellsOf(row) { return this.cells ? this.cells.rows[this.id[row]] || null : null; }
  oddOf(row) { return this.cells ? this.cells.odd[this.id[row]] || [] : []; }
  get hasPictures() { return [this.pictures, ...this.overlays].some(pictures => Object.keys(pictures).length > 0); }

  idContains(row, lower) {
    this.lowerIds ??= this.ids.map(id => id.toLowerCase());
    return this.lowerIds[this.id[row]].includes(lower);
  }
}
