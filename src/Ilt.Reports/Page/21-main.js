// Puts the page together.

async function start() {
  theme.start();
  const main = document.getElementById('main');
  const model = new Model(await readBlock('report-data'), await readBlock('picture-data'));
  const review = new Review(model);
  const rowsPart = model.n > 0 ? new Rows(model, review) : null;
  const show = filter => rowsPart?.show(filter);
  const printed = el('div', { class: 'printed' });
  replace(document.getElementById('header'), header(model));
  replace(main,
    el('section', { id: 'tasks', 'aria-labelledby': 'tasks-title' },
      el('h2', { id: 'tasks-title' }, 'How much is wrong'),
      model.tasks.length ? null : el('p', null, 'There is no task with a label in this audit.'),
      glance(model), model.tasks.map((task, t) => taskSection(model, task, t, show))),
    rowsPart ? rowsPart.node : el('section', { id: 'rows', 'aria-labelledby': 'rows-title' }, el('h2', { id: 'rows-title' }, 'Rows'), el('p', null, 'No row has a label.')),
    printed, findings(model, show), notes(model));
  replace(document.getElementById('footer'), footer(model, await readBlock('licence-data')));
  rowsPart?.start();
  printing(model, review, printed);
  document.documentElement.dataset.ready = 'true';
}

start().catch(error => {
  replace(document.getElementById('main'), el('p', { class: 'notice strong', role: 'alert' }, `The audit could not be shown: ${error.message}. audit.json and audit.md beside this file hold the same.`));
  throw error;
});
