import { NO_LOOKS } from '../../../../../shared/clients/artifacts/remembered-looks.ts';
import { summarizeRun } from '../../../../../tasks/night/summarize-run/summarize-run.ts';
import { runContext } from '../../../../support/builders.ts';
import { memoryLedger } from '../../../../support/memory-ledger.ts';

/** Absences that each night's metrics tell, for the alarm on sources; undefined where they tell nothing. */
function nights() {
  const ledger = memoryLedger();
  return async (day: number, isAway: boolean, breaks = false): Promise<number | undefined> => {
    const run = { ...runContext(), runDate: `2026-11-${day}` };
    ledger.contents.runs.set(run.runId, {} as never);
    const discovered = {
      ...{ manifestKey: 'none', exclusionsKey: 'none' },
      ...(isAway ? { unavailableSources: [{ source: 'Tags', reason: 'denied' }] } : { answeredSources: ['Tags'] }),
    };
    let told: number | undefined;
    await summarizeRun(
      {
        run,
        discovered,
        memoryEvidence: { functionsBySource: {}, scannedBytes: 0, scanBudgetBytes: 0 },
        prepared: { outcomesKey: 'none', proposalCount: 0 },
      },
      {
        artifacts: { readJson: async (_, parse) => parse([]), writeJson: async () => {}, writePage: async () => {} },
        nights: { readAllBut: async () => [], write: async () => {} },
        ...{ looks: NO_LOOKS, ledger },
        events: {
          publish: async () => {
            if (breaks) throw new Error('the bus is gone');
          },
        },
        publishMetrics: ({ unavailableSources = [] }, endsAbsence) => {
          told = Math.max(...unavailableSources.map(({ nightsAway = 0 }) => nightsAway), endsAbsence ? 0 : -1);
        },
      },
    );
    return told === -1 ? undefined : told;
  };
}

it('tells how long a source is away, once that it is back, and nothing where all is well', async () => {
  const night = nights();
  expect(await night(20, false)).toBeUndefined();
  for (const [day, nightsAway] of [
    [21, 1],
    [22, 2],
    [23, 3],
  ] as const)
    expect(await night(day, true)).toBe(nightsAway);
  expect(await night(24, false)).toBe(0);
  expect(await night(25, false)).toBeUndefined();
});

it('tells that a source is back by the night after one that broke off before it told', async () => {
  const night = nights();
  for (const day of [21, 22, 23]) await night(day, true);
  await expect(night(24, false, true)).rejects.toThrow('the bus is gone');
  expect(await night(25, false)).toBe(0);
});

it('tells the same when a night is summarized again', async () => {
  const night = nights();
  for (const day of [21, 22]) await night(day, true);
  expect([await night(23, true), await night(23, true)]).toEqual([3, 3]);
  expect([await night(24, false), await night(24, false)]).toEqual([0, 0]);
});
