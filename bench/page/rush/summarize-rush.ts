import { percentile, rounded } from '../../load/statistics.ts';
import type { Answered } from './person.ts';
import type { Rush } from './rush.ts';

export interface RequestFigures {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers of 500 and more: the page was too busy, or took longer than API Gateway waits. */
  readonly refusals: number;
}

export interface RushFigures {
  readonly opening: RequestFigures;
  readonly deciding: RequestFigures;
  readonly seeingTheResult: RequestFigures;
  readonly refusals: number;
  readonly durationSeconds: number;
  readonly proposalsDecided: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Calls that DynamoDB refused and the SDK made again. */
  readonly throttledCalls: number;
}

export function summarizeRush({ answers, durationMs, proposalsDecided, usedUnits, refusedCalls }: Rush): RushFigures {
  const of = (what: Answered['what']) => figuresOf(answers.filter((each) => each.what === what));
  return {
    opening: of('open'),
    deciding: of('decide'),
    seeingTheResult: of('result'),
    refusals: figuresOf(answers).refusals,
    durationSeconds: rounded(durationMs / 1_000),
    proposalsDecided,
    readUnits: Math.round(usedUnits.read),
    writeUnits: Math.round(usedUnits.write),
    throttledCalls: refusedCalls.read + refusedCalls.write,
  };
}

function figuresOf(answers: readonly Answered[]): RequestFigures {
  const times = answers.map(({ ms }) => ms);
  return {
    requests: answers.length,
    p50Ms: Math.round(percentile(times, 0.5)),
    p99Ms: Math.round(percentile(times, 0.99)),
    refusals: answers.filter(({ statusCode }) => statusCode >= 500).length,
  };
}
