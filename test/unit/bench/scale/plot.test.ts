import { costPlot } from '../../../../bench/scale/plot.ts';
import type { PeerRow, ScaleRow } from '../../../../bench/scale/scale-row.ts';

/** The plot reads nothing else of a row. */
const row = (functions: number, usdPer1000FunctionsPerNight: number) =>
  ({ functions, usdPer1000FunctionsPerNight }) as ScaleRow;

it('draws cost against size by powers of ten, a line for each way', () => {
  const peer = { ...row(100, 1), peer: 'Power Tuning' } as unknown as PeerRow;
  const svg = costPlot([row(100, 0.1), row(1_000, 0.1), row(10_000, 0.01)], [peer]);
  expect(svg).toContain('points="70.0,248.0 330.0,248.0 590.0,352.0"');
  expect(svg).toContain('points="70.0,144.0"');
  expect(svg).toContain('>Rightsizer<');
});
