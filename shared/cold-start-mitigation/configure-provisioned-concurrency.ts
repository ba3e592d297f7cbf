import { createProvisionedConcurrencies } from '../clients/provisioned-concurrency/provisioned-concurrency.ts';

export interface ProvisionedConcurrencyInput {
  functionName: string;
  /** Alias or version; `$LATEST` cannot have provisioned concurrency. */
  qualifier: string;
  /** Environments to keep ready; 0 takes the configuration away. */
  executions: number;
  /** Only says what would be done. @default false */
  dryRun?: boolean;
}

export interface ProvisionedConcurrencyOutcome {
  outcome: 'created' | 'updated' | 'unchanged' | 'removed' | 'skipped';
  reason: string;
  before?: number;
}

/**
 * Keeps environments of an alias ready, which costs their memory all the time (us-east-1, arm64: about $8.76 a GB and
 * month) and ends its cold starts up to that many at once.
 */
export async function configureProvisionedConcurrency(
  input: ProvisionedConcurrencyInput,
): Promise<ProvisionedConcurrencyOutcome> {
  const { functionName, qualifier, executions, dryRun = false } = input;
  if (qualifier === '$LATEST') throw new RangeError('qualifier must be an alias or a version, got $LATEST');
  if (!Number.isInteger(executions) || executions < 0) {
    throw new RangeError(`executions must be a whole number, 0 or more, got ${executions}`);
  }
  const provisioned = createProvisionedConcurrencies();
  const live = await provisioned.read(functionName, qualifier);
  const stood = live === undefined ? {} : { before: Number(live['executions']) };
  if ((stood.before ?? 0) === executions) return { outcome: 'unchanged', reason: `${executions} already`, ...stood };
  const write =
    executions === 0
      ? () => provisioned.remove(functionName, qualifier)
      : () => provisioned.write(functionName, qualifier, { executions });
  const answer = dryRun ? { written: true as const } : await write();
  if (!answer.written) return { outcome: 'skipped', reason: answer.reason, ...stood };
  const outcome = executions === 0 ? 'removed' : live === undefined ? 'created' : 'updated';
  return { outcome, reason: `${executions} on ${functionName}:${qualifier}`, ...stood };
}
