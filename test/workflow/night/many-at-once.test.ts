import { doubleEverything } from '../../support/canned-assessment.ts';
import { NightWorld, START_MS } from '../../support/night-world.ts';
import { plainFleet } from '../../support/small-fleet.ts';

/** As many proposals as one email may carry. Their assessment is canned; everything after it is real. */

const WAITING = 1_000;
const APPROVED = 500;
/** Three quarters of fifteen calls a second are the night's where all of them are ours. */
const TURN_MS = 89;

/** Tens of thousands of calls of the table take a quarter of a minute, many times that beside other suites. */
const BUSY_MACHINE_MS = 400_000;

let night: NightWorld;

afterEach(() => night.dispose());

async function world(functions: number): Promise<string> {
  const configuration = { controlPlaneShare: 1, policy: { maximumProposals: WAITING } };
  night = await NightWorld.create({ fleet: plainFleet(functions, START_MS), configuration });
  doubleEverything(night);
  const execution = await night.start();
  await night.untilMail();
  await night.until(() => night.invocations('request-approval') === functions);
  return execution;
}

test(
  'a thousand children wait for people at once',
  async () => {
    await world(WAITING);
    expect(await night.records('TOKEN#')).toHaveLength(WAITING);
    expect(night.invocations('apply-change')).toBe(0);
  },
  BUSY_MACHINE_MS,
);

test(
  '500 approvals in one click are all applied, each in its turn',
  async () => {
    await world(APPROVED);
    const writtenAtMs: number[] = [];
    night.account.faults.add({
      service: 'Lambda',
      operation: 'UpdateFunctionConfiguration',
      when: () => {
        writtenAtMs.push(night.clock.now());
        return false;
      },
    });
    const before = night.sizes();
    const decidedAtMs = night.clock.now();
    await night.decide({ decision: 'approved' });
    let applied = 0;
    night.deployment.handlers.afterInvocation = (task, _, answer) => {
      if (task === 'apply-change' && (answer as { applied: boolean }).applied) applied += 1;
    };
    await night.until(() => applied === APPROVED);
    expect(night.clock.now() - decidedAtMs).toBeLessThan(2 * 60_000);
    expect(writtenAtMs).toHaveLength(APPROVED);
    const gapsMs = writtenAtMs.slice(1).map((atMs, at) => atMs - writtenAtMs[at]!);
    expect(new Set(gapsMs)).toEqual(new Set([TURN_MS]));
    expect(night.invocations('apply-change')).toBe(APPROVED);
    const changes = await night.records<{ functionName: string; status: string }>('CHANGE#');
    expect(changes.map(({ status }) => status)).toEqual(Array.from({ length: APPROVED }, () => 'applied'));
    for (const { functionName } of changes) {
      expect(night.sizes().get(functionName)?.memorySizeMb).toBe(2 * before.get(functionName)!.memorySizeMb);
    }
  },
  BUSY_MACHINE_MS,
);
