import type { PeerRow, ScaleRow } from './scale-row.ts';

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 70;
const RIGHT = 130;
const TOP = 40;
const BOTTOM = 48;
/** USD per 1,000 functions a night, from the first line of the grid to the last. */
const GRID_USD = [0.01, 0.1, 1, 10];

interface Line {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly { functions: number; usd: number }[];
}

/** An SVG of cost against size, both by powers of ten: ours, and the peers' for the same functions. */
export function costPlot(rows: readonly ScaleRow[], peers: readonly PeerRow[]): string {
  const sizes = rows.map(({ functions }) => functions);
  const x = scale(Math.min(...sizes), Math.max(...sizes), LEFT, WIDTH - RIGHT);
  const y = scale(GRID_USD[0]!, GRID_USD.at(-1)!, HEIGHT - BOTTOM, TOP);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="22" font-size="14">USD per 1,000 functions and night, by functions in the account</text>`,
    ...GRID_USD.map((usd) => gridLine(y(usd), usd)),
    ...sizes.map((size) => `<text x="${x(size)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${size}</text>`),
    ...lines(rows, peers).flatMap((line) => drawn(line, x, y)),
    '</svg>',
    '',
  ].join('\n');
}

function lines(rows: readonly ScaleRow[], peers: readonly PeerRow[]): Line[] {
  const of = (peer: PeerRow['peer']) =>
    peers
      .filter((each) => each.peer === peer)
      .map(({ functions, usdPer1000FunctionsPerNight: usd }) => ({ functions, usd }));
  const ours = rows.map(({ functions, usdPer1000FunctionsPerNight: usd }) => ({ functions, usd }));
  return [
    { name: 'Rightsizer', colour: '#0b6e4f', points: ours },
    { name: 'naive shape', colour: '#8d99ae', points: of('naive shape') },
    { name: 'Power Tuning', colour: '#d1495b', points: of('Power Tuning') },
  ];
}

function drawn({ name, colour, points }: Line, x: (size: number) => number, y: (usd: number) => number): string[] {
  const path = points.map(({ functions, usd }) => `${x(functions).toFixed(1)},${y(usd).toFixed(1)}`).join(' ');
  const last = points.at(-1);
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...(last ? [`<text x="${WIDTH - RIGHT + 10}" y="${y(last.usd) + 4}" fill="${colour}">${name}</text>`] : []),
  ];
}

function gridLine(y: number, usd: number): string {
  const label = `<text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">$${usd}</text>`;
  return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}" stroke="#dddddd"/>${label}`;
}

/** By powers of ten from `low` at `from` to `high` at `to`; a single value stands at `from`. */
function scale(low: number, high: number, from: number, to: number): (value: number) => number {
  const span = Math.log10(high / low) || 1;
  return (value) => Math.round((from + ((to - from) * Math.log10(value / low)) / span) * 10) / 10;
}
