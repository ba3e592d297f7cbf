import type { ResultWriterProgram } from '../definition/program.ts';
import { ErrorName, StateError } from '../errors.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { evaluateTemplate } from '../query/template.ts';
import type { Execution } from '../run/execution.ts';
import type { Visit } from '../run/visit.ts';
import { describePending, resultsOf } from './child-result.ts';
import type { MapRun } from './map-run.ts';

interface Destination {
  readonly bucket: string;
  /** Ends with a slash. */
  readonly folder: string;
}

function failed(cause: string): StateError {
  return new StateError(ErrorName.resultWriterFailed, cause);
}

async function destinationOf(visit: Visit, writer: ResultWriterProgram, mapRun: MapRun): Promise<Destination> {
  const place = writer.destination && (await evaluateTemplate(writer.destination, visit.view()));
  const { Bucket: bucket, Prefix: prefix } = isObject(place) ? place : {};
  if (typeof bucket !== 'string') throw failed('ResultWriter needs a Bucket.');
  const start = typeof prefix === 'string' && prefix !== '' ? `${prefix.replace(/\/$/, '')}/` : '';
  return { bucket, folder: `${start}${mapRun.id}/` };
}

function format(results: readonly JsonValue[], outputType: ResultWriterProgram['outputType']): string {
  return outputType === 'JSON'
    ? JSON.stringify(results)
    : results.map((result) => `${JSON.stringify(result)}\n`).join('');
}

/** Writes one result file; none for no results. Returns what the manifest says of it. */
async function writeFile(
  visit: Visit,
  destination: Destination,
  file: { readonly name: string; readonly body: string; readonly count: number },
): Promise<JsonObject[]> {
  if (file.count === 0) return [];
  const key = `${destination.folder}${file.name}`;
  await put(visit, destination.bucket, key, file.body);
  return [{ Key: key, Size: Buffer.byteLength(file.body) }];
}

async function put(visit: Visit, bucket: string, key: string, body: string): Promise<void> {
  try {
    await visit.services.clock.run(() => visit.services.objects.put(bucket, key, body, visit.execution.arn));
  } catch (error) {
    throw failed(`Could not write s3://${bucket}/${key}: ${(error as Error).message}`);
  }
}

function startedChildren(mapRun: MapRun, succeeded: boolean): Execution[] {
  return mapRun.children.flatMap(({ execution }) =>
    execution && (execution.status === 'SUCCEEDED') === succeeded ? [execution] : [],
  );
}

/**
 * Exports a Map Run: SUCCEEDED_0, FAILED_0 (failed, timed out, aborted) and PENDING_0 (never started) where there is
 * something to write, and manifest.json. Returns the state's result, which points at the manifest.
 */
export async function writeResults(visit: Visit, writer: ResultWriterProgram, mapRun: MapRun): Promise<JsonObject> {
  const destination = await destinationOf(visit, writer, mapRun);
  const pending = mapRun.children.filter((child) => child.execution === undefined);
  const write = (name: string, results: readonly JsonValue[]) =>
    writeFile(visit, destination, {
      name: `${name}_0.json`,
      body: format(results, writer.outputType),
      count: results.length,
    });
  const manifest = {
    DestinationBucket: destination.bucket,
    MapRunArn: mapRun.arn,
    ResultFiles: {
      FAILED: await write('FAILED', resultsOf(startedChildren(mapRun, false), 'NONE')),
      PENDING: await write(
        'PENDING',
        pending.map((child) => describePending(mapRun, child)),
      ),
      SUCCEEDED: await write('SUCCEEDED', resultsOf(startedChildren(mapRun, true), writer.transformation)),
    },
  };
  const key = `${destination.folder}manifest.json`;
  await put(visit, destination.bucket, key, JSON.stringify(manifest));
  return { MapRunArn: mapRun.arn, ResultWriterDetails: { Bucket: destination.bucket, Key: key } };
}
