import * as v from 'valibot';
import { type AssessedOutcome, assessedOutcomeSchema } from '../../contracts/outcome.ts';
import { SCHEMA_VERSION } from '../../contracts/schema-version.ts';

export interface FunctionName {
  functionName: string;
  functionArn: string;
}

/**
 * One outcome for every function of the manifest, in its order: what the first fan-out answered, or a failure where it
 * answered nothing readable (an Express child that was lost, a batch that timed out). Express runs at least once, so
 * of two outcomes of one function the first counts.
 */
export function collectOutcomes(manifest: readonly FunctionName[], answers: readonly unknown[]): AssessedOutcome[] {
  const byName = new Map<string, AssessedOutcome>();
  for (const answer of answers) {
    const parsed = v.safeParse(assessedOutcomeSchema, answer);
    if (parsed.success && !byName.has(parsed.output.functionName))
      byName.set(parsed.output.functionName, parsed.output);
  }
  return manifest.map((each) => byName.get(each.functionName) ?? lostOutcome(each));
}

function lostOutcome({ functionName, functionArn }: FunctionName): AssessedOutcome {
  const message = 'the assessment of its batch ended without an outcome for this function';
  return {
    schemaVersion: SCHEMA_VERSION,
    functionName,
    functionArn,
    kind: 'Failed',
    reason: message,
    failure: { stage: 'AssessEachFunction', name: 'NoOutcome', message },
  };
}
