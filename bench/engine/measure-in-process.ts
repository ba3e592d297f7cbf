import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { MeasuredNight } from './measure-night.ts';

const NIGHT_PROCESS = path.join(import.meta.dirname, 'night-process.ts');

/**
 * The heap is bounded, since V8 lets it grow with the machine's memory before it collects; young objects get more room
 * than Node's 16 MiB, since a night makes many that die in the turn they were made in.
 */
const NODE_FLAGS = ['--max-old-space-size=480', '--max-semi-space-size=24'];

/**
 * Measures one night in a fresh process, so that its peak memory is its own and no night warms another's code.
 * Throws when the night broke an invariant: the time of a wrong night is no measurement.
 */
export async function measureInProcess(functions: number, seed: number): Promise<MeasuredNight['row']> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...NODE_FLAGS,
    NIGHT_PROCESS,
    String(functions),
    String(seed),
  ]);
  const { row, violations } = JSON.parse(stdout) as MeasuredNight;
  if (violations.length > 0) throw new Error(`the night of ${functions} functions is wrong: ${violations.join('; ')}`);
  return row;
}
