import type { AlarmMetrics, TimeSpan } from '../../../shared/clients/alarm-evidence/alarm-metrics.ts';
import type { FunctionSubjects } from '../../../shared/clients/alarm-evidence/function-subjects.ts';
import type { RecentMemory } from '../../../shared/clients/alarm-evidence/recent-memory.ts';
import type { Concurrency } from '../../../shared/clients/concurrency/concurrency.ts';
import type { FunctionCallerCatalog } from '../../../shared/clients/lambda/function-callers.ts';
import type { ChangeLedger, FunctionLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { ChangeRecord } from '../../../shared/contracts/ledger.ts';
import { type CallerLimit, callerLimit } from '../../../shared/domain/night/eligibility/caller-limit.ts';
import type { FunctionEvidence, RecentMetrics } from '../../../shared/domain/remediation/evidence.ts';

export interface EvidenceDependencies {
  ledger: Pick<FunctionLedger & ChangeLedger, 'getFunctions' | 'listChanges'>;
  subjects: FunctionSubjects;
  callers: FunctionCallerCatalog;
  concurrency: Pick<Concurrency, 'readAccount'>;
  metrics: AlarmMetrics;
  memory: RecentMemory;
  now(): number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Share of the timeout from which a longer one may be called for. */
const NEAR_TIMEOUT_SHARE = 0.5;
const NO_METRICS: RecentMetrics = { invocations: 0, errors: 0, throttles: 0 };

/** Everything the diagnosis of a function looks at. */
export async function readFunctionEvidence(
  functionName: string,
  span: TimeSpan,
  dependencies: EvidenceDependencies,
): Promise<FunctionEvidence> {
  const { ledger, subjects, concurrency, metrics, memory } = dependencies;
  const [subject, records, changes, account] = await Promise.all([
    subjects.read(functionName),
    ledger.getFunctions([functionName]),
    ledger.listChanges(functionName),
    concurrency.readAccount(),
  ]);
  const lastChange = latest(changes);
  const common = { functionName, record: records.get(functionName), lastChange, account };
  if (subject === undefined) return { ...common, functionArn: '', live: undefined, recent: NO_METRICS };
  const { live, functionArn, untouchable, pinned, provisioned, logGroupName, logFormat } = subject;
  const source = { functionName, logGroupName, logFormat, memorySizeMb: live.memorySizeMb };
  const own = sinceOurLastWrite(span, records.get(functionName)?.lastWritten?.at);
  const recent = own === undefined ? NO_METRICS : await metrics.readFunction(functionName, own);
  return {
    ...common,
    functionArn,
    live,
    untouchable,
    pinned,
    provisioned,
    recent,
    callerLimit: await readCallerLimit(functionName, live.timeoutSeconds, recent, dependencies),
    // Only failing invocations are worth the scan: a killed one shows as an error.
    maxMemoryUsedMb: own && recent.errors > 0 ? await memory.read(source, own) : undefined,
    beforeOurChange: await readBefore(functionName, lastChange, span, metrics),
  };
}

async function readCallerLimit(
  functionName: string,
  timeoutSeconds: number,
  { maxDurationMs = 0 }: RecentMetrics,
  { callers }: EvidenceDependencies,
): Promise<CallerLimit | undefined> {
  if (maxDurationMs < NEAR_TIMEOUT_SHARE * 1_000 * timeoutSeconds) return undefined;
  return callerLimit(await callers.readCallers(functionName), timeoutSeconds);
}

/**
 * What lies before our last write was another configuration's trouble, and an alarm that fires again because of it is
 * no news; undefined while no whole minute has passed since.
 */
function sinceOurLastWrite(span: TimeSpan, writtenAt: string | undefined): TimeSpan | undefined {
  const settledMs = Math.ceil((Date.parse(writtenAt ?? '') || 0) / MINUTE_MS) * MINUTE_MS;
  const fromMs = Math.max(span.fromMs, settledMs);
  return fromMs < span.toMs ? { fromMs, toMs: span.toMs } : undefined;
}

/** The same stretch of the last day that lies wholly before the change. */
async function readBefore(
  functionName: string,
  change: ChangeRecord | undefined,
  span: TimeSpan,
  metrics: AlarmMetrics,
): Promise<RecentMetrics | undefined> {
  if (change?.appliedAt === undefined) return undefined;
  const days = Math.ceil((span.toMs - Date.parse(change.appliedAt)) / DAY_MS);
  const shiftMs = Math.max(1, days) * DAY_MS;
  const before = await metrics.readFunction(functionName, { fromMs: span.fromMs - shiftMs, toMs: span.toMs - shiftMs });
  return before.invocations === 0 ? undefined : before;
}

function latest(changes: readonly ChangeRecord[]): ChangeRecord | undefined {
  return changes
    .filter((each) => each.appliedAt !== undefined)
    .sort((a, b) => (a.appliedAt ?? '').localeCompare(b.appliedAt ?? ''))
    .at(-1);
}
