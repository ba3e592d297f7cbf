import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfigureAlarmsInput } from '../../../shared/contracts/alarms.ts';
import { parseConfigureAutoScalingInput } from '../../../shared/contracts/auto-scaling.ts';
import { parseApplyColdStartMitigationInput } from '../../../shared/contracts/cold-start.ts';
import { parseRemediateInput } from '../../../shared/contracts/remediation.ts';
import { parseRunInput } from '../../../shared/contracts/run.ts';
import { ROOT } from './documents.ts';

/** What people paste into the console is taken as it stands. */
const FOLDER = path.join(ROOT, 'docs/inputs');
const execution = { arn: 'arn:execution', name: 'by-hand' };

/** By the beginning of the file's name: what the first state checks it by. */
const CONTRACTS: Readonly<Record<string, (input: unknown) => unknown>> = {
  night: parseRunInput,
  alarms: parseConfigureAlarmsInput,
  'auto-scaling': parseConfigureAutoScalingInput,
  'cold-start': parseApplyColdStartMitigationInput,
  remediation: (request) => parseRemediateInput({ request, execution }),
};

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

it.each(files)('%s is what its state machine takes', (file) => {
  const machine = Object.keys(CONTRACTS).find((each) => file === `${each}.json` || file.startsWith(`${each}-`))!;
  const input = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
  expect(() => CONTRACTS[machine]!(input)).not.toThrow();
  expect(() => CONTRACTS[machine]!({ ...input, unheardOf: true })).toThrow('unheardOf');
});

it('has an input for every state machine, and tells of each', () => {
  const told = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
  expect(files.filter((file) => !told.includes(`[${file}](${file})`))).toEqual([]);
  for (const machine of Object.keys(CONTRACTS)) expect(files.some((file) => file.startsWith(machine))).toBe(true);
});
