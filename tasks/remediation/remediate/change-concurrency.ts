import type { RemediationAction } from '../../../shared/contracts/remediation.ts';
import { done, type Performed, type RemediateDependencies, refused } from './dependencies.ts';

type Reserved = Extract<RemediationAction, { kind: 'RaiseReservedConcurrency' }>;
type Provisioned = Extract<RemediationAction, { kind: 'RaiseProvisionedConcurrency' }>;

/** Lambda itself refuses what would leave less than the floor unreserved, should others have taken it meanwhile. */
export async function raiseReserved(
  { functionName, before, after }: Reserved,
  { concurrency }: RemediateDependencies,
): Promise<Performed> {
  const live = await concurrency.readReserved(functionName);
  if (live !== after) {
    if (live !== before) return refused(drift(functionName, live, before));
    const result = await concurrency.writeReserved(functionName, after);
    if (!result.written) return refused(result.reason);
  }
  return done(`${functionName} now has ${after} reserved executions, it had ${before}`);
}

export async function raiseProvisioned(
  { functionName, qualifier, before, after }: Provisioned,
  { concurrency }: RemediateDependencies,
): Promise<Performed> {
  const live = await concurrency.readProvisioned(functionName, qualifier);
  if (live !== after) {
    if (live !== before) return refused(drift(`${functionName}:${qualifier}`, live, before));
    const result = await concurrency.writeProvisioned(functionName, qualifier, after);
    if (!result.written) return refused(result.reason);
  }
  return done(`${functionName}:${qualifier} now has ${after} provisioned environments, it had ${before}`);
}

const drift = (name: string, live: number | undefined, expected: number): string =>
  `somebody changed ${name} since: it has ${live ?? 'none'}, ${expected} were expected`;
