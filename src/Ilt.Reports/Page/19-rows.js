// The part of the page where rows are looked at and judged.

class Rows {
  constructor(model, review) {
    Object.assign(this, { model, review });
    this.state = { ...everything(), by: 'rank', down: false };
    this.status = el('p', { class: 'status', role: 'status', 'aria-live': 'polite' });
    this.bar = new FilterBar(model, this.state, () => this.apply(false));
    this.table = new RowTable(model, review, this.state, { sorted: by => this.sortBy(by), chosen: row => this.choose(row) });
    this.grid = new CardGrid(model, review, { chosen: () => { } });
    this.detail = el('aside', { class: 'detail', 'aria-label': 'The chosen row', tabindex: -1 });
    const narrow = matchMedia('(max-width: 820px)').matches;
    this.views = { cards: this.grid, table: this.table };
    this.switches = Object.fromEntries(Object.keys(this.views).map(name => [name, el('button', { type: 'button', 'aria-pressed': 'false', click: () => this.look(name) }, name === 'cards' ? 'Cards' : 'Table')]));
    this.body = el('div', { class: 'row-body', keydown: event => this.key(event) }, this.table.node, this.grid.node, this.detail);
    this.node = el('section', { id: 'rows', 'aria-labelledby': 'rows-title', tabindex: -1 },
      el('h2', { id: 'rows-title' }, 'Rows, most suspicious first'),
      this.reviewBar(), el('details', { class: 'filter-box', open: !narrow }, el('summary', null, 'Filters and order'), this.bar.node),
      el('div', { class: 'row-head' }, this.status, el('div', { class: 'segments', role: 'group', 'aria-label': 'View' }, Object.values(this.switches))),
      el('p', { id: 'row-keys', class: 'muted keys' }, 'Keys on a row: ', el('kbd', null, 'r'), ' right, ', el('kbd', null, 'w'), ' wrong, ', el('kbd', null, 'f'), ' fix, ', el('kbd', null, '↑'), el('kbd', null, '↓'), ' other rows.'),
      model.tasks.map(task => colourKey(model, task)),
      this.body, model.tasks.map((task, t) => task.classes ? el('datalist', { id: `classes-${t}` }, task.classes.map(name => el('option', { value: name }))) : null));
    review.listeners.push(row => this.reviewed(row));
    this.view = model.hasPictures || narrow ? 'cards' : 'table';
  }

  start() { this.look(this.view, false); this.reviewed(null); }

  look(name, announce = true) {
    this.view = name;
    for (const [other, view] of Object.entries(this.views)) {
      view.node.hidden = other !== name;
      this.switches[other].setAttribute('aria-pressed', String(other === name));
    }
    this.detail.hidden = name !== 'table';
    this.body.dataset.view = name;
    this.apply(true, announce);
  }

  get active() { return this.views[this.view]; }

  apply(keep, announce = true) {
    const found = sortRows(this.model, filterRows(this.model, this.review, this.state), this.state.by, this.state.down);
    const current = this.active.found[this.active.current];
    for (const [name, view] of Object.entries(this.views)) if (name === this.view) view.setRows(found, keep);
    if (this.view === 'table') this.choose(this.table.found[this.table.current] ?? null);
    else if (keep && current !== undefined && announce) this.grid.mark(Math.max(0, this.grid.current));
    const flagged = found.reduce((sum, row) => sum + this.model.flagged[row], 0);
    replace(this.status, el('b', null, count.format(found.length)), ` of ${this.model.tasks.length > 1 ? `${count.format(this.model.n)} labels` : rows(this.model.n)}, ${count.format(flagged)} flagged`);
    this.node.classList.toggle('nothing', found.length === 0);
  }

  /** What another part of the page wants to be looked at. */
  show(filter) {
    Object.assign(this.state, everything(), filter);
    this.bar.show();
    this.apply(false);
    this.node.scrollIntoView();
    this.node.focus({ preventScroll: true });
  }

  sortBy(by) {
    this.state.down = this.state.by === by ? !this.state.down : sortings[by].down;
    this.state.by = by;
    this.bar.show();
    this.apply(true);
    this.table.head.querySelector(`[data-column="${by}"] button`)?.focus();
  }

  choose(row) {
    if (this.card && this.card.row === row) return;
    this.card = row === null || row === undefined ? null : new Card(this.model, this.review, row, true);
    replace(this.detail, this.card ? this.card.node : el('p', { class: 'muted' }, 'No row fits the filters.'));
  }

  key(event) {
    const view = this.active, at = view.current, on = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || on.closest('input, select, textarea, thead, summary, .more-cards')) return;
    if (!on.closest('[data-at], .detail')) return;
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + view.page, PageUp: at - view.page, Home: 0, End: view.found.length - 1 };
    if (this.view === 'cards') Object.assign(moves, { ArrowRight: at + 1, ArrowLeft: at - 1 });
    if (event.key in moves && !on.closest('.detail')) {
      event.preventDefault();
      if (this.view === 'cards' && event.key === 'End') view.go(view.shown - 1);
      else view.go(moves[event.key]);
      return;
    }
    const row = view.found[at];
    if (row === undefined) return;
    if (event.key === 'r' || event.key === 'w') {
      event.preventDefault();
      this.review.set(row, event.key === 'r' ? 'right' : 'wrong');
      view.go(at + 1);
    } else if (event.key === 'f') {
      event.preventDefault();
      const card = this.view === 'table' ? this.card : this.grid.cards.get(row);
      card?.startFix(accepted => view.go(accepted ? view.current + 1 : view.current));
    }
  }

  reviewBar() {
    this.progress = el('p', { class: 'progress' });
    this.read = el('p', { class: 'muted read', role: 'status' });
    this.warning = el('p', { class: 'muted marked' });
    this.file = el('input', { type: 'file', id: 'load-review', accept: '.csv,text/csv', class: 'hidden', change: () => this.load() });
    this.save = el('button', { type: 'button', id: 'save-review', class: 'primary', click: () => this.download() }, 'Download reviewed.csv');
    return el('div', { class: 'review', role: 'region', 'aria-label': 'Review' },
      el('div', { class: 'review-words' }, this.progress, this.read, this.warning),
      this.save, this.file, el('label', { for: 'load-review', class: 'button' }, 'Load reviewed.csv'),
      this.clear = el('button', { type: 'button', id: 'clear-review', class: 'quiet', click: () => { if (confirm('Take back all verdicts?')) this.review.clear(); } }, 'Clear'));
  }

  reviewed(row) {
    this.table.refresh();
    this.grid.refresh(row);
    if (this.card && (row === null || this.card.row === row)) this.card.refresh();
    const said = [...this.review.verdicts.values()], of = verdict => said.filter(one => one.verdict === verdict).length;
    replace(this.progress, el('b', null, count.format(said.length)), ` reviewed: ${of('right')} right, ${of('wrong')} wrong, ${of('corrected')} fixed`);
    this.save.disabled = this.clear.disabled = said.length === 0;
    this.save.classList.toggle('primary', said.length > 0);
    const marked = said.length === 0 ? 0 : this.review.marked();
    const words = this.review.isKept ? '' : 'This browser does not keep verdicts of this page: download them before you leave. ';
    replace(this.warning, words + (marked ? `${marked === 1 ? '1 cell begins' : `${marked} cells begin`} as a formula would (= + - @ tab): an apostrophe is written before, which reading takes away.` : ''));
  }

  download() { download('reviewed.csv', this.review.csv()); }

  async load() {
    const file = this.file.files[0];
    if (!file) return;
    try {
      const { used, unknown } = this.review.read(await file.text());
      replace(this.read, `${count.format(used)} verdicts read.` + (unknown ? ` ${count.format(unknown)} lines name rows that are not in this audit and are left out.` : ''));
      this.apply(true);
    } catch (error) {
      replace(this.read, `The file was not read: ${error.message}.`);
    }
    this.file.value = '';
  }
}
