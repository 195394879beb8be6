// How the scores are distributed, and which part of them is flagged.

function histogram(model, task) {
  const scores = model.score.subarray(task.start, task.end), flags = model.flagged.subarray(task.start, task.end);
  let low = Infinity, high = -Infinity, threshold = Infinity, highest = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) continue;
    low = Math.min(low, scores[i]);
    high = Math.max(high, scores[i]);
    if (flags[i]) threshold = Math.min(threshold, scores[i]);
    else highest = Math.max(highest, scores[i]);
  }
  if (!(low < high)) return null;
  const bins = Math.max(8, Math.min(48, Math.ceil(2 * Math.sqrt(scores.length)))), width = (high - low) / bins;
  const flagged = new Array(bins).fill(0), others = new Array(bins).fill(0);
  for (let i = 0; i < scores.length; i++)
    if (Number.isFinite(scores[i])) (flags[i] ? flagged : others)[Math.min(bins - 1, Math.floor((scores[i] - low) / width))]++;
  const edge = i => low + i * width;
  const isCut = task.flagged > 0 && threshold >= highest;
  const sentence = `${rows(task.labelled)} by score, from ${number(low)} to ${number(high)}. ` +
    (task.flagged === 0 ? 'None is flagged.' : `${rows(task.flagged)} flagged` + (isCut ? `: all from ${number(threshold)} up.` : '.'));
  return charts.figure('Scores', sentence, [['neutral', 'not flagged'], ['accent', 'flagged']], colours => ({
    xAxis: charts.axis(colours, 'score: higher is more suspicious', {
      options: { type: 'category', data: flagged.map((_, i) => i), axisLabel: { color: colours.muted, hideOverlap: true, formatter: i => number(edge(Number(i)), 2) } },
    }),
    yAxis: charts.axis(colours, '', { grid: true, options: { minInterval: 1, axisLine: { show: false } } }),
    tooltip: charts.tooltip(colours, 'axis', points => {
      const i = points[0].dataIndex;
      return [`score ${number(edge(i))} to ${number(edge(i + 1))}`, `${rows(others[i])} not flagged`, `${rows(flagged[i])} flagged`];
    }),
    series: [
      { type: 'bar', stack: 'all', data: others, barCategoryGap: '12%', itemStyle: { color: colours.neutral } },
      {
        type: 'bar', stack: 'all', barMinHeight: 2, data: flagged.map(n => n || null), itemStyle: { color: colours.accent },
        markLine: isCut ? {
          silent: true, symbol: 'none', lineStyle: { color: colours.accent, type: 'dashed' }, label: { show: false },
          data: [{ xAxis: Math.min(bins - 1, Math.floor((threshold - low) / width)) }],
        } : undefined,
      },
    ],
  }));
}
