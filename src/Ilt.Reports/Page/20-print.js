// On paper: the summary, the charts in light colours, and the first rows of each task in full.

const printedRows = 12;

function printing(model, review, place) {
  let isBuilt = false;
  function prepare() {
    if (!isBuilt) {
      isBuilt = true;
      replace(place, model.tasks.filter(task => task.rows.n > 0).map(task => el('section', null,
        el('h2', null, `The ${Math.min(printedRows, task.rows.n)} most suspicious rows of `, data(task.name, 100)), colourKey(model, task),
        el('div', { class: 'cards' }, Array.from({ length: Math.min(printedRows, task.rows.n) }, (_, i) => new Card(model, review, task.start + i, false).node)))));
      for (const node of place.querySelectorAll('[id], [aria-labelledby]')) { node.removeAttribute('id'); node.removeAttribute('aria-labelledby'); }
    }
    charts.print(true);
  }
  addEventListener('beforeprint', prepare);
  addEventListener('afterprint', () => charts.print(false));
  matchMedia('print').addEventListener('change', event => event.matches ? prepare() : charts.print(false));
}
