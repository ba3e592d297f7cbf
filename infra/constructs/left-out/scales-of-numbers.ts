/**
 * Stands in for `d3-interpolate` in the bundles of tasks: the report's charts scale figures and moments to places, which are
 * numbers. Colours, dates, texts and transforms, which d3 can blend too, are 14 KiB of summarize-run.
 */
type Blend = (share: number) => number;

/** As d3's `interpolateNumber` does it. */
export const interpolateNumber =
  (from: number, to: number): Blend =>
  (share) =>
    from * (1 - share) + to * share;

export const interpolateRound = (from: number, to: number): Blend => {
  const blend = interpolateNumber(from, to);
  return (share) => Math.round(blend(share));
};

export const interpolate = (from: unknown, to: unknown): Blend =>
  typeof from === 'number' && typeof to === 'number' ? interpolateNumber(from, to) : refuse();

export function piecewise(): never {
  return refuse();
}

function refuse(): never {
  throw new Error('scales of anything but numbers are left out of the bundles of tasks, see infra/constructs/left-out');
}
