import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { synthesizeStack } from '../../sandbox/demos/night/synthesize-stack.ts';
import type { SynthesizedStack } from '../../sandbox/demos/night/synthesized-stack.ts';

const FOLDER = path.join(import.meta.dirname, '../../node_modules/.cache/rightsizer/templates');

/**
 * The stack of a configuration as of these very sources. Synthesis takes two seconds of processor time in each test
 * file, and most files ask for the same stack: so the first one keeps it for the others, under the hash of both.
 */
export function keptTemplate(configuration: Record<string, unknown>, now: Date): SynthesizedStack {
  const sources = process.env['RIGHTSIZER_TEST_SOURCES'];
  if (sources === undefined) return synthesizeStack(configuration, now);
  const asked = JSON.stringify([sources, configuration, now]);
  const file = path.join(FOLDER, `${createHash('sha256').update(asked).digest('hex')}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as SynthesizedStack;
  const stack = synthesizeStack(configuration, now);
  mkdirSync(FOLDER, { recursive: true });
  // Two files may do so at once: whoever renames last writes the same again, and nobody reads half of it.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(stack));
  renameSync(`${file}.${process.pid}`, file);
  return stack;
}
