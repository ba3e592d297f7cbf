import * as v from 'valibot';
import { parseContract } from '../../contracts/parse.ts';
import type { Artifacts } from './artifacts.ts';

const resultFile = v.object({ Key: v.string() });
/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
const manifestSchema = v.object({
  ResultFiles: v.object({
    SUCCEEDED: v.optional(v.array(resultFile)),
    FAILED: v.optional(v.array(resultFile)),
    PENDING: v.optional(v.array(resultFile)),
  }),
});
const failedChildSchema = v.object({
  Input: v.optional(v.string()),
  Error: v.optional(v.string()),
  Cause: v.optional(v.string()),
});

export interface MapResults {
  /** Outputs of the children that succeeded, flattened or not as the ResultWriter was told. */
  succeeded: unknown[];
  /** Children that failed or never ran, with the input they had. */
  failed: { input: unknown; error: string; cause: string }[];
}

/** What a Distributed Map's ResultWriter wrote, from its manifest. */
export async function readMapResults(artifacts: Pick<Artifacts, 'readJson'>, manifestKey: string): Promise<MapResults> {
  const { ResultFiles } = await artifacts.readJson(manifestKey, (value) =>
    parseContract('map manifest', manifestSchema, value),
  );
  const succeeded: unknown[] = [];
  for (const { Key } of ResultFiles.SUCCEEDED ?? []) succeeded.push(...(await artifacts.readJson(Key, asArray)));
  const failed: MapResults['failed'] = [];
  for (const { Key } of [...(ResultFiles.FAILED ?? []), ...(ResultFiles.PENDING ?? [])]) {
    failed.push(...(await artifacts.readJson(Key, asArray)).map(asFailedChild));
  }
  return { succeeded, failed };
}

const asArray = (value: unknown): unknown[] => parseContract('map results', v.array(v.unknown()), value);

function asFailedChild(value: unknown): MapResults['failed'][number] {
  const { Input, Error: error, Cause: cause } = parseContract('failed child', failedChildSchema, value);
  return { input: Input === undefined ? undefined : JSON.parse(Input), error: error ?? 'NotRun', cause: cause ?? '' };
}
