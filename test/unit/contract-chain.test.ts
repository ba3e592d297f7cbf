import * as v from 'valibot';
import { parseEstimateSavingsInput } from '../../shared/contracts/assessment.ts';
import {
  parseChangeTaskInput,
  parseFailRunInput,
  parsePrepareApprovalsInput,
  parseRecordOutcomeInput,
  parseRequestApprovalInput,
  parseSummarizeRunInput,
  runSummarySchema,
} from '../../shared/contracts/change.ts';
import {
  parseAnalyzeInput,
  parseCollectMemoryEvidenceInput,
  parseCollectMetricsInput,
} from '../../shared/contracts/evidence.ts';
import { discoverFunctionsOutputSchema, parseManifest } from '../../shared/contracts/manifest.ts';
import { assessedOutcomeSchema, changedOutcomeSchema } from '../../shared/contracts/outcome.ts';
import { parseRunInput, parseRunTaskInput } from '../../shared/contracts/run.ts';
import { NightWorld, START_MS } from '../support/night-world.ts';
import { oversizedFleet } from '../support/small-fleet.ts';

/**
 * What tasks really hand to each other, recorded in nights in which everything happens, through the parsers of those who
 * get it. A field that a producer writes and a schema does not know would be stripped in silence; here it is found.
 */

interface Exchange {
  event: unknown;
  answer: unknown;
}

type Parse = (event: unknown) => unknown;

/** What each task makes of its event; the same functions that the handlers call. */
const PARSERS: Record<string, Parse> = {
  'start-run': (event) => parseRunInput((event as { input: unknown }).input),
  'list-open-changes': (event) => parseRunTaskInput('event', event),
  'discover-functions': (event) => parseRunTaskInput('event', event),
  'collect-memory-evidence': parseCollectMemoryEvidenceInput,
  'collect-metrics': parseCollectMetricsInput,
  analyze: parseAnalyzeInput,
  'estimate-savings': parseEstimateSavingsInput,
  'prepare-approvals': parsePrepareApprovalsInput,
  'request-approval': parseRequestApprovalInput,
  'expire-proposal': (event) => parseChangeTaskInput('event', event),
  'apply-change': (event) => parseChangeTaskInput('event', event),
  'verify-change': (event) => parseChangeTaskInput('event', event),
  'finish-shift': (event) => parseChangeTaskInput('event', event),
  'roll-back-change': (event) => parseChangeTaskInput('event', event),
  'record-outcome': parseRecordOutcomeInput,
  'summarize-run': parseSummarizeRunInput,
  'fail-run': parseFailRunInput,
};

/** Events of which the task takes only a part, because the state hands on what the one before answered. */
const TAKES_A_PART = ['start-run', 'collect-metrics', 'prepare-approvals', 'summarize-run', 'analyze'];
/** Answers nobody reads. */
const ANSWERS_NOTHING = ['request-approval', 'fail-run'];

const exchanges = new Map<string, Exchange[]>();
const assessed: unknown[] = [];
const changed: unknown[] = [];
const manifests: unknown[] = [];

beforeAll(async () => {
  await recordNights('plain');
  await recordNights('aliasPinned');
});

test.each(Object.keys(PARSERS))('%s was called, and takes what it really gets', (task) => {
  const recorded = exchanges.get(task) ?? [];
  expect(recorded.length).toBeGreaterThan(0);
  for (const { event } of recorded) {
    const parsed = PARSERS[task]!(event);
    if (!TAKES_A_PART.includes(task)) expect(parsed).toEqual(event);
  }
});

test.each(Object.keys(PARSERS).filter((task) => !ANSWERS_NOTHING.includes(task)))(
  '%s says of its answers which version they are',
  (task) => {
    for (const { answer } of exchanges.get(task) ?? []) expect(answer).toMatchObject({ schemaVersion: 1 });
  },
);

test.each(Object.keys(PARSERS).filter((task) => task !== 'start-run'))(
  '%s rejects a run of another version, naming the field',
  (task) => {
    const event = structuredClone(exchanges.get(task)![0]!.event) as Record<
      string,
      { run?: { schemaVersion: number } }
    >;
    const holder = (event['BatchInput'] ?? event) as { run: { schemaVersion: number } };
    holder.run.schemaVersion = 2;
    expect(() => PARSERS[task]!(event)).toThrow(/run\.schemaVersion/);
  },
);

it('loses nothing of a function on its way from the manifest to its price', () => {
  const items = (exchanges.get('collect-metrics') ?? []).flatMap(({ event }) => {
    const { Items } = event as { Items: unknown[] };
    expect(parseCollectMetricsInput(event).Items).toEqual(Items);
    return Items;
  });
  expect(items.length).toBeGreaterThan(0);
  for (const { event } of exchanges.get('analyze') ?? []) {
    const { item, metrics } = parseAnalyzeInput(event);
    expect({ item, metrics }).toEqual({
      item: (event as { item: unknown }).item,
      metrics: (event as { metrics?: unknown }).metrics,
    });
  }
  const priced = (exchanges.get('estimate-savings') ?? []).map(
    ({ event }) => (event as { assessment: unknown }).assessment,
  );
  const analyzed = (exchanges.get('analyze') ?? []).map(({ answer }) => (answer as { assessment: unknown }).assessment);
  expect(priced.length).toBeGreaterThan(0);
  for (const each of priced) expect(analyzed).toContainEqual(each);
});

it('writes manifests that their reader takes whole', () => {
  expect(manifests.length).toBeGreaterThan(0);
  for (const manifest of manifests) expect(parseManifest(manifest)).toEqual(manifest);
});

it('ends the first fan-out in shapes that the second and the report take whole, failures among them', () => {
  const parsed = v.parse(v.array(assessedOutcomeSchema), assessed);
  expect(parsed).toEqual(assessed);
  const kinds = new Set(parsed.map(({ kind }) => kind));
  expect(kinds).toEqual(
    new Set(
      ['Proposable', 'NotWorthProposing', 'LeftOut', 'Optimized', 'Failed', 'Excluded'].filter((kind) =>
        kinds.has(kind as never),
      ),
    ),
  );
  expect([...kinds]).toEqual(expect.arrayContaining(['Proposable', 'Failed']));
  expect(parsed.filter(({ failure }) => failure).map(({ failure }) => failure?.stage)).toEqual(
    expect.arrayContaining(['CollectMetrics', 'Analyze', 'EstimateSavings']),
  );
  expect(parsed.some(({ assessment }) => assessment?.target?.kind === 'alias')).toBe(true);
});

it('ends the second fan-out in shapes that the report takes whole, failures among them', () => {
  const parsed = v.parse(v.array(changedOutcomeSchema), changed);
  expect(parsed).toEqual(changed);
  const kinds = parsed.map(({ kind }) => kind);
  expect(kinds).toEqual(
    expect.arrayContaining(['Verified', 'Rejected', 'Expired', 'RolledBack', 'Watching', 'Failed']),
  );
  const stages = parsed.flatMap(({ failure }) => failure?.stage ?? []);
  expect(stages).toEqual(expect.arrayContaining(['ApplyChange', 'RecordOutcome']));
});

it('ends a night in a summary of the documented shape', () => {
  for (const { answer } of exchanges.get('summarize-run') ?? [])
    expect(v.parse(runSummarySchema, answer)).toEqual(answer);
  for (const { answer } of exchanges.get('discover-functions') ?? [])
    expect(v.parse(discoverFunctionsOutputSchema, answer)).toEqual(answer);
});

/** Nights over a small account in which one thing of each kind goes wrong. */
async function recordNights(kind: 'plain' | 'aliasPinned'): Promise<void> {
  const night = await NightWorld.create({ fleet: oversizedFleet({ functions: 24, startMs: START_MS, kind }) });
  night.deployment.handlers.afterInvocation = (task, event, answer) => {
    exchanges.set(task, [...(exchanges.get(task) ?? []), { event, answer }]);
  };
  try {
    await firstNight(night);
    await laterNights(night);
  } finally {
    night.dispose();
  }
}

async function firstNight(night: NightWorld): Promise<void> {
  failOnce(night, 'analyze');
  failOnce(night, 'estimate-savings');
  const execution = await night.start();
  await night.untilMail();
  const [regressing, failing, unrecorded, rejected, ...others] = await night.proposed();
  const [expiring, ...fine] = others;
  if (expiring === undefined || fine.length === 0) throw new Error('too few proposals for everything to happen');
  const approved = [regressing!, failing!, unrecorded!, ...fine].map(({ name }) => name);
  night.fleet.regress(regressing!, night.clock.now() + 60_000, 5);
  failOnce(night, 'apply-change', failing!.name);
  failOnce(night, 'record-outcome', unrecorded!.name);
  await night.decide({ decision: 'rejected', functionNames: [rejected!.name] });
  await night.decide({ decision: 'approved', functionNames: approved });
  keep(night, await night.report(execution));
}

async function laterNights(night: NightWorld): Promise<void> {
  keep(night, await night.report(await night.startNight(1)));
  night.deployment.handlers.beforeInvocation = (task) => {
    if (task === 'collect-metrics') throw new TypeError('simulated outage');
  };
  keep(night, await night.report(await night.startNight(2)));
  night.deployment.handlers.beforeInvocation = (task) => {
    if (task === 'prepare-approvals') throw new TypeError('simulated outage');
  };
  await night.end(await night.startNight(3));
}

function keep(night: NightWorld, report: Awaited<ReturnType<NightWorld['report']>>): void {
  assessed.push(...report.assessed);
  changed.push(...report.changed, ...report.settled);
  const { s3 } = night.account;
  const { bucketName } = night.deployment;
  const keys = s3
    .keys(bucketName, 'runs/')
    .filter((key) => key.endsWith('/manifest.json') && key.split('/').length === 3);
  manifests.push(...keys.map((key) => JSON.parse(s3.read(bucketName, key)) as unknown));
}

/** The next invocation of a task (for a function) ends in a bug; the hooks add up. */
function failOnce({ deployment: { handlers } }: NightWorld, task: string, functionName?: string): void {
  const former = handlers.beforeInvocation;
  let failed = false;
  handlers.beforeInvocation = (called, event) => {
    former?.(called, event);
    const isMeant = functionName === undefined || (event as { functionName?: string }).functionName === functionName;
    if (failed || called !== task || !isMeant) return;
    failed = true;
    throw new TypeError(`simulated bug in ${task}`);
  };
}
