import type { DistributedOptions } from '../definition/program.ts';
import { ErrorName, StateError } from '../errors.ts';
import { evaluateInteger, evaluateNumber } from '../query/template.ts';
import type { Visit } from '../run/visit.ts';

/** How many failed items a Map Run bears. */
export interface Tolerance {
  readonly count: number | undefined;
  readonly percentage: number | undefined;
}

export async function toleranceOf(visit: Visit, options: DistributedOptions): Promise<Tolerance> {
  const view = visit.view();
  const { toleratedFailureCount, toleratedFailurePercentage } = options;
  return {
    count:
      toleratedFailureCount &&
      (await evaluateInteger(toleratedFailureCount, view, { min: 0, max: Number.MAX_SAFE_INTEGER })),
    percentage:
      toleratedFailurePercentage && (await evaluateNumber(toleratedFailurePercentage, view, { min: 0, max: 100 })),
  };
}

/** Without a threshold not one failure is tolerated; with two, exceeding either fails the run. */
export function isExceeded(tolerance: Tolerance, failedItems: number, items: number): boolean {
  const { count, percentage } = tolerance;
  if (count === undefined && percentage === undefined) return failedItems > 0;
  if (count !== undefined && failedItems > count) return true;
  return percentage !== undefined && (failedItems / items) * 100 > percentage;
}

export function thresholdExceeded(): StateError {
  return new StateError(
    ErrorName.exceedToleratedFailureThreshold,
    'The specified tolerated failure threshold was exceeded',
  );
}
