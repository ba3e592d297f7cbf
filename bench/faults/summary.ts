import { FAULT_KINDS, type FaultKind } from './fault-kinds.ts';
import type { SeedResult } from './run-seed.ts';

/** An operation counts as covered from so many kinds of faults on. */
const KINDS_TO_COVER = 3;

/** What `--json` prints. */
export interface FaultSummary {
  readonly runs: number;
  readonly faultsInjected: Record<FaultKind, number>;
  /** Operations of AWS hit by at least three kinds of faults, of all that the product's tasks can call. */
  readonly operationsCovered: number;
  readonly operationsTotal: number;
  /** Different places between two calls of a task at which one was killed. */
  readonly crashPoints: number;
  readonly violations: { readonly seed: number; readonly what: string }[];
}

export function summarize(results: readonly SeedResult[], operations: readonly string[]): FaultSummary {
  const injected = (kind: FaultKind) => results.reduce((sum, { faults }) => sum + (faults[kind] ?? 0), 0);
  return {
    runs: results.length,
    // Every kind is there, also one that never struck.
    faultsInjected: Object.fromEntries(FAULT_KINDS.map((kind) => [kind, injected(kind)])) as Record<FaultKind, number>,
    operationsCovered: operations.length - uncovered(results, operations).length,
    operationsTotal: operations.length,
    crashPoints: new Set(results.flatMap(({ crashPoints }) => crashPoints)).size,
    violations: results.flatMap(({ seed, violations }) => violations.map((what) => ({ seed, what }))),
  };
}

/** Operations that too few kinds of faults have hit, each with those that did. */
export function uncovered(results: readonly SeedResult[], operations: readonly string[]): string[] {
  return operations.flatMap((operation) => {
    const kinds = new Set(results.flatMap((each) => each.operations[operation] ?? []));
    return kinds.size >= KINDS_TO_COVER ? [] : [`${operation} (${[...kinds].join(', ') || 'none'})`];
  });
}
