// Light or dark: as the system says, or as the switch does.

const theme = {
  listeners: [],

  get isDark() {
    return document.documentElement.dataset.theme ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  },

  colour(name) { return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim(); },

  set(name) {
    document.documentElement.dataset.theme = name;
    try { localStorage.setItem('ilt-theme', name); } catch { /* then it lasts as long as the page */ }
    this.changed();
  },

  changed() { for (const listener of this.listeners) listener(); },

  start() {
    try {
      const kept = localStorage.getItem('ilt-theme');
      if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
    } catch { /* as the system says */ }
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.changed());
  },

  button() {
    const text = () => theme.isDark ? 'Light' : 'Dark';
    const button = el('button', { type: 'button', class: 'quiet', id: 'theme', click: () => this.set(this.isDark ? 'light' : 'dark') });
    const show = () => replace(button, text(), hidden(' colours'));
    this.listeners.push(show);
    show();
    return button;
  },
};
