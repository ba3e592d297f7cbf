import { type Html, html } from '../../../html.ts';

/** Geometry of a chart in SVG user units, y downwards; the left margin holds `$1,000` in the type of a phone. */
export const PLOT = { width: 680, left: 76, right: 664, top: 16 } as const;

export interface Tick {
  readonly at: number;
  readonly label: string;
  /** Left out on a phone, where there is no room for every label. */
  readonly minor?: boolean;
}

export interface Frame {
  /** The chart in one or two sentences, for whoever cannot see it; the figures stand in a table beside it. */
  readonly words: string;
  readonly bottom: number;
  readonly rows: readonly Tick[];
  readonly columns: readonly Tick[];
  /** Named at the ends of the axes. */
  readonly across?: string;
  readonly body: Html;
}

/** User units below the plot: labels, and the name of the axis. */
const FOOT = 52;

/** Axes, grid and words around a chart; scales and shapes are d3's. */
export function frame({ words, bottom, rows, columns, across, body }: Frame): Html {
  const { width, left, right, top } = PLOT;
  return html`<svg class="chart" viewBox="0 0 ${width} ${bottom + FOOT}" role="img" aria-label="${words}">
${rows.map(({ at, label, minor }) => html`<path class="grid" d="M${left} ${at}H${right}"/><text class="${minor ? 'minor' : 'tick'}" text-anchor="end" x="${left - 8}" y="${tenths(at + 4)}">${label}</text>`)}
${columns.map(({ at, label, minor }) => html`<path class="stop" d="M${at} ${bottom}v5"/><text class="${minor ? 'minor' : 'tick'}" text-anchor="middle" x="${at}" y="${bottom + 20}">${label}</text>`)}
${across && html`<text class="axis" text-anchor="end" x="${right}" y="${bottom + 46}">${across}</text>`}
${body}
<path class="edge" d="M${left} ${top}V${bottom}H${right}"/>
</svg>`;
}

/** Pages of ten thousand marks are made of coordinates; a tenth of a unit is finer than any screen. */
export const tenths = (value: number): number => Math.round(value * 10) / 10;

/** Every `n`th stays on a phone. */
export const thinned = (ticks: readonly Tick[], kept = 4): Tick[] => {
  const every = Math.max(1, Math.ceil(ticks.length / kept));
  return ticks.map((tick, index) => ({ ...tick, minor: index % every !== 0 }));
};
