import { type NightRecord, parseNightRecord, recordOf } from '../../contracts/night-record.ts';
import { parseNightReport } from '../../contracts/night-report.ts';
import { ArtifactMissingError } from '../../errors.ts';
import { createArtifacts } from './artifacts.ts';
import { listNames } from './list-names.ts';

/** What is remembered of every night, for as long as the bucket exists. */
export interface NightRecords {
  /** All but those known already, in no order; nights of an older deployment, of which there is only a report, too. */
  readAllBut(known: ReadonlySet<string>): Promise<NightRecord[]>;
  write(record: NightRecord): Promise<void>;
}

/** Beside `runs/`, so that the bucket's lifecycle leaves them alone. */
export const NIGHTS_PREFIX = 'nights/';

const keyOf = (runId: string): string => `${NIGHTS_PREFIX}${runId}.json`;

/** A decade of nights is read in seconds, a hundred kilobytes at most each; reports have megabytes. */
const READS_AT_ONCE = 16;
const REPORTS_AT_ONCE = 2;

export function createNightRecords(bucket: string): NightRecords {
  const artifacts = createArtifacts(bucket);
  const read = (key: string) => artifacts.readJson(key, parseNightRecord);
  const readReport = (runId: string) =>
    artifacts.readJson(`runs/${runId}/report.json`, (value) => recordOf(parseNightReport(value)));
  return {
    readAllBut: async (known) => {
      const kept = (await listNames(bucket, NIGHTS_PREFIX)).map((name) => name.replace(/\.json$/, ''));
      const others = without(await listNames(bucket, 'runs/'), new Set(kept));
      return [
        ...(await readEach(without(kept, known), READS_AT_ONCE, (runId) => read(keyOf(runId)))),
        ...(await readEach(without(others, known), REPORTS_AT_ONCE, readReport)),
      ];
    },
    write: (record) => artifacts.writeJson(keyOf(record.runId), record),
  };
}

const without = (runIds: readonly string[], known: ReadonlySet<string>): string[] =>
  runIds.filter((runId) => !known.has(runId));

/** Those that are there: a run that is not over, or failed, has no report. */
export async function readEach<Value>(
  names: readonly string[],
  atOnce: number,
  read: (name: string) => Promise<Value>,
): Promise<Value[]> {
  const waiting = [...names];
  const values: Value[] = [];
  const readOn = async (): Promise<void> => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const value = await unlessMissing(read(name));
      if (value !== undefined) values.push(value);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readOn));
  return values;
}

async function unlessMissing<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ArtifactMissingError) return undefined;
    throw error;
  }
}
