// Given against predicted numbers, a sample where there are many rows.

const mostPoints = 5000;

function scatter(model, task) {
  if (task.kind !== 'number' && task.kind !== 'count') return null;
  const flagged = [], others = [];
  let unread = 0;
  for (let row = task.start; row < task.end; row++) {
    const given = numeric(model.text('given', row)), predicted = numeric(model.text('predicted', row) || model.text('suggested', row));
    if (!Number.isFinite(given) || !Number.isFinite(predicted)) unread++;
    else (model.flagged[row] ? flagged : others).push([given, predicted, row]);
  }
  const all = flagged.length + others.length;
  if (all === 0) return null;
  const shownFlagged = thin(flagged, mostPoints / 2), shownOthers = thin(others, mostPoints - shownFlagged.length);
  const sentence = `${count.format(shownFlagged.length + shownOthers.length)} of ${rows(all)}, ` +
    `${shownFlagged.length === flagged.length ? 'among them all' : count.format(shownFlagged.length) + ' of'} ${count.format(flagged.length)} flagged ones. ` +
    'On the line the label is what is predicted.' + (unread ? ` ${rows(unread)} are not shown: their label or prediction is no plain number.` : '');
  const xs = [...shownFlagged, ...shownOthers];
  const low = Math.min(...xs.map(point => Math.min(point[0], point[1]))), high = Math.max(...xs.map(point => Math.max(point[0], point[1])));
  return charts.figure('Given against predicted', sentence, [['neutral dot', 'not flagged'], ['accent dot', 'flagged']], colours => ({
    xAxis: charts.axis(colours, 'given', { grid: true, options: { type: 'value', scale: true } }),
    yAxis: charts.axis(colours, 'predicted', { grid: true, gap: 48, options: { type: 'value', scale: true } }),
    tooltip: charts.tooltip(colours, 'item', point => point.data ? [dataText(model.idText(point.data[2]), 40), `given ${number(point.data[0])}`, `predicted ${number(point.data[1])}`] : []),
    series: [
      {
        // At once: part by part, only the first rows stood there for a while, and on paper for good.
        type: 'scatter', progressive: 0, symbolSize: 4, data: shownOthers, itemStyle: { color: colours.neutral, opacity: 0.7 },
        markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: colours.muted, type: 'dashed' }, data: [[{ coord: [low, low] }, { coord: [high, high] }]] },
      },
      { type: 'scatter', progressive: 0, symbol: 'diamond', symbolSize: 8, data: shownFlagged, itemStyle: { color: colours.accent } },
    ],
  }));

  function numeric(text) { return text.trim() === '' ? NaN : Number(text); }

  function thin(points, most) {
    if (points.length <= most) return points;
    return Array.from({ length: most }, (_, i) => points[Math.floor(i * points.length / most)]);
  }
}
