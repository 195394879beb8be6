// What the person in front of the page says of rows: kept, written and read back.

class Review {
  constructor(model) {
    this.model = model;
    this.verdicts = new Map();
    this.listeners = [];
    const { title, created, tool } = model.report;
    this.key = ['ilt-review', title, created, tool, model.n].join('|');
    this.isKept = this.restore();
  }

  get(row) { return this.verdicts.get(row) || null; }

  /** right, wrong or corrected with a label; null takes the verdict back. */
  set(row, verdict, label = '') {
    if (verdict === null) this.verdicts.delete(row);
    else this.verdicts.set(row, { verdict, label: verdict === 'corrected' ? label : '' });
    this.changed(row);
  }

  clear() {
    this.verdicts.clear();
    this.changed(null);
  }

  changed(row) {
    this.isKept = this.keep();
    for (const listener of this.listeners) listener(row);
  }

  keep() {
    try {
      if (this.verdicts.size === 0) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, this.csv());
      return true;
    } catch {
      return false; // a browser may forbid it for files, or be full: the download remains
    }
  }

  restore() {
    try {
      const kept = localStorage.getItem(this.key);
      if (kept) this.read(kept);
      return true;
    } catch {
      return false;
    }
  }

  *lines() {
    for (const [row, { verdict, label }] of [...this.verdicts].sort((a, b) => a[0] - b[0])) {
      const empty = verdict === 'corrected' && label === '';
      yield [this.model.idText(row), this.model.taskOf(row).name, empty ? 'wrong' : verdict, empty ? '' : label];
    }
  }

  csv() {
    let text = csvLine(['id', 'task', 'verdict', 'label']);
    for (const line of this.lines()) text += csvLine(line.map(markFormula));
    return text;
  }

  /** How many cells of the file are marked. */
  marked() {
    let n = 0;
    for (const line of this.lines()) n += line.filter(cell => markFormula(cell) !== cell).length;
    return n;
  }

  /** Takes over what a file says; how many lines it used and how many name rows that are not here. Throws what is wrong in a sentence. */
  read(text) {
    const lines = parseCsv(text);
    const header = (lines.shift() || []).map(name => name.trim().toLowerCase());
    const [id, task, verdict, label] = ['id', 'task', 'verdict', 'label'].map(name => header.indexOf(name));
    for (const [name, at] of Object.entries({ id, task, verdict }))
      if (at < 0) throw new Error(`there is no column "${name}"; id, task, verdict and label are expected`);
    const places = this.places();
    const unmark = unmarkFormulas(lines.flat());
    const found = [];
    let unknown = 0;
    lines.forEach((line, i) => {
      if (line.length === 1 && line[0] === '') return;
      if (line.length !== header.length) throw new Error(`line ${i + 2} has ${line.length} cells, the header ${header.length}`);
      if (!['right', 'wrong', 'corrected'].includes(line[verdict]))
        throw new Error(`line ${i + 2}: the verdict is "${dataText(line[verdict], 30)}"; right, wrong or corrected is expected`);
      const row = places(unmark(line[task]), unmark(line[id]));
      if (row === undefined) unknown++;
      else found.push([row, line[verdict], label < 0 ? '' : unmark(line[label])]);
    });
    for (const [row, verdict, label] of found) this.verdicts.set(row, { verdict, label: verdict === 'corrected' ? label : '' });
    if (found.length) this.changed(null);
    return { used: found.length, unknown };
  }

  /** The row of a task and an id. */
  places() {
    const byTask = new Map();
    return (name, id) => {
      if (!byTask.has(name)) {
        const task = this.model.tasks.find(task => task.name === name), map = new Map();
        if (task) for (let row = task.end - 1; row >= task.start; row--) map.set(this.model.idText(row), row);
        byTask.set(name, map);
      }
      return byTask.get(name).get(id);
    };
  }
}

/** Gives a text to the user as a file. */
function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = el('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
