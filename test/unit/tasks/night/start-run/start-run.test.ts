import type { Lease } from '../../../../../shared/clients/ledger/ledger.ts';
import type { RunRecord } from '../../../../../shared/contracts/ledger.ts';
import { startRun } from '../../../../../tasks/night/start-run/start-run.ts';
import { settings } from '../../../../support/builders.ts';

const MINE = { arn: 'arn:mine', name: 'mine' };
const scheduled = { input: { scheduledTime: '2026-11-23T02:00:00Z' }, execution: MINE };

function world(overrides: { holder?: string; holderRuns?: boolean; status?: RunRecord['status'] } = {}) {
  const runs: RunRecord[] = [];
  const leases: Lease[] = [];
  const ledger = {
    acquireLease: async (lease: Lease) => {
      if (overrides.holder && overrides.holder !== lease.executionArn) {
        return { acquired: false as const, holder: { ...lease, executionArn: overrides.holder } };
      }
      leases.push(lease);
      return { acquired: true as const };
    },
    takeOverLease: async (lease: Lease) => leases.push(lease) > 0,
    putRun: async (run: RunRecord) => void runs.push(run),
    getRun: async () => (overrides.status ? ({ status: overrides.status } as RunRecord) : undefined),
  };
  const dependencies = {
    ledger,
    isRunning: async () => overrides.holderRuns ?? false,
    settings: settings(),
    bucket: 'run-bucket',
    now: () => Date.parse('2026-11-23T02:00:05Z'),
  };
  return { dependencies, runs, leases };
}

describe('startRun', () => {
  it('takes the night’s lease and fixes deadlines that end before the next start', async () => {
    const { dependencies, runs, leases } = world();
    const output = await startRun(scheduled, dependencies);
    expect(output).toMatchObject({
      proceed: true,
      run: {
        runId: 'scheduled-2026-11-23',
        trigger: 'schedule',
        nextStartAt: '2026-11-24T02:00:00.000Z',
        approvalExpiresAt: '2026-11-23T22:00:05.000Z',
        verifyDeadlineAt: '2026-11-24T01:30:00.000Z',
      },
    });
    expect(leases).toMatchObject([{ leaseId: 'scheduled#2026-11-23', executionArn: 'arn:mine' }]);
    expect(runs).toMatchObject([{ runId: 'scheduled-2026-11-23', status: 'running' }]);
  });

  it('runs from the console with an empty input, beside the schedule and without its lease', async () => {
    const { dependencies, leases } = world({ holder: 'arn:other', holderRuns: true });
    const output = await startRun({ input: {}, execution: MINE }, dependencies);
    expect(output).toMatchObject({ proceed: true, run: { runId: 'manual-mine', trigger: 'manual' } });
    expect(leases).toEqual([]);
  });

  it.each([
    ['time to answer', '2026-11-23T23:00:00Z', '2026-11-24T00:30:00.000Z'],
    ['an hour at least, until the night after the next', '2026-11-24T00:10:00Z', '2026-11-24T20:10:00.000Z'],
  ])('leaves whoever starts a run shortly before the night %s', async (_, startedAt, approvalExpiresAt) => {
    const { dependencies } = world();
    const at = { ...dependencies, now: () => Date.parse(startedAt) };
    expect(await startRun({ input: {}, execution: MINE }, at)).toMatchObject({ run: { approvalExpiresAt } });
    // The schedule's own night never gets a day more than it has.
    const onSchedule = { ...scheduled, input: { scheduledTime: startedAt } };
    expect(await startRun(onSchedule, at)).toMatchObject({ run: { nextStartAt: '2026-11-24T02:00:00.000Z' } });
  });

  it.each([
    ['still runs', { holder: 'arn:other', holderRuns: true }, 'AlreadyRunning'],
    ['is done', { holder: 'arn:other', status: 'succeeded' as const }, 'AlreadyRun'],
  ])('has nothing to do where another execution of the night %s', async (_, overrides, reason) => {
    const { dependencies, runs } = world(overrides);
    expect(await startRun(scheduled, dependencies)).toMatchObject({
      proceed: false,
      reason,
      holderExecutionArn: 'arn:other',
    });
    expect(runs).toEqual([]);
  });

  it.each(['running', 'failed'] as const)(
    'takes the lease over from a dead execution whose run is %s',
    async (status) => {
      const { dependencies, leases } = world({ holder: 'arn:other', status });
      expect(await startRun(scheduled, dependencies)).toMatchObject({ proceed: true });
      expect(leases).toMatchObject([{ executionArn: 'arn:mine' }]);
    },
  );

  it('fails naming every problem of a console input, having written nothing', async () => {
    const { dependencies, runs } = world();
    const input = { strategy: 'cheapest', maxSlowdown: 7, dryrun: true, scope: { functionNames: [] } };
    const failure = startRun({ input, execution: MINE }, dependencies);
    await expect(failure).rejects.toMatchObject({ name: 'InvalidInput' });
    await expect(failure).rejects.toThrow(/strategy.*cheapest.*maxSlowdown.*7/s);
    await expect(failure).rejects.toThrow(/dryrun/);
    await expect(failure).rejects.toThrow(/scope\.functionNames/);
    expect(runs).toEqual([]);
  });

  it.each([{}, { dryRun: true }])('makes every run of a read-only stage a dry one, with input %j', async (input) => {
    const dependencies = { ...world().dependencies, settings: settings({ readOnly: true }) };
    expect(await startRun({ input, execution: MINE }, dependencies)).toMatchObject({ run: { dryRun: true } });
  });

  it('refuses a run of a read-only stage that is to be more than dry', async () => {
    const { dependencies, runs } = world();
    const readOnly = { ...dependencies, settings: settings({ readOnly: true }) };
    const failure = startRun({ input: { dryRun: false }, execution: MINE }, readOnly);
    await expect(failure).rejects.toThrow('dryRun: given false, but the stage is read-only');
    expect(runs).toEqual([]);
  });

  it('takes policy from the input over the configured one', async () => {
    const output = await startRun(
      { input: { strategy: 'speed', maxSlowdown: 0.05 }, execution: MINE },
      world().dependencies,
    );
    expect(output).toMatchObject({ run: { policy: { strategy: 'speed', maxSlowdown: 0.05, lookbackDays: 14 } } });
  });

  describe('who decides', () => {
    const rule = {
      name: 'batch jobs',
      tags: {},
      maximumRisk: 'VeryLow' as const,
      maximumMemoryChange: 0.5,
      onlyWithinGuard: true,
      maximumCostIncreaseUsdPerMonth: 0,
    };

    it.each([
      [{}, {}, 'ask'],
      [{ approvalMode: 'policy' as const, autoApprovalRules: [rule] }, {}, 'policy'],
      [{ approvalMode: 'policy' as const, autoApprovalRules: [rule] }, { approvalMode: 'ask' }, 'ask'],
      [{ autoApprovalRules: [rule] }, { approvalMode: 'policy' }, 'policy'],
    ])('with settings %j and input %j is by %s', async (stage, input, approvalMode) => {
      const { dependencies } = world();
      const output = await startRun({ input, execution: MINE }, { ...dependencies, settings: settings(stage) });
      expect(output).toMatchObject({ run: { approvalMode } });
    });

    it('rejects a policy where there are no rules, and records no run', async () => {
      const { dependencies, runs } = world();
      await expect(startRun({ input: { approvalMode: 'policy' }, execution: MINE }, dependencies)).rejects.toThrow(
        /approvalMode: given "policy", but the stage has no autoApprovalRules/,
      );
      expect(runs).toEqual([]);
    });
  });
});
