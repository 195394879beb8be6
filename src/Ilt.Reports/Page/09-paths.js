// How s went over the epochs: the most suspicious rows against the median and the middle half of all.

function paths(model, task) {
  const kept = task.paths;
  if (!kept || kept.median.length === 0) return null;
  const top = kept.top.slice(0, 12), epochs = kept.median.length;
  const last = values => values[values.length - 1];
  const above = top.filter(([, values]) => last(values) > last(kept.high)).length;
  const sentence = `s of the ${top.length} most suspicious rows over ${epochs} epochs. At the end ${above} of them lie above the middle half of all rows ` +
    `(${number(last(kept.low), 2)} to ${number(last(kept.high), 2)}): training took weight from their labels.`;
  const line = { type: 'line', symbol: 'none' };
  return charts.figure('Log-variance s over the epochs', sentence, [['accent line', 'most suspicious'], ['dark line', 'median'], ['band', 'middle half of all rows']], colours => ({
    xAxis: charts.axis(colours, 'epoch', { options: { type: 'category', boundaryGap: false, data: kept.median.map((_, i) => i + 1) } }),
    yAxis: charts.axis(colours, '', { grid: true, options: { scale: true, axisLine: { show: false } } }),
    tooltip: charts.tooltip(colours, 'axis', points => {
      const i = points[0].dataIndex;
      return [`epoch ${i + 1}`, `median ${number(kept.median[i])}`, ...top.slice(0, 6).map(([id, values]) => `${dataText(id, 24)}: ${number(values[i])}`)];
    }),
    series: [
      { ...line, data: kept.low, stack: 'band', stackStrategy: 'all', lineStyle: { opacity: 0 } },
      { ...line, data: kept.high.map((high, i) => high - kept.low[i]), stack: 'band', stackStrategy: 'all', lineStyle: { opacity: 0 }, areaStyle: { color: colours.band, opacity: 1 } },
      ...top.map(([, values]) => ({ ...line, data: values, lineStyle: { color: colours.accent, width: 1.2, opacity: 0.75 } })),
      { ...line, data: kept.median, lineStyle: { color: colours.text, width: 2 } },
    ],
  }));
}
