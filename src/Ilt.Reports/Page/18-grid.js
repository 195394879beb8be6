// Rows as cards, a page at a time.

const cardsPerPage = 24;

class CardGrid {
  constructor(model, review, { chosen }) {
    Object.assign(this, { model, review, chosen });
    this.cards = new Map();
    this.found = new Int32Array(0);
    this.current = 0;
    this.list = el('ul', { class: 'cards' });
    this.more = el('button', { type: 'button', class: 'more-cards', click: () => { const at = this.shown; this.add(); this.go(at); } });
    this.node = el('div', { class: 'card-window', focusin: event => this.focused(event) }, this.list, this.more);
  }

  setRows(found, keep) {
    const row = this.found[this.current];
    this.found = found;
    this.current = keep && row !== undefined ? Math.max(0, found.indexOf(row)) : 0;
    this.cards.clear();
    replace(this.list);
    this.shown = 0;
    this.add();
  }

  add() {
    const until = Math.min(this.found.length, this.shown + cardsPerPage);
    for (; this.shown < until; this.shown++) {
      const card = new Card(this.model, this.review, this.found[this.shown], false);
      card.node.dataset.at = this.shown;
      if (this.shown === this.current) card.node.tabIndex = 0;
      this.cards.set(this.found[this.shown], card);
      this.list.append(el('li', null, card.node));
    }
    const left = this.found.length - this.shown;
    this.more.hidden = left === 0;
    replace(this.more, `Show ${Math.min(left, cardsPerPage)} more`, el('span', { class: 'muted' }, ` of ${count.format(left)}`));
  }

  focused(event) {
    const node = event.target.closest('article[data-at]');
    if (node) this.mark(Number(node.dataset.at));
  }

  mark(at) {
    const before = this.cards.get(this.found[this.current]), now = this.cards.get(this.found[at]);
    if (before) before.node.tabIndex = -1;
    if (now) now.node.tabIndex = 0;
    this.current = at;
    this.chosen(this.found[at]);
  }

  go(at) {
    at = Math.max(0, Math.min(this.found.length - 1, at));
    while (at >= this.shown && this.shown < this.found.length) this.add();
    const card = this.cards.get(this.found[at]);
    if (!card) return;
    this.mark(at);
    card.node.focus({ preventScroll: true });
    card.node.scrollIntoView({ block: 'nearest' });
  }

  get page() { return 6; }

  refresh(row) {
    if (row !== null) this.cards.get(row)?.refresh();
    else for (const card of this.cards.values()) card.refresh();
  }
}
