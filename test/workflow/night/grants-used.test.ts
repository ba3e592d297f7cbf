import { failNewVersion } from '../../support/fail-new-version.ts';
import { withoutUse } from '../../support/grants-without-use.ts';
import { failure, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';
import { GrantWatch } from '../../support/unused-grants.ts';

/** Every grant of the night's roles is needed by what happens here, or has its reason in test/support/grants-without-use.ts. */
const watch = new GrantWatch();
/** So many that at least two of a kind are worth a question. */
const fleet = (kind: 'plain' | 'aliasPinned') => oversizedFleet({ functions: 24, startMs: START_MS, kind });

beforeAll(async () => {
  await aliasLedBack();
  await changesOfEveryEnd();
  await operated();
});

/** An alias gets a share of a new version that does worse, and is led back. */
async function aliasLedBack(): Promise<void> {
  const night = await NightWorld.create({ fleet: fleet('aliasPinned') });
  const execution = await night.start();
  await night.untilMail();
  const [pinned, ...others] = await night.proposed();
  await night.decide({ decision: 'approved' });
  await night.until(() => night.invocations('apply-change') > others.length);
  failNewVersion(night.fleet, pinned!.name);
  await night.report(execution);
  await night.report(await night.startNight(1));
  night.dispose();
}

/** One is approved and gets worse, one rejected, one waited for by a queue, the rest expire, its report is read; then a night that fails. */
async function changesOfEveryEnd(): Promise<void> {
  const night = await NightWorld.create({ fleet: fleet('plain') });
  night.account.sqs.addQueue('jobs', 120);
  for (const { name } of night.fleet.functions)
    night.account.lambda.eventSourceMappings.push({
      UUID: '00000000-0000-4000-8000-000000000001',
      EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:jobs',
      FunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
      State: 'Enabled',
    });
  const execution = await night.start();
  await night.untilMail();
  const [worse, rejected] = await night.proposed();
  await night.decide({ decision: 'approved', functionNames: [worse!.name] });
  await night.decide({ decision: 'rejected', functionNames: [rejected!.name] });
  // A second delivery of the same night asks whether the first still runs.
  await night.end(await night.start());
  night.fleet.regress(worse!.name, night.clock.now() + 600_000, 4);
  await night.report(execution);
  await night.page('/report');
  night.account.faults.add({
    service: 'Lambda',
    operation: 'ListFunctions',
    error: () => failure('ServiceException', 'down'),
  });
  await night.end(await night.startNight(1));
  night.dispose();
}

/** Somebody starts each workflow over the operator API, twice with the same key. */
async function operated(): Promise<void> {
  const night = await NightWorld.create({ fleet: fleet('plain') });
  const bodies = {
    '/alarms': { action: 'plan' },
    '/auto-scaling': { action: 'plan' },
    '/cold-start': { action: 'plan' },
    '/optimizer': { action: 'optimizeAll', dryRun: true },
  };
  for (const [path, body] of Object.entries(bodies)) {
    const event = { routeKey: `POST ${path}`, headers: { 'idempotency-key': 'once' }, body: JSON.stringify(body) };
    const send = async () => {
      const answer = await night.clock.complete(() => night.deployment.invoke('operate', event));
      return JSON.parse((answer as { body: string }).body) as { executionArn: string };
    };
    const { executionArn } = await send();
    // Once it is over, Step Functions refuses the name, and the API asks for the execution that had it.
    await night.end(executionArn);
    expect(await send()).toMatchObject({ executionArn });
  }
  night.dispose();
}

it('grants the night nothing that no night needs, unless a reason is written down', () => {
  const { unexplained, superfluous } = withoutUse(
    watch.unused(/^(Tasks|Night|Scheduler|AccountConfigurationTasksOperate)/),
  );
  expect(unexplained).toEqual([]);
  expect(superfluous).toEqual([]);
});

it('looks at every role of the stack in one of the three files of this name', () => {
  const roles = Object.keys(watch.unused(/./));
  expect(roles.length).toBeGreaterThan(30);
  expect(roles.filter((role) => !/^(Tasks|Night|Scheduler|FunctionAlarms|AccountConfiguration)/.test(role))).toEqual(
    [],
  );
});
