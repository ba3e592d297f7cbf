import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NODE_MAJOR_MIN } from '../../../cli/node-major-min.ts';

it('refuses the versions of Node.js that the package does not promise to run on, and no others', () => {
  const { engines } = JSON.parse(readFileSync(path.join(__dirname, '../../../package.json'), 'utf8'));
  expect(engines.node).toBe(`>=${NODE_MAJOR_MIN}`);
});
