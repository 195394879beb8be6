// Which rows are shown and in what order.

const sortings = {
  rank: { text: 'Rank', down: false },
  id: { text: 'Id', down: false },
  given: { text: 'Given', down: false },
  suggested: { text: 'Suggested', down: false },
  wrong: { text: 'Likely wrong', down: true },
  score: { text: 'Score', down: true },
  s: { text: 's', down: true },
  loss: { text: 'Loss', down: true },
  difficulty: { text: 'Difficulty', down: true },
};

const everything = () => ({ task: null, text: '', given: null, suggested: null, low: 0, high: 100, flagged: false, seen: 'all' });

function filterRows(model, review, filter) {
  const text = filter.text.trim().toLowerCase(), anyLikelihood = filter.low <= 0 && filter.high >= 100;
  const found = new Int32Array(model.n);
  let n = 0;
  model.tasks.forEach((task, t) => {
    if (filter.task !== null && filter.task !== t) return;
    const given = wanted(task, 'given', filter.given), suggested = wanted(task, 'suggested', filter.suggested);
    for (let row = task.start; row < task.end; row++) {
      if (filter.flagged && !model.flagged[row]) continue;
      if (!anyLikelihood && !(100 * model.wrong[row] >= filter.low && 100 * model.wrong[row] <= filter.high)) continue;
      if (given && !given(row)) continue;
      if (suggested && !suggested(row)) continue;
      if (text && !model.idContains(row, text)) continue;
      if (filter.seen !== 'all') {
        const said = review.get(row);
        if (filter.seen === 'open' ? said : filter.seen === 'seen' ? !said : said?.verdict !== filter.seen) continue;
      }
      found[n++] = row;
    }
  });
  return found.subarray(0, n);

  function wanted(task, name, label) {
    if (label === null) return null;
    return name === 'given' ? row => model.text('given', row) === label : row => model.proposal(row) === label;
  }
}

/** Sorts in place; what has no value comes last, equals stay in the order of their ranks. */
function sortRows(model, found, by, down) {
  const sign = down ? -1 : 1;
  if (by === 'rank') return found.sort((a, b) => sign * (model.rank(a) - model.rank(b)) || a - b);
  if (by === 'id' || by === 'given' || by === 'suggested') {
    const collator = new Intl.Collator('en', { numeric: true });
    const text = row => by === 'id' ? model.idText(row) : by === 'given' ? model.text('given', row) : model.proposal(row);
    const places = order([...new Set(Array.from(found, text))], collator);
    const place = new Map(Array.from(found, row => [row, places.get(text(row))]));
    return found.sort((a, b) => sign * (place.get(a) - place.get(b)) || a - b);
  }
  const values = model[by];
  return found.sort((a, b) => {
    const x = values[a], y = values[b];
    if (x !== x || y !== y) return (x !== x) - (y !== y) || a - b;
    return sign * (x - y) || model.rank(a) - model.rank(b) || a - b;
  });

  function order(texts, collator) {
    return new Map(texts.sort(collator.compare).map((text, i) => [text, i]));
  }
}

class FilterBar {
  constructor(model, state, changed) {
    Object.assign(this, { model, state, changed });
    this.text = el('input', { type: 'search', id: 'filter-text', placeholder: 'part of an id', autocomplete: 'off', spellcheck: 'false', input: () => this.update({ text: this.text.value }) });
    this.task = this.choice('filter-task', [['', 'All tasks'], ...model.tasks.map((task, t) => [String(t), dataText(task.name, 40)])],
      value => this.update({ task: value === '' ? null : Number(value), given: null, suggested: null }));
    this.given = this.choice('filter-given', [], value => this.update({ given: value === '' ? null : this.classes[Number(value)] }));
    this.suggested = this.choice('filter-suggested', [], value => this.update({ suggested: value === '' ? null : this.classes[Number(value)] }));
    this.low = this.limit('filter-low', 'Likely wrong, at least per cent', 'low');
    this.high = this.limit('filter-high', 'Likely wrong, at most per cent', 'high');
    this.flagged = el('input', { type: 'checkbox', id: 'filter-flagged', change: () => this.update({ flagged: this.flagged.checked }) });
    this.seen = this.choice('filter-seen', [['all', 'All'], ['open', 'Not reviewed'], ['seen', 'Reviewed'], ['right', 'Right'], ['wrong', 'Wrong'], ['corrected', 'Fixed']], value => this.update({ seen: value }));
    this.sort = this.choice('sort', Object.entries(sortings).map(([name, { text, down }]) => [name, text + (name === 'rank' || !down ? '' : ', highest first')]),
      value => this.update({ by: value, down: sortings[value].down }));
    const field = (label, control) => el('label', { class: 'field', for: control.id }, el('span', null, label), control);
    const hasClasses = model.tasks.some(task => this.classesOf(task).length > 0);
    this.classFields = hasClasses ? [field('Given', this.given), field('Suggested', this.suggested)] : [];
    this.node = el('form', { class: 'filters', role: 'search', 'aria-label': 'Filter rows', submit: event => event.preventDefault() },
      field('Find', this.text), model.tasks.length > 1 ? field('Task', this.task) : null, this.classFields,
      el('fieldset', { class: 'field range' }, el('legend', null, 'Likely wrong, %'), this.low, el('span', { 'aria-hidden': 'true' }, 'to'), this.high),
      field('Review', this.seen), field('Order', this.sort),
      el('label', { class: 'check', for: 'filter-flagged' }, this.flagged, 'Flagged only'),
      el('button', { type: 'button', class: 'quiet', id: 'filter-reset', click: () => this.update({ ...everything() }) }, 'Reset'));
    this.show();
  }

  /** What rows can be chosen by; a label image has no class of its own. */
  classesOf(task) { return task.isPicture ? [] : task.classes || []; }

  choice(id, options, chosen) {
    const select = el('select', { id, change: () => chosen(select.value) });
    this.fill(select, options);
    return select;
  }

  fill(select, options) { replace(select, options.map(([value, text]) => el('option', { value }, text))); }

  limit(id, label, name) {
    const input = el('input', {
      type: 'number', id, min: 0, max: 100, step: 'any', 'aria-label': label,
      change: () => {
        const value = input.valueAsNumber;
        this.update({ [name]: Number.isFinite(value) ? Math.max(0, Math.min(100, value)) : everything()[name] });
      },
    });
    return input;
  }

  update(change) {
    Object.assign(this.state, change);
    this.show();
    this.changed();
  }

  show() {
    const { state, model } = this;
    this.classes = state.task === null ? [...new Set(model.tasks.flatMap(this.classesOf))] : this.classesOf(model.tasks[state.task]);
    for (const [select, value] of [[this.given, state.given], [this.suggested, state.suggested]]) {
      this.fill(select, [['', 'Any class'], ...this.classes.map((name, i) => [String(i), dataText(name, 40)])]);
      select.value = value === null ? '' : String(this.classes.indexOf(value));
      select.disabled = this.classes.length === 0;
    }
    if (this.text.value !== state.text) this.text.value = state.text;
    this.task.value = state.task === null ? '' : String(state.task);
    this.low.value = state.low;
    this.high.value = state.high;
    this.flagged.checked = state.flagged;
    this.seen.value = state.seen;
    this.sort.value = state.by;
  }
}
