import { DAY_MS, FIRST_NIGHT_MS, failure, HOUR_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** Which execution has a night, and what runs beside each other leave to each other. */

let night: NightWorld;

beforeEach(async () => {
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
});

afterEach(() => night.dispose());

interface Proceed {
  proceed: boolean;
  reason?: string;
  message?: string;
  holderExecutionArn?: string;
}

const answerOf = async (executionArn: string) => JSON.parse(String((await night.end(executionArn)).output)) as Proceed;
const stop = (executionArn: string) =>
  night.clock.complete(() => night.deployment.engine.stopExecution({ executionArn }));

describe('the lease on a night', () => {
  it('is taken over from an execution that was stopped, and its night is done', async () => {
    const first = await night.start();
    await night.untilMail();
    await stop(first);
    const second = await night.start({ scheduledTime: new Date(FIRST_NIGHT_MS).toISOString() });
    const report = await night.report(second);
    expect(report.counts['assessed']).toBeGreaterThan(0);
    const [lease] = await night.records<{ executionArn: string }>('LEASE');
    expect(lease?.executionArn).toBe(second);
  });

  it('lets the new execution ask again about what the dead one had asked, and change it', async () => {
    const first = await night.start();
    await night.untilMail();
    const asked = (await night.proposed()).map(({ name }) => name);
    await stop(first);
    const second = await night.start({ scheduledTime: new Date(FIRST_NIGHT_MS).toISOString() });
    await night.untilMail();
    await night.decide({ decision: 'approved' });
    const report = await night.report(second);
    expect(report.changed.map(({ functionName }) => functionName).toSorted()).toEqual(asked.toSorted());
    expect(report.counts['applied']).toBe(asked.length);
  });

  it('leaves nothing open that the new execution does not ask: what the dead one had asked about it expires', async () => {
    const first = await night.start();
    await night.untilMail();
    const [optedOut, ...others] = (await night.proposed()).map(({ name }) => name);
    await stop(first);
    night.account.lambda.functions.find(optedOut!)!.tags.set('rightsizer:exclude', 'true');
    const second = await night.start({ scheduledTime: new Date(FIRST_NIGHT_MS).toISOString() });
    await night.untilMail();
    const proposals = await night.records<{ functionName: string; status: string }>('PROPOSAL#');
    expect(
      proposals
        .filter(({ status }) => status === 'pending')
        .map((each) => each.functionName)
        .toSorted(),
    ).toEqual(others.toSorted());
    await night.decide({ decision: 'approved' });
    const report = await night.report(second);
    expect(night.outcome(report, optedOut!)).toMatchObject({ kind: 'Expired' });
    expect(report.counts).toMatchObject({ proposed: others.length + 1, applied: others.length, expired: 1 });
  });

  it('lets the new execution tell in its report what the one that failed had changed', async () => {
    night.deployment.handlers.beforeInvocation = (task) => {
      if (task === 'summarize-run') throw failure('TypeError', 'simulated bug');
    };
    const first = await night.start();
    await night.untilMail();
    await night.decide({ decision: 'approved' });
    expect(await night.end(first)).toMatchObject({ status: 'FAILED' });
    night.deployment.handlers.beforeInvocation = undefined;
    const changes = await night.records<{ functionName: string; status: string }>('CHANGE#');
    const after = night.sizes();
    const report = await night.report(await night.start({ scheduledTime: new Date(FIRST_NIGHT_MS).toISOString() }));
    const told = [...report.changed, ...report.settled].flatMap(({ functionName, kind }) =>
      kind === 'Expired' ? [] : [functionName],
    );
    expect(told.toSorted()).toEqual(changes.map(({ functionName }) => functionName).toSorted());
    expect(night.sizes()).toEqual(after);
  });

  it('is left with an execution that still runs: a second delivery does nothing and says so', async () => {
    const first = await night.start();
    await night.untilMail();
    expect(await answerOf(await night.start({ scheduledTime: new Date(FIRST_NIGHT_MS).toISOString() }))).toMatchObject({
      proceed: false,
      reason: 'AlreadyRunning',
      holderExecutionArn: first,
      message: expect.stringContaining('nothing to do'),
    });
  });

  it('is left with an execution that finished the night: a late delivery does nothing and says so', async () => {
    const first = await night.start();
    await night.end(first);
    const before = night.sizes();
    expect(await answerOf(await night.start({ scheduledTime: new Date(FIRST_NIGHT_MS).toISOString() }))).toMatchObject({
      proceed: false,
      reason: 'AlreadyRun',
      holderExecutionArn: first,
    });
    expect(night.sizes()).toEqual(before);
  });

  it('is taken over from an execution that failed, which had freed its functions', async () => {
    night.deployment.handlers.beforeInvocation = (task) => {
      if (task === 'collect-memory-evidence') throw failure('TypeError', 'simulated bug');
    };
    const first = await night.end(await night.start());
    expect(first).toMatchObject({ status: 'FAILED', error: 'TypeError' });
    night.deployment.handlers.beforeInvocation = undefined;
    const report = await night.report(await night.start({ scheduledTime: new Date(FIRST_NIGHT_MS).toISOString() }));
    expect(report.counts['proposed']).toBeGreaterThan(0);
  });
});

describe('a console run beside the scheduled one', () => {
  it('runs under its own id and leaves alone, with the reason, what the night has proposed', async () => {
    const scheduled = await night.start();
    await night.untilMail();
    const proposed = (await night.proposed()).map(({ name }) => name);
    const console = await night.report(await night.start({}));
    const open = console.excluded.filter(({ reason }) => reason === 'OpenProposal');
    expect(open.map(({ functionName }) => functionName).toSorted()).toEqual(proposed.toSorted());
    expect(console.counts['proposed']).toBe(0);

    await night.decide({ decision: 'approved' });
    expect((await night.report(scheduled)).counts['applied']).toBe(proposed.length);
    const runs = await night.records<{ runId: string; trigger: string }>('RUN');
    expect(runs.map(({ trigger }) => trigger).toSorted()).toEqual(['manual', 'schedule']);
  });

  it('leaves alone, with the reason, what the night is changing', async () => {
    const scheduled = await night.start();
    await night.untilMail();
    const changing = (await night.proposed()).map(({ name }) => name);
    await night.decide({ decision: 'approved' });
    await night.until(() => night.invocations('apply-change') >= changing.length);
    await night.clock.advanceTo(night.clock.now() + HOUR_MS);
    const console = await night.report(await night.start({ dryRun: true }));
    const open = console.excluded.filter(({ reason }) => reason === 'OpenChange');
    expect(open.map(({ functionName }) => functionName).toSorted()).toEqual(changing.toSorted());
    await night.end(scheduled);
  });

  it('that proposes at the same moment gets only what the other has not claimed', async () => {
    const executions = [await night.start(), await night.start({})];
    const reports = [];
    for (const each of executions) reports.push(await night.report(each));
    const proposals = await night.records<{ functionName: string; runId: string }>('PROPOSAL#');
    const names = proposals.map(({ functionName }) => functionName);
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    const claimed = reports.flatMap(({ assessed }) =>
      assessed.filter((each) => (each as { exclusionReason?: string }).exclusionReason === 'Claimed'),
    );
    expect(claimed.map(({ functionName }) => functionName).toSorted()).toEqual(names.toSorted());
  });

  it('does the same as the schedule when started with an empty input on another day', async () => {
    await night.clock.advanceTo(FIRST_NIGHT_MS + DAY_MS / 2);
    const run = await night.start({});
    await night.untilMail();
    await night.decide({ decision: 'approved' });
    expect((await night.report(run)).counts['applied']).toBeGreaterThan(0);
  });
});

it('frees a function whose run died before anybody could decide, a day later', async () => {
  await night.start();
  await night.untilMail();
  const proposed = (await night.proposed()).map(({ name }) => name);
  const [dead] = [...(await night.records<{ executionArn: string }>('RUN'))].map(({ executionArn }) => executionArn);
  await stop(dead!);
  const next = await night.startNight(1);
  await night.untilMail();
  const again = await night.records<{ functionName: string; runId: string }>('PROPOSAL#');
  const tonight = again.filter(({ runId }) => runId === 'scheduled-2026-11-03').map(({ functionName }) => functionName);
  expect(tonight).toEqual(expect.arrayContaining(proposed));
  await night.end(next);
});

it('goes on after a task was killed, as if it had not been', async () => {
  const undisturbed = await night.report(await night.start({ dryRun: true }));
  const killed = new Set<string>();
  night.deployment.handlers.beforeInvocation = (task) => {
    if (killed.has(task)) return;
    killed.add(task);
    throw failure('Runtime.ExitError', 'RequestId: 1 Error: Runtime exited with error: signal: killed');
  };
  const report = await night.report(await night.start({ dryRun: true }));
  expect(killed).toContain('analyze');
  expect(killed).toContain('prepare-approvals');
  expect(report.counts).toEqual(undisturbed.counts);
});
