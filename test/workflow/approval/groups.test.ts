import { nightCli } from '../../support/night-cli.ts';
import { NightWorld, START_MS } from '../../support/night-world.ts';
import { handlersOfOneBundle } from '../../support/small-fleet.ts';

/** Five handlers of one bundle are one question, and five decisions, changes and verdicts. */

const QUEUES = ['a', 'b', 'c', 'd', 'e'];
const HANDLERS = QUEUES.map((queue) => `queues-prod-${queue}`);

interface Proposal {
  functionName: string;
  runId: string;
  status: string;
  decision?: { by: { kind: string; name: string } };
  assessment: { recommended: { memorySizeMb: number } };
}

let night: NightWorld;
let execution: string;

beforeEach(async () => {
  night = await NightWorld.create({ fleet: handlersOfOneBundle(QUEUES, START_MS) });
  execution = await night.start();
  await night.untilMail();
});

afterEach(() => night.dispose());

const proposals = async () =>
  new Map((await night.records<Proposal>('PROPOSAL#')).map((each) => [each.functionName, each]));

it('asks once, and applies what is approved of it though one function is left out and another rejected', async () => {
  const before = night.sizes();
  const { message } = night.account.sns.inbox.at(-1)!;
  expect(message.replace(/\s+/g, ' ')).toContain(
    '5 changes for the night of 2 November 2026; 5 of them are alike, and asked about in 1 group.',
  );
  expect(message).toContain('5 functions of stack queues-prod ');
  const page = await night.page();
  expect(page).toContain('5 proposals in 1 row');
  for (const name of HANDLERS) expect(page).toContain(`name="functionName" value="${name}"`);

  const [a, b, c, d, e] = HANDLERS as [string, string, string, string, string];
  await night.decide({ decision: 'approved', functionNames: [a, b, d], name: 'Ada' });
  await night.decide({ decision: 'rejected', functionNames: [e], name: 'Grace' });
  const asked = await proposals();
  expect(HANDLERS.map((name) => asked.get(name)!.status)).toEqual([
    ...['approved', 'approved', 'pending', 'approved', 'rejected'],
  ]);
  for (const name of [a, b, d]) expect(asked.get(name)!.decision!.by).toEqual({ kind: 'link-holder', name: 'Ada' });

  const report = await night.report(execution);
  expect(HANDLERS.map((name) => night.outcome(report, name)!.kind)).toEqual([
    ...['Verified', 'Verified', 'Expired', 'Verified', 'Rejected'],
  ]);
  for (const name of HANDLERS) {
    const is = night.sizes().get(name)!.memorySizeMb;
    const isChanged = is === asked.get(name)!.assessment.recommended.memorySizeMb;
    const isKept = is === before.get(name)!.memorySizeMb;
    expect([name, isChanged, isKept]).toEqual([name, [a, b, d].includes(name), [c, e].includes(name)]);
  }
  expect(await night.violations(before, report)).toEqual([]);
});

it('is decided from a terminal by the name of any of its functions, but for what was decided before', async () => {
  const { runId } = (await proposals()).get(HANDLERS[0]!)!;
  expect(await nightCli(night, 'pending', '--run', runId)).toContain('$2,208');
  await nightCli(night, 'reject', '--run', runId, HANDLERS[2]!);
  expect(await nightCli(night, 'approve', '--run', runId, '--group', HANDLERS[4]!)).toContain('4 changes approved.');
  const report = await night.report(execution);
  expect(report.counts).toMatchObject({ proposed: 5, approved: 4, rejected: 1, verified: 4 });
});
