/** Narrower than this no column is readable. */
const LEAST_CHARS = 8;

/**
 * Widths for columns of these natural widths so that all of them, with `gap` behind each, fit into `totalChars`: the
 * widest give way first, since they hold words that can be wrapped. Undefined where nothing has to give way.
 */
export function fittingWidths(natural: readonly number[], gap: number, totalChars: number): number[] | undefined {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width + gap, 0) - totalChars;
  if (excess <= 0) return undefined;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= LEAST_CHARS) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}
