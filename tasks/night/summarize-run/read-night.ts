import * as v from 'valibot';
import type { Artifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import { type MapResults, readMapResults } from '../../../shared/clients/artifacts/map-results.ts';
import type { SummarizeRunInput } from '../../../shared/contracts/change.ts';
import { EXCLUSION_REASONS } from '../../../shared/contracts/manifest.ts';
import { assessedOutcomeSchema, type ChangedOutcome, changedOutcomeSchema } from '../../../shared/contracts/outcome.ts';
import { parseContract } from '../../../shared/contracts/parse.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import type { NightResults } from '../../../shared/domain/night/summary/summarize.ts';

const exclusionsSchema = v.array(
  v.object({
    functionName: v.string(),
    functionArn: v.string(),
    reason: v.picklist(EXCLUSION_REASONS),
    message: v.string(),
  }),
);
const childInputSchema = v.object({ runId: v.string(), functionName: v.string(), functionArn: v.string() });

/** Reads everything the night's states left in the run bucket. */
export async function readNight(input: SummarizeRunInput, artifacts: Artifacts): Promise<NightResults> {
  const [excluded, assessed, settled, changed] = await Promise.all([
    artifacts.readJson(input.discovered.exclusionsKey, (value) => parseContract('exclusions', exclusionsSchema, value)),
    artifacts.readJson(input.prepared.outcomesKey, (value) =>
      parseContract('outcomes', v.array(assessedOutcomeSchema), value),
    ),
    readChanges(input.settled?.ResultWriterDetails.Key, artifacts),
    readChanges(input.changed?.ResultWriterDetails.Key, artifacts),
  ]);
  return { excluded, assessed, settled, changed };
}

async function readChanges(manifestKey: string | undefined, artifacts: Artifacts): Promise<ChangedOutcome[]> {
  if (manifestKey === undefined) return [];
  const { succeeded, failed } = await readMapResults(artifacts, manifestKey);
  const ended = parseContract('change outcomes', v.array(changedOutcomeSchema), succeeded);
  return [...ended, ...failed.map(lostChange)];
}

/** A child that ended without an outcome (it was stopped, or its last state could not run) still counts. */
function lostChange({ input, error, cause }: MapResults['failed'][number]): ChangedOutcome {
  const { runId, functionName, functionArn } = parseContract('input of a failed child', childInputSchema, input);
  return {
    schemaVersion: SCHEMA_VERSION,
    functionName,
    functionArn,
    runId,
    kind: 'Failed',
    reason: `the workflow of this change ended in ${error}`,
    failure: { stage: 'ChangeEachFunction', name: error, message: cause },
  };
}
