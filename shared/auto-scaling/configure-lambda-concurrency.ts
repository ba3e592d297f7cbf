import { createMetricReader } from '../clients/cloudwatch/function-metrics.ts';
import { createConcurrency } from '../clients/concurrency/concurrency.ts';
import { clock } from '../clock.ts';
import { DEFAULT_AUTO_SCALING } from '../contracts/auto-scaling.ts';
import { INCOMPLETE_METRICS, lookbackToNow, maximumOf } from './lookback.ts';

export interface LambdaConcurrencyInput {
  functionName: string;
  /** @default 'standard' */
  functionClass?: 'critical' | 'standard';
  /** Overrides the class's figure; a whole number of at least 1, since 0 would switch the function off. */
  reservedConcurrency?: number;
  /** Only says what would be done. @default false */
  dryRun?: boolean;
}

export type ConcurrencyOutcome =
  | { outcome: 'created' | 'updated' | 'unchanged'; reservedConcurrency: number; reason: string; before?: number }
  | { outcome: 'skipped'; reason: string; before?: number };

/**
 * Reserves executions for a function: 100 for a critical one, 50 for a standard one, never fewer than were seen to run
 * at once in the last 14 days, and never so many that the account's other functions keep fewer than 100.
 *
 * @throws RangeError for a class or a number that cannot be
 */
export async function configureLambdaConcurrency(input: LambdaConcurrencyInput): Promise<ConcurrencyOutcome> {
  const { functionName, functionClass = 'standard', dryRun = false } = input;
  rejectUnreservable(functionClass, input.reservedConcurrency);
  const concurrency = createConcurrency();
  const [before, account, seen] = await Promise.all([
    concurrency.readReserved(functionName),
    concurrency.readAccount(),
    readSeries(functionName),
  ]);
  const stood = before === undefined ? {} : { before };
  if (before === 0)
    return { outcome: 'skipped', reason: 'reserved concurrency is 0: its owner switched it off', ...stood };
  if (seen === undefined) return { outcome: 'skipped', reason: INCOMPLETE_METRICS, ...stood };
  const observed = maximumOf(seen.maxConcurrentExecutions);
  const { criticalConcurrency, standardConcurrency, minimumUnreserved } = DEFAULT_AUTO_SCALING;
  const ofClass = functionClass === 'critical' ? criticalConcurrency : standardConcurrency;
  const reservedConcurrency = Math.max(input.reservedConcurrency ?? ofClass, observed ?? 0);
  const reason = `${input.reservedConcurrency === undefined ? `class ${functionClass}` : 'as asked'}, most seen at once ${observed ?? 'unknown'}`;
  if (reservedConcurrency === before) return { outcome: 'unchanged', reservedConcurrency, reason, ...stood };
  const left = account.unreserved + (before ?? 0) - reservedConcurrency;
  if (left < minimumUnreserved) {
    const refusal = `${reservedConcurrency} reserved would leave the account ${left} unreserved executions, at least ${minimumUnreserved} must stay`;
    return { outcome: 'skipped', reason: refusal, ...stood };
  }
  const answer = dryRun
    ? { written: true as const }
    : await concurrency.writeReserved(functionName, reservedConcurrency);
  if (!answer.written) return { outcome: 'skipped', reason: answer.reason, ...stood };
  return { outcome: before === undefined ? 'created' : 'updated', reservedConcurrency, reason, ...stood };
}

/** Undefined where CloudWatch gave only a part of it. */
async function readSeries(functionName: string) {
  const window = lookbackToNow(clock.now(), DEFAULT_AUTO_SCALING.lookbackDays);
  const [series] = await createMetricReader().readSeries([functionName], window);
  return series;
}

function rejectUnreservable(functionClass: string, asked: number | undefined): void {
  if (functionClass !== 'critical' && functionClass !== 'standard') {
    throw new RangeError(`functionClass must be critical or standard, got ${functionClass}`);
  }
  if (asked !== undefined && !(Number.isInteger(asked) && asked >= 1)) {
    throw new RangeError(`reservedConcurrency must be a whole number of at least 1, got ${asked}`);
  }
}
