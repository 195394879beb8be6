// All rows as a table, of which only those near the window exist as elements.

const rowHeight = 40, spareRows = 12, mostCellColumns = 40;

class RowTable {
  constructor(model, review, state, { sorted, chosen }) {
    Object.assign(this, { model, review, state, sorted, chosen });
    this.found = new Int32Array(0);
    this.current = 0;
    this.columns = this.makeColumns();
    this.head = el('tr', { 'aria-rowindex': 1 });
    this.body = el('tbody');
    this.table = el('table', { class: 'rows', role: 'grid', 'aria-label': 'Rows', 'aria-describedby': 'row-keys' },
      el('colgroup', null, this.columns.map(column => { const col = el('col'); col.style.width = `${column.width}px`; return col; })),
      el('thead', null, this.head), this.body);
    this.table.style.width = `${this.columns.reduce((sum, column) => sum + column.width, 0)}px`;
    this.node = el('div', { class: 'table-window', scroll: () => this.draw(), click: event => this.clicked(event) }, this.table);
    new ResizeObserver(() => this.draw()).observe(this.node);
  }

  makeColumns() {
    const { model } = this, any = values => values.some(value => !Number.isNaN(value));
    const numeric = (name, show, width = 84) => any(model[name]) ? { name, text: sortings[name].text, sort: name, width, right: true, show: row => show(model[name][row]) } : null;
    const columns = [
      { name: 'rank', text: 'Rank', sort: 'rank', width: 88, right: true, show: row => count.format(model.rank(row) + 1) },
      { name: 'id', text: 'Id', sort: 'id', width: 168, head: true, show: row => data(model.idText(row), 60) },
      model.tasks.length > 1 ? { name: 'task', text: 'Task', width: 104, show: row => data(model.taskOf(row).name, 40) } : null,
      { name: 'given', text: 'Given', sort: 'given', width: 128, show: row => model.taskOf(row).isPicture ? '' : data(model.text('given', row), 60) },
      { name: 'suggested', text: 'Suggested', sort: 'suggested', width: 128, show: row => this.suggestion(row) },
      numeric('wrong', percent, 112),
      { name: 'verdict', text: 'Verdict', width: 104, show: row => this.verdict(row) },
      numeric('score', value => fixed(value, 3)), numeric('difficulty', value => Number.isNaN(value) ? '–' : value.toFixed(2), 96),
      numeric('s', value => fixed(value, 3), 76), numeric('loss', value => fixed(value, 3), 76),
      ...(model.cells ? model.cells.columns.slice(0, mostCellColumns).map((text, i) => ({ name: `cell-${i}`, text: dataText(text, 24), width: 112, isCell: true, show: row => this.cell(row, i) })) : []),
    ];
    return columns.filter(column => column);
  }

  suggestion(row) {
    const regions = this.model.regions(row), proposal = this.model.proposal(row);
    if (regions.length) return `${regions.length} region${regions.length > 1 ? 's' : ''}`;
    return proposal === '' ? '' : proposal === this.model.text('given', row) ? el('span', { class: 'none' }, 'the same') : el('b', null, data(proposal, 60));
  }

  verdict(row) {
    const said = this.review.get(row);
    return said ? el('span', { class: `verdict ${said.verdict}` }, said.verdict === 'corrected' ? ['→ ', data(said.label, 30)] : said.verdict) : '';
  }

  cell(row, i) {
    const cells = this.model.cellsOf(row);
    if (!cells) return el('span', { class: 'none' }, '·');
    return this.model.oddOf(row).includes(i) ? el('span', { class: 'odd' }, data(cells[i], 60), hidden(' (unusual)')) : data(cells[i], 60);
  }

  setRows(found, keep) {
    const row = this.found[this.current];
    this.found = found;
    const at = keep && row !== undefined ? found.indexOf(row) : 0;
    this.current = Math.max(0, at < 0 ? Math.min(this.current, found.length - 1) : at);
    this.table.setAttribute('aria-rowcount', found.length + 1);
    this.table.setAttribute('aria-colcount', this.columns.length);
    if (at <= 0) this.node.scrollTop = 0;
    this.drawHead();
    this.draw(true);
  }

  drawHead() {
    replace(this.head, this.columns.map(({ name, text, sort, right, isCell }) => el('th', {
      scope: 'col', 'data-column': name, class: [right ? 'right' : '', name === 'id' ? 'pinned' : '', isCell ? 'cell' : ''].join(' ').trim() || null,
      'aria-sort': sort ? (this.state.by === sort ? (this.state.down ? 'descending' : 'ascending') : 'none') : null,
    }, sort ? el('button', { type: 'button', click: () => this.sorted(sort) }, text, el('span', { class: 'arrow', 'aria-hidden': 'true' }, this.state.by === sort ? (this.state.down ? ' ↓' : ' ↑') : '')) : text)));
  }

  /** Makes the elements of the rows near the window, unless they are there. */
  draw(again = false) {
    if (!this.node.isConnected || this.node.hidden) return;
    const top = Math.max(0, Math.floor(this.node.scrollTop / rowHeight) - spareRows);
    const bottom = Math.min(this.found.length, top + Math.ceil(this.node.clientHeight / rowHeight) + 2 * spareRows);
    if (!again && this.top === top && this.bottom === bottom) return;
    const hadFocus = this.body.contains(document.activeElement);
    this.top = top;
    this.bottom = bottom;
    const space = n => { if (n === 0) return null; const row = el('tr', { 'aria-hidden': 'true', class: 'space' }, el('td', { colspan: this.columns.length })); row.style.height = `${n * rowHeight}px`; return row; };
    replace(this.body, space(top), Array.from({ length: bottom - top }, (_, i) => this.line(top + i)), space(this.found.length - bottom));
    this.node.querySelector('tr[tabindex]') || this.body.querySelector('tr[data-at]')?.setAttribute('tabindex', 0);
    if (hadFocus) this.body.querySelector('tr[tabindex]')?.focus({ preventScroll: true });
  }

  line(at) {
    const row = this.found[at], isCurrent = at === this.current, said = this.review.get(row);
    return el('tr', {
      'aria-rowindex': at + 2, 'aria-selected': String(isCurrent), tabindex: isCurrent ? 0 : null, 'data-at': at, 'data-row': row,
      class: [this.model.flagged[row] ? 'flagged' : '', said ? 'seen' : ''].join(' ').trim() || null,
    }, this.columns.map(({ right, head, show }) => head
      ? el('th', { scope: 'row', class: 'pinned' }, show(row), this.model.flagged[row] ? hidden(', flagged') : null)
      : el('td', { class: right ? 'right' : null }, show(row))));
  }

  clicked(event) {
    const line = event.target.closest('tr[data-at]');
    if (line) this.go(Number(line.dataset.at));
  }

  /** Makes a row the current one and brings it into view. */
  go(at, focus = true) {
    if (this.found.length === 0) return;
    this.current = Math.max(0, Math.min(this.found.length - 1, at));
    const top = this.current * rowHeight, head = this.head.offsetHeight, window = this.node.clientHeight - head;
    if (top < this.node.scrollTop) this.node.scrollTop = top;
    else if (top + rowHeight > this.node.scrollTop + window) this.node.scrollTop = top + rowHeight - window;
    this.draw(true);
    if (focus) this.body.querySelector('tr[tabindex="0"]')?.focus({ preventScroll: true });
    this.chosen(this.found[this.current]);
  }

  get page() { return Math.max(1, Math.floor(this.node.clientHeight / rowHeight) - 2); }

  refresh() { this.draw(true); }
}
