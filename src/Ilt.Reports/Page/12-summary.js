// The head of the page: what was audited, how much is wrong, task by task.

function header(model) {
  const { report } = model;
  return [
    el('div', { class: 'top' }, el('p', { class: 'eyebrow' }, 'Label audit'), theme.button()),
    el('h1', null, data(report.title, 200)),
    el('p', { class: 'lead' }, data(report.data, 600)),
    el('p', { class: 'meta' }, el('time', { datetime: report.created }, report.created.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC')), ' · ', data(report.tool, 80)),
    report.command ? el('p', { class: 'meta' }, el('code', null, data(report.command, 400))) : null,
    report.isComplete ? null : el('p', { class: 'notice strong', role: 'note' }, el('strong', null, 'Incomplete. '), 'The run was stopped before its end: scores and shares are those of what was learned so far.'),
    report.warnings.length ? el('div', { class: 'notice', role: 'note', 'aria-label': 'Warnings' }, el('strong', null, report.warnings.length === 1 ? 'Before you trust it' : `Before you trust it, ${report.warnings.length} things`),
      el('ul', null, report.warnings.map(text => el('li', null, data(text, 1000))))) : null,
    el('nav', { 'aria-label': 'Parts of the report' }, el('ul', null,
      model.tasks.length ? el('li', null, el('a', { href: '#tasks' }, 'Tasks')) : null,
      el('li', null, el('a', { href: '#rows' }, 'Rows')),
      report.findings.length ? el('li', null, el('a', { href: '#findings' }, `Findings (${report.findings.length})`)) : null,
      report.notes.length ? el('li', null, el('a', { href: '#notes' }, 'Notes')) : null)),
  ];
}

/** All tasks on one screen; only where there is more than one. */
function glance(model) {
  if (model.tasks.length < 2) return null;
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'All tasks' }, el('table', { class: 'glance' },
    el('caption', { class: 'hidden' }, 'All tasks'),
    el('thead', null, el('tr', null, el('th', { scope: 'col' }, 'Task'), el('th', { scope: 'col' }, 'Labels'), el('th', { scope: 'col', class: 'right' }, 'Labelled'),
      el('th', { scope: 'col', class: 'right' }, 'Wrong, estimated'), el('th', { scope: 'col', class: 'right' }, '95 % interval'), el('th', { scope: 'col', class: 'right' }, 'Flagged'))),
    el('tbody', null, model.tasks.map((task, t) => el('tr', null,
      el('th', { scope: 'row' }, el('a', { href: `#task-${t}` }, data(task.name, 60))), el('td', null, data(task.kind, 20)), el('td', { class: 'right' }, count.format(task.labelled)),
      el('td', { class: 'right' }, task.share === null ? 'cannot tell' : percent(task.share, 1)),
      el('td', { class: 'right' }, task.low === null || task.high === null ? '–' : `${percent(task.low, 1)} to ${percent(task.high, 1)}`),
      el('td', { class: 'right' }, count.format(task.flagged)))))));
}

function estimate(task) {
  if (task.share === null)
    return el('div', { class: 'estimate' },
      el('p', { class: 'figure' }, 'Cannot tell'), el('p', { class: 'unit' }, 'how many labels are wrong'),
      task.cannotTell ? el('p', null, data(task.cannotTell, 600)) : null);
  const bounded = task.low !== null && task.high !== null;
  const n = share => count.format(Math.round(share * task.open));
  return el('div', { class: 'estimate' },
    el('p', { class: 'figure' }, percent(task.share, 1)),
    el('p', { class: 'unit' }, `of ${count.format(task.open)} labels${task.open < task.labelled ? ' that were not reviewed' : ''} are wrong, by estimate: about ${n(task.share)}`),
    bounded ? interval(task) : null,
    bounded ? el('p', { class: 'muted' }, `between ${percent(task.low, 1)} and ${percent(task.high, 1)} (95 % interval): ${n(task.low)} to ${n(task.high)} rows`) : null);
}

function interval({ share, low, high }) {
  const scale = Math.min(1, Math.max(0.02, high * 1.4)), x = value => (100 * Math.min(value, scale) / scale).toFixed(2);
  return svg('svg', { class: 'interval', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('rect', { class: 'track', x: 0, y: 2.5, width: 100, height: 1 }),
    svg('rect', { class: 'range', x: x(low), y: 1.5, width: Math.max(0.5, x(high) - x(low)), height: 3 }),
    svg('rect', { class: 'point', x: Math.max(0, x(share) - 0.4), y: 0, width: 0.8, height: 6 }));
}

function taskSection(model, task, t, show) {
  const figures = [histogram(model, task), paths(model, task), scatter(model, task), confusion(model, task, filter => show({ task: t, ...filter }))];
  return el('section', { class: 'task', id: `task-${t}`, 'aria-labelledby': `task-name-${t}` },
    el('h3', { id: `task-name-${t}` }, data(task.name, 100), el('span', { class: 'kind' }, data(task.kind, 20))),
    el('div', { class: 'task-body' },
      el('div', { class: 'words' },
        estimate(task),
        task.summary.map(text => el('p', null, data(text, 1000))),
        task.rows.n ? el('p', { class: 'screen' }, el('button', { type: 'button', class: 'quiet', click: () => show({ task: t }) }, 'Show its rows', hidden(` of ${dataText(task.name)}`))) : null),
      el('div', { class: 'figures' }, figures)));
}
