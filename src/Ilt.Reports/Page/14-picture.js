// The picture of a row, its label drawn over it, and boxes where the label does not fit.

// More of them hide what they mark; the first ones are the most suspicious.
const mostBoxes = 6;

function pictures(model, row, isLarge) {
  const plain = model.picture(row), drawn = model.overlay(row), regions = model.regions(row).slice(0, mostBoxes);
  if (!plain && !drawn) return null;
  const id = dataText(model.idText(row), 60);
  const figures = [];
  if (plain && (isLarge || !drawn)) figures.push(one(plain, `Picture of ${id}`, drawn ? [] : regions));
  if (drawn) figures.push(one(drawn, `Label of ${id} drawn over its picture` + (regions.length ? `, ${regions.length} region${regions.length > 1 ? 's' : ''} marked` : ''), regions));
  return el('div', { class: figures.length > 1 ? 'pictures two' : 'pictures' }, figures);

  function one(uri, alt, boxes) {
    const image = el('img', { src: uri, alt, decoding: 'async' });
    const frame = el('div', { class: 'picture' }, image);
    image.addEventListener('load', () => {
      if (image.naturalWidth < 160) image.classList.add('pixels');
      if (boxes.length) frame.append(outline(boxes, image.naturalWidth, image.naturalHeight));
    });
    return frame;
  }

  function outline(boxes, width, height) {
    return svg('svg', { class: 'boxes', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
      ...boxes.flatMap(([, , top, left, h, w]) => ['under', 'over'].map(layer => svg('rect', { class: layer, x: left, y: top, width: w, height: h, 'vector-effect': 'non-scaling-stroke' }))));
  }
}

function regionList(model, row) {
  const regions = model.regions(row), isNumber = model.taskOf(row).kind === 'map';
  if (!regions.length) return null;
  // Mean values of maps have more digits than anyone reads.
  const text = label => isNumber && label !== '' && Number.isFinite(Number(label)) ? number(Number(label)) : data(label, 40);
  const item = ([given, suggested, , , , , share]) =>
    el('li', null, text(given), ' → ', el('strong', null, text(suggested)), el('span', { class: 'muted' }, ` ${percent(share, 1)}`, hidden(' of the picture')));
  const more = regions.slice(mostBoxes);
  return [
    el('ul', { class: 'regions' }, regions.slice(0, mostBoxes).map(item)),
    more.length ? el('details', { class: 'more' }, el('summary', null, `${more.length} more region${more.length > 1 ? 's' : ''}`), el('ul', { class: 'regions' }, more.map(item))) : null,
  ];
}

/** Which colour of the drawn label images of a task is which class: a swatch beside the name of each. */
function colourKey(model, task) {
  if (!task.colours && !task.colourNote) return null;
  const swatch = colour => svg('svg', { class: colour ? 'class-colour' : 'class-colour plain', viewBox: '0 0 14 14', 'aria-hidden': 'true' },
    svg('rect', { x: 1, y: 1, width: 12, height: 12, rx: 2, ...(colour ? { fill: colour } : {}) }));
  return el('div', { class: 'colour-key', role: 'group', 'aria-label': `Colours of ${dataText(task.name, 60)}` },
    el('p', null, el('b', null, 'Colours of ', data(task.name, 60)), task.colours ? ': edges of the given mask have the colour of their class, surfaces are a faint shade of it.' : '.',
      task.colourNote ? [' ', data(task.colourNote, 300)] : null),
    task.colours ? el('ul', null, task.colours.map(([name, colour]) => el('li', null, swatch(colour), data(name, 40), colour ? null : el('span', { class: 'muted' }, ' (not drawn)')))) : null);
}
