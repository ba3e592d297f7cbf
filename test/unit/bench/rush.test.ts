import { rush } from '../../../bench/page/rush/rush.ts';
import { summarizeRush } from '../../../bench/page/rush/summarize-rush.ts';

/** A slice of `npm run bench:rush`: a tenth of the people, a twentieth of the proposals, a twelfth of what DynamoDB serves. */
it('serves everybody who opens and decides at once, one after the other where DynamoDB has no more', async () => {
  const proposals = 50;
  const slice = { people: 20, proposals, withinMs: 1_000, handlerMs: 100, throughputShare: 1 / 12 };
  const figures = summarizeRush(await rush(slice));
  expect(figures.throttledCalls).toBeGreaterThan(0);
  expect(figures).toMatchObject({ refusals: 0, proposalsDecided: proposals });
  expect(figures.opening.p99Ms).toBeLessThan(20_000);
  expect(figures.deciding.requests).toBe(20);
});

it('has nobody read the whole run to decide on a few', async () => {
  const [few, many] = [await readUnitsOf(1, 20), await readUnitsOf(1, 60)];
  // Opening and seeing the result read everything, at half and at the full price; the form reads the link and the run.
  expect(many - few).toBeLessThan(40 * 2 * 1.5);
});

const readUnitsOf = async (people: number, proposals: number): Promise<number> =>
  summarizeRush(await rush({ people, proposals, withinMs: 1_000, handlerMs: 100 })).readUnits;
