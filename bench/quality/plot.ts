import type { ReportRow } from './rows.ts';

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 56;
const RIGHT = 210;
const TOP = 40;
const BOTTOM = 48;
const COLOURS = ['#0b6e4f', '#8d99ae', '#d1495b', '#edae49', '#8f5db7', '#30638e', '#5c4033', '#222222'];

/** An SVG line plot of mean regret by change, one line per recommender; rows share one objective. */
export function regretPlot(rows: readonly ReportRow[]): string {
  const most = Math.max(...rows.flatMap((row) => row.regretAfter ?? [])) * 1.05;
  const x = (change: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * (change - 1)) / 4;
  const y = (regret: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - regret / most);
  const grid = Array.from({ length: 6 }, (_, index) => (most * index) / 5);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="22" font-size="14">Mean regret (%) after each change, balanced, weight of cost ${rows[0]?.weightOrGuard}</text>`,
    ...grid.map((value) => gridLine(y(value), value)),
    ...[1, 2, 3, 4, 5].map(
      (change) => `<text x="${x(change)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">night ${change}</text>`,
    ),
    ...rows.flatMap((row, index) => line(row, index, x, y)),
    '</svg>',
    '',
  ].join('\n');
}

function gridLine(y: number, value: number): string {
  const label = `<text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${Math.round(value * 100)}</text>`;
  return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}" stroke="#dddddd"/>${label}`;
}

function line(row: ReportRow, index: number, x: (change: number) => number, y: (regret: number) => number): string[] {
  const colour = COLOURS[index % COLOURS.length]!;
  const points = row.regretAfter!.map((regret, k) => `${x(k + 1).toFixed(1)},${y(regret).toFixed(1)}`).join(' ');
  const width = index === 0 ? 3 : 1.5;
  const legendY = TOP + 10 + index * 20;
  return [
    `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="${width}"/>`,
    `<line x1="${WIDTH - RIGHT + 12}" x2="${WIDTH - RIGHT + 32}" y1="${legendY}" y2="${legendY}" stroke="${colour}" stroke-width="${width}"/>`,
    `<text x="${WIDTH - RIGHT + 38}" y="${legendY + 4}">${row.recommender}</text>`,
  ];
}
