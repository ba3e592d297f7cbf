import type { ChangeRecord } from '../../../../../shared/contracts/ledger.ts';
import { recordOutcome } from '../../../../../tasks/night/record-outcome/record-outcome.ts';
import { verifyChange } from '../../../../../tasks/night/verify-change/verify-change.ts';
import { change, changeTaskInput, runContext } from '../../../../support/builders.ts';
import { memoryLedger } from '../../../../support/memory-ledger.ts';

/** A function of an account that was looked after when its change was made, and is no longer. */
const ARN = 'arn:aws:lambda:us-east-1:222222222222:function:pay';
const WATCH_NIGHTS = 7;
const APPLIED_MS = Date.parse('2026-11-23T08:00:15.000Z');
const DAY_MS = 86_400_000;

const unreachable = async (): Promise<never> => {
  throw new Error('nobody may ask there');
};

function world(overrides: Partial<ChangeRecord>, nightsLater: number) {
  const record = change({ functionName: ARN, functionArn: ARN, status: 'Watching', ...overrides });
  const ledger = memoryLedger({ changes: new Map([[`${record.runId}/${ARN}`, record]]) });
  const input = { ...changeTaskInput(runContext(), ARN), functionArn: ARN };
  const verified = () =>
    verifyChange(input, {
      ledger,
      configurations: { read: unreachable },
      aliases: { read: unreachable },
      metrics: { readSeries: unreachable },
      watchNights: WATCH_NIGHTS,
      reaches: (functionName) => functionName !== ARN,
      now: () => APPLIED_MS + nightsLater * DAY_MS,
    });
  return { ledger, input, verified };
}

const STATUSES = ['applying', 'applied', 'Watching', 'rollingBack', 'AwaitingDeployment'] as const;

describe('a change in a place that was taken out of the configuration', () => {
  it.each(STATUSES)('stays watched while it is %s, since somebody may put the place back', async (status) => {
    expect(await world({ status }, 1).verified()).toMatchObject({
      ...{ verdict: 'inconclusive', action: 'record', final: false },
      reason: expect.stringContaining('its account and region (222222222222, us-east-1) are no longer in the config'),
    });
  });

  it.each(STATUSES)('ends after the nights that a change is watched where it is %s', async (status) => {
    const { ledger, input, verified } = world({ status }, WATCH_NIGHTS);
    const { final, action, reason } = await verified();
    expect({ final, action }).toEqual({ final: true, action: 'record' });
    const dependencies = { ledger, coolDownDays: 14, now: () => APPLIED_MS };
    await recordOutcome({ ...input, kind: 'Unverified', reason }, dependencies);
    expect([...ledger.contents.changes.values()]).toMatchObject([{ status: 'Unverified', outcomeReason: reason }]);
    expect(await ledger.listOpenChanges()).toEqual([]);
  });

  it('keeps waiting for a deployment as what it is', async () => {
    expect(await world({ status: 'AwaitingDeployment' }, 1).verified()).toMatchObject({ awaitsDeployment: true });
  });
});
