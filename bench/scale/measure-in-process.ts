import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ScaleOptions } from './measure-scale.ts';
import type { ScaleMeasurement } from './scale-row.ts';

const SCALE_PROCESS = path.join(import.meta.dirname, 'scale-process.ts');
/** More than `bench:engine` allows: three nights that change a quarter of 10,000 functions keep more than one that changes none. */
const NODE_FLAGS = ['--max-old-space-size=1536', '--max-semi-space-size=24'];
const LONGEST_ANSWER_BYTES = 16 * 2 ** 20;

/**
 * Measures one night in a fresh process, so that its peak memory is its own. Throws when the night broke an invariant:
 * the bill of a wrong night is none.
 */
export async function measureInProcess(options: ScaleOptions): Promise<ScaleMeasurement> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...NODE_FLAGS, SCALE_PROCESS, JSON.stringify(options)],
    { maxBuffer: LONGEST_ANSWER_BYTES },
  );
  const measurement = JSON.parse(stdout) as ScaleMeasurement;
  const { violations } = measurement;
  if (violations.length > 0)
    throw new Error(`the night of ${options.functions} functions is wrong: ${violations.join('; ')}`);
  return measurement;
}
