// Draws what SoakIT measured: node soak-chart.mjs ../../target/soak.csv ../../../docs/soak.svg

import { readFileSync, writeFileSync } from 'node:fs';

const [input = '../../target/soak.csv', output = '../../../docs/soak.svg'] = process.argv.slice(2);
const WIDTH = 860;
const PANEL = { left: 70, right: 640, height: 170, gap: 50, top: 60 };

const [header, ...rows] = readFileSync(input, 'utf8').trim().split('\n');
const names = header.split(',');
const samples = rows.map((row) => Object.fromEntries(row.split(',').map((value, i) => [names[i], Number(value)])));
const minutes = Math.max(...samples.map((sample) => sample.seconds)) / 60;
const mostPlayers = Math.max(...samples.map((sample) => sample.players));

const panels = [
  { unit: 'MiB', lines: [['rss_mib', 'resident memory', '#1f6f8b'], ['heap_mib', 'Java heap in use', '#99a8b2']] },
  { unit: 'count', lines: [['sockets', 'open sockets', '#b5651d'], ['players', 'players', '#3a7d44']] },
];

const height = PANEL.top + panels.length * (PANEL.height + PANEL.gap) + 20;
const parts = [
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
  `<rect width="${WIDTH}" height="${height}" fill="white"/>`,
  text(PANEL.left, 24, `Nightporter while players come and go for ${Math.round(minutes)} minutes`, 'font-size="16"'),
  text(PANEL.left, 42, `up to ${mostPlayers} at a time, each 5 to 60 s; one sample every 5 s`, 'fill="#555"'),
  ...panels.map((panel, i) => draw(panel, PANEL.top + i * (PANEL.height + PANEL.gap))),
  '</svg>',
];
writeFileSync(output, parts.join('\n') + '\n');

function draw({ unit, lines }, top) {
  const step = nice(Math.max(...lines.flatMap(([key]) => samples.map((sample) => sample[key]))) / 4);
  const highest = step * Math.ceil(Math.max(...lines.flatMap(([key]) => samples.map((s) => s[key]))) / step);
  const bottom = top + PANEL.height;
  const x = (minute) => PANEL.left + (minute / minutes) * (PANEL.right - PANEL.left);
  const y = (value) => bottom - (value / highest) * PANEL.height;
  const marks = [];
  for (let value = 0; value <= highest; value += step) {
    marks.push(`<path d="M${PANEL.left} ${y(value)}H${PANEL.right}" stroke="#e4e4e4"/>`);
    marks.push(text(PANEL.left - 8, y(value) + 4, value, 'text-anchor="end"'));
  }
  const minuteStep = nice(minutes / 6);
  for (let minute = 0; minute <= minutes + 1e-9; minute += minuteStep) {
    marks.push(text(x(minute), bottom + 16, Number(minute.toFixed(2)), 'text-anchor="middle"'));
  }
  marks.push(text(PANEL.right + 8, bottom + 16, 'minutes'));
  marks.push(text(PANEL.left - 8, top - 10, unit, 'text-anchor="end" fill="#555"'));
  lines.forEach(([key, label, colour], i) => {
    const points = samples.map((sample) => `${x(sample.seconds / 60).toFixed(1)},${y(sample[key]).toFixed(1)}`);
    marks.push(`<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.6"/>`);
    marks.push(text(PANEL.right + 8, top + 14 + 18 * i, label, `fill="${colour}"`));
  });
  return marks.join('\n');
}

/** The round number above. */
function nice(rough) {
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
}

function text(x, y, words, attributes = '') {
  return `<text x="${x}" y="${y}" ${attributes}>${words}</text>`;
}
