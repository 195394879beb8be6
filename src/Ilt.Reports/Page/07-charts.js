// What all charts share. ECharts draws SVG; what is said of a chart in words is its text for screen readers.

// It writes fonts as style attributes, which the page's policy forbids; the object model is allowed.
const setAttribute = SVGElement.prototype.setAttribute;
SVGElement.prototype.setAttribute = function (name, value) {
  if (name === 'style') this.style.cssText = value;
  else setAttribute.call(this, name, value);
};

const charts = {
  all: [],

  /** A figure with a title, the chart of what `options` gives, its legend (class of the swatch and text) and a sentence. */
  figure(title, sentence, legend, options) {
    const canvas = el('div', { class: 'chart' });
    const figure = el('figure', null,
      el('h4', null, title), canvas,
      legend.length ? el('ul', { class: 'legend' }, legend.map(([swatch, text]) => el('li', null, el('span', { class: `swatch ${swatch}` }), text))) : null,
      el('figcaption', null, sentence));
    const chart = { canvas, sentence, options, instance: null };
    this.all.push(chart);
    this.watcher.observe(canvas);
    return figure;
  },

  // Drawn when it comes near the screen: a report of many tasks opens as fast as one of few.
  watcher: new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) charts.draw(charts.all.find(chart => chart.canvas === entry.target));
  }, { rootMargin: '600px' }),

  sizes: new ResizeObserver(entries => {
    if (!charts.isPrinting) for (const entry of entries) charts.all.find(chart => chart.canvas === entry.target)?.instance?.resize();
  }),

  draw(chart) {
    if (!chart.instance) {
      chart.instance = echarts.init(chart.canvas, null, { renderer: 'svg' });
      this.sizes.observe(chart.canvas);
      this.watcher.unobserve(chart.canvas);
    }
    const colours = Object.fromEntries(['text', 'muted', 'line', 'surface', 'accent', 'neutral', 'band'].map(name => [name, theme.colour(name)]));
    chart.instance.setOption({ ...this.common(colours, chart.sentence), ...chart.options(colours) }, true);
  },

  common(colours, sentence) {
    return {
      animation: false,
      aria: { enabled: true, label: { enabled: true, description: sentence } },
      textStyle: { fontFamily: 'system-ui, sans-serif', fontSize: 12, color: colours.muted },
      grid: { left: 12, right: 16, top: 16, bottom: 32, containLabel: true },
    };
  },

  axis(colours, name, more) {
    return {
      name, nameLocation: 'middle', nameGap: more?.gap ?? 28, nameTextStyle: { color: colours.muted },
      axisLine: { show: true, lineStyle: { color: colours.line } }, axisTick: { show: false },
      axisLabel: { color: colours.muted, hideOverlap: true, formatter: value => number(Number(value)) },
      splitLine: { show: !!more?.grid, lineStyle: { color: colours.line, opacity: 0.6 } },
      ...more?.options,
    };
  },

  /** Tooltips are elements; as a string they would be taken for HTML. */
  tooltip(colours, trigger, lines) {
    return {
      trigger, confine: true, appendToBody: false, transitionDuration: 0,
      backgroundColor: colours.surface, borderColor: colours.line, textStyle: { color: colours.text, fontSize: 12 },
      formatter: point => el('div', null, lines(point).map(line => el('div', null, line))),
    };
  },

  isPrinting: false,

  print(on) {
    if (this.isPrinting === on) return;
    this.isPrinting = on;
    document.documentElement.classList.toggle('printing', on);
    for (const chart of this.all) {
      this.draw(chart);
      chart.instance.resize(on ? { width: 320 } : { width: 'auto' });
    }
  },
};

theme.listeners.push(() => { for (const chart of charts.all) if (chart.instance) charts.draw(chart); });
