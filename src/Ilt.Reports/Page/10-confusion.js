// Given against suggested classes. A table, so that everyone can read it; a cell shows its rows.

const mostClasses = 16, mostPairs = 20;

function confusion(model, task, show) {
  if (!task.classes || task.classes.length < 2) return null;
  const classes = task.classes, at = new Map(classes.map((name, i) => [name, i])), k = classes.length;
  const pairs = new Map();
  let counted = 0, differ = 0;
  for (let row = task.start; row < task.end; row++) {
    const given = at.get(model.text('given', row)), suggested = at.get(model.proposal(row));
    if (given === undefined || suggested === undefined) continue;
    counted++;
    if (given !== suggested) differ++;
    pairs.set(given * k + suggested, (pairs.get(given * k + suggested) || 0) + 1);
  }
  if (counted === 0) return null;
  const most = Math.max(1, ...[...pairs].filter(([pair]) => Math.floor(pair / k) !== pair % k).map(([, n]) => n));
  const missing = task.labelled - counted;
  const sentence = `In ${count.format(differ)} of ${rows(counted)} another class is suggested than given.` +
    (missing > 0 ? ` ${rows(missing)} without a suggestion are not counted.` : '') + ' A count shows its rows.';
  const button = (given, suggested, n) => el('button', {
    type: 'button', class: 'count', 'aria-label': `${rows(n)} given ${dataText(classes[given])}, suggested ${dataText(classes[suggested])}: show`,
    click: () => show({ given: classes[given], suggested: classes[suggested] }),
  }, count.format(n));
  const body = k <= mostClasses ? matrix() : list();
  return el('figure', { class: 'wide' }, el('h4', null, 'Given against suggested'), body, el('figcaption', null, sentence));

  function matrix() {
    const table = el('table', { class: 'confusion' },
      el('caption', { class: 'hidden' }, 'Rows by given class (lines) and suggested class (columns)'),
      el('thead', null,
        el('tr', null, el('th', { scope: 'col' }, 'given ↓ suggested →'), classes.map(name => el('th', { scope: 'col' }, data(name, 16))))),
      el('tbody', null, classes.map((name, given) => el('tr', null,
        el('th', { scope: 'row' }, data(name, 16)),
        classes.map((_, suggested) => {
          const n = pairs.get(given * k + suggested) || 0;
          const cell = el('td', { class: given === suggested ? 'diagonal' : null }, n === 0 ? el('span', { class: 'none' }, '0') : given === suggested ? count.format(n) : button(given, suggested, n));
          if (given !== suggested && n > 0) cell.style.setProperty('--heat', `${Math.round(8 + 30 * Math.sqrt(n / most))}%`);
          return cell;
        })))));
    return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Given against suggested classes of ${dataText(task.name)}` }, table);
  }

  function list() {
    const top = [...pairs].filter(([pair]) => Math.floor(pair / k) !== pair % k).sort((a, b) => b[1] - a[1]);
    return [
      el('table', { class: 'pairs' },
        el('thead', null, el('tr', null, el('th', { scope: 'col' }, 'given'), el('th', { scope: 'col' }, 'suggested'), el('th', { scope: 'col', class: 'right' }, 'rows'))),
        el('tbody', null, top.slice(0, mostPairs).map(([pair, n]) => el('tr', null,
          el('td', null, data(classes[Math.floor(pair / k)], 40)), el('td', null, data(classes[pair % k], 40)),
          el('td', { class: 'right' }, button(Math.floor(pair / k), pair % k, n)))))),
      top.length > mostPairs ? el('p', { class: 'muted' }, `The ${mostPairs} most frequent of ${count.format(top.length)} pairs.`) : null,
    ];
  }
}
