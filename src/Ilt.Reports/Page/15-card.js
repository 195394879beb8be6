// A row in full: what it looks like, what is given and suggested, how sure that is, and the verdict on it.

const verdictNames = { right: 'Right', wrong: 'Wrong', corrected: 'Fix' };

function labelLine(model, row) {
  const task = model.taskOf(row), given = model.text('given', row), proposal = model.proposal(row);
  if (task.isPicture) return null;
  return el('p', { class: 'labels' }, hidden('given '), el('span', { class: 'given' }, given === '' ? '(empty)' : data(given, 80)),
    proposal === '' ? null : [el('wbr'), el('span', { class: 'arrow', 'aria-hidden': 'true' }, '→'), hidden(', suggested '), el('wbr'), el('strong', null, data(proposal, 80))]);
}

function likelihood(model, row) {
  const wrong = model.wrong[row], difficulty = model.difficulty[row];
  // Where it is not known of any row, the task says so.
  if (Number.isNaN(wrong) && Number.isNaN(difficulty) && model.taskOf(row).share === null) return null;
  const meter = Number.isNaN(wrong) ? null : svg('svg', { class: 'meter', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('rect', { class: 'track', x: 0, y: 0, width: 100, height: 4 }), svg('rect', { class: 'range', x: 0, y: 0, width: 100 * wrong, height: 4 }));
  return el('div', { class: 'likelihood' },
    el('p', null, Number.isNaN(wrong) ? 'cannot tell how likely it is wrong' : [el('b', null, percent(wrong)), ' likely wrong']),
    Number.isNaN(difficulty) ? null : el('p', { class: 'muted' }, `difficulty ${difficulty.toFixed(2)}`), meter);
}

/** The cells of a row: the odd ones first, the others to be opened. */
function cellList(model, row, isLarge) {
  const cells = model.cellsOf(row);
  if (!cells) return null;
  const odd = new Set(model.oddOf(row));
  const item = i => el('div', { class: odd.has(i) ? 'odd' : null }, el('dt', null, data(model.cells.columns[i], 40)),
    el('dd', null, cells[i] === '' ? el('span', { class: 'none' }, 'empty') : data(cells[i], 200), odd.has(i) ? hidden(' (unusual)') : null));
  const order = [...odd, ...cells.map((_, i) => i).filter(i => !odd.has(i))].filter(i => i < cells.length), first = isLarge ? 24 : Math.max(odd.size, 4);
  return [
    el('dl', { class: 'cells' }, order.slice(0, first).map(item)),
    order.length > first ? el('details', { class: 'more' }, el('summary', null, `${order.length - first} more cells`), el('dl', { class: 'cells' }, order.slice(first).map(item))) : null,
  ];
}

function figuresOf(model, row) {
  const isClass = model.taskOf(row).kind === 'class';
  const items = [
    ['score', fixed(model.score[row], 3)], ['s', fixed(model.s[row], 3)], ['loss', fixed(model.loss[row], 3)],
    [isClass ? 'suggestion’s probability' : '± (90 %)', isClass ? percent(model.confidence[row]) : number(model.confidence[row])],
  ];
  return el('dl', { class: 'numbers' }, items.filter(([, value]) => value !== '–').map(([name, value]) => el('div', null, el('dt', null, name), el('dd', null, value))));
}

class Card {
  constructor(model, review, row, isLarge, level = 'h3') {
    Object.assign(this, { model, review, row });
    const task = model.taskOf(row), title = `card-${isLarge ? 'large' : 'small'}-${row}`;
    this.buttons = {};
    this.group = el('div', { class: 'verdicts', role: 'group', 'aria-label': `Verdict on ${dataText(model.idText(row), 60)}` },
      Object.entries(verdictNames).filter(([name]) => name !== 'corrected' || !task.isPicture).map(([name, text]) => this.buttons[name] = el('button', {
        type: 'button', 'aria-pressed': 'false', click: () => this.toggle(name),
      }, text, el('kbd', { 'aria-hidden': 'true' }, name === 'corrected' ? 'f' : name[0]))));
    this.fix = el('div', { class: 'fix' });
    const earlier = model.text('reviewed', row);
    this.node = el('article', { class: isLarge ? 'card large' : 'card', 'aria-labelledby': title, 'data-row': row, tabindex: isLarge ? null : -1 },
      el('div', { class: 'card-head' },
        el(level, { id: title }, el('span', { class: 'rank' }, `${count.format(model.rank(row) + 1)}`), ' ', data(model.idText(row), isLarge ? 400 : 40)),
        model.tasks.length > 1 ? el('span', { class: 'kind' }, data(task.name, 30)) : null,
        model.flagged[row] ? el('span', { class: 'flag' }, 'flagged') : null,
        earlier ? el('span', { class: 'kind' }, `reviewed: ${dataText(earlier, 20)}`) : null),
      pictures(model, row, isLarge),
      labelLine(model, row), regionList(model, row), likelihood(model, row),
      this.group, this.fix,
      isLarge ? figuresOf(model, row) : null, cellList(model, row, isLarge));
    this.refresh();
  }

  toggle(name) {
    const said = this.review.get(this.row);
    if (said?.verdict === name) this.review.set(this.row, null);
    else this.review.set(this.row, name, name === 'corrected' ? this.model.proposal(this.row) : '');
    if (name === 'corrected') this.input?.select();
  }

  /** Marks for correction and lets the label be typed; `done` is called when it has been. */
  startFix(done) {
    if (this.model.taskOf(this.row).isPicture) return;
    if (this.review.get(this.row)?.verdict !== 'corrected') this.review.set(this.row, 'corrected', this.model.proposal(this.row));
    this.done = done;
    this.input.focus();
    this.input.select();
  }

  refresh() {
    const said = this.review.get(this.row);
    for (const [name, button] of Object.entries(this.buttons)) button.setAttribute('aria-pressed', String(said?.verdict === name));
    this.node.dataset.verdict = said ? said.verdict : '';
    if (said?.verdict !== 'corrected') { replace(this.fix); this.input = null; return; }
    if (this.input) { if (this.input.value !== said.label && document.activeElement !== this.input) this.input.value = said.label; return; }
    const task = this.model.taskOf(this.row);
    this.input = el('input', {
      type: 'text', value: said.label, autocomplete: 'off', spellcheck: 'false', list: task.classes ? `classes-${this.model.task[this.row]}` : null,
      input: () => this.review.set(this.row, 'corrected', this.input.value),
      keydown: event => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        const done = this.done;
        this.done = null;
        if (done) done(event.key === 'Enter');
        else this.node.closest('[tabindex]')?.focus();
      },
    });
    replace(this.fix, el('label', null, 'Right label ', this.input), el('p', { class: 'muted' }, 'Left empty, it counts as wrong.'));
  }
}
