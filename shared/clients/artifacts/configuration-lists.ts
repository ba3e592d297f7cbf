import * as v from 'valibot';
import { CONFIGURATION_PREFIX } from '../../constants.ts';
import { parseContract } from '../../contracts/parse.ts';
import { record } from '../../contracts/typed-values.ts';
import { createArtifacts } from './artifacts.ts';

/** Objects of one execution of a configuration workflow. */
export interface ConfigurationLists {
  /** Writes a round's lists, whole; answers where, or why not: they are for reading only, and no reason to fail. */
  writeRound(holder: string, round: number, lists: object): Promise<string>;
  /** What rounds before found out, by function name. */
  readFound(holder: string): Promise<ReadonlyMap<string, string>>;
  writeFound(holder: string, found: ReadonlyMap<string, string>): Promise<void>;
}

const foundSchema = record(v.string(), v.string());

export function createConfigurationLists(bucket: string): ConfigurationLists {
  const artifacts = createArtifacts(bucket);
  const foundKey = (holder: string) => `${folderOf(holder)}/found.json`;
  return {
    writeRound: async (holder, round, lists) => {
      try {
        await artifacts.writeJson(`${folderOf(holder)}/round-${String(round).padStart(4, '0')}.json`, lists);
        return `s3://${bucket}/${folderOf(holder)}/`;
      } catch (error) {
        return `not written: ${error instanceof Error ? error.message : error}`;
      }
    },
    readFound: async (holder) => {
      const found = await artifacts.readJson(foundKey(holder), (value) => parseContract('found', foundSchema, value));
      return new Map(Object.entries(found));
    },
    writeFound: (holder, found) => artifacts.writeJson(foundKey(holder), Object.fromEntries(found)),
  };
}

/** `arn:…:execution:<machine>:<name>` is kept under both of its names. */
function folderOf(holder: string): string {
  const [machine, name] = holder.split(':').slice(-2);
  return [CONFIGURATION_PREFIX, machine, name].filter(Boolean).join('/');
}
