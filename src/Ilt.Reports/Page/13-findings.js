// What was found beside wrong labels, notes, and whose work is in the page.

const mostGroups = 30, mostIds = 12;

function findings(model, show) {
  if (!model.report.findings.length) return null;
  return el('section', { id: 'findings', 'aria-labelledby': 'findings-title' },
    el('h2', { id: 'findings-title' }, 'Findings'),
    model.report.findings.map(finding => el('article', { class: 'finding' },
      el('h3', null, data(finding.title, 200), finding.task ? el('span', { class: 'kind' }, data(finding.task, 60)) : null),
      el('p', null, data(finding.text, 2000)),
      finding.groups.length ? groups(finding) : null)));

  function groups(finding) {
    const list = el('ol', { class: 'groups' }, finding.groups.slice(0, mostGroups).map(group => el('li', null,
      group.slice(0, mostIds).map(id => el('button', { type: 'button', class: 'id', click: () => show({ text: id }) }, data(id, 40))),
      group.length > mostIds ? el('span', { class: 'muted' }, ` and ${count.format(group.length - mostIds)} more`) : null)));
    const shown = Math.min(finding.groups.length, mostGroups);
    return el('details', { open: finding.groups.length <= 5 },
      el('summary', null, `${rows(finding.count)}` + (finding.groups.some(group => group.length > 1) ? ` in ${count.format(finding.groups.length)} groups` : '')),
      list, shown < finding.groups.length ? el('p', { class: 'muted' }, `The first ${shown} of ${count.format(finding.groups.length)}; all are in audit.json.`) : null);
  }
}

function notes(model) {
  if (!model.report.notes.length) return null;
  return el('section', { id: 'notes', 'aria-labelledby': 'notes-title' },
    el('h2', { id: 'notes-title' }, 'Notes'), el('ul', { class: 'notes' }, model.report.notes.map(text => el('li', null, data(text, 1000)))));
}

function footer(model, licences) {
  return [
    el('p', null, `Made by ${dataText(model.report.tool, 80)}. This file holds all it shows; it asks for nothing from the network. Ids, labels and pictures in it are those of your data.`),
    el('details', { class: 'screen' }, el('summary', null, 'Licences of what is in this page'),
      licences.map(({ name, text }) => el('section', null, el('h3', null, name), el('pre', { tabindex: 0, role: 'region', 'aria-label': `Licence of ${name}` }, text)))),
  ];
}
