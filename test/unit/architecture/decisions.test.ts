import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(import.meta.dirname, '../../../docs/adr');
const records = readdirSync(FOLDER).filter((file) => /^\d{4}-.*\.md$/.test(file));
const index = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');

/** `accepted`, `proposed`, or `superseded by 0021`. */
const statusOf = (text: string): string | undefined =>
  /^\*\*Status:\*\* (accepted|proposed|superseded by \d{4})/m.exec(text)?.[1];

it.each(records)('%s has a status, and stands in the index with it', (file) => {
  const status = statusOf(readFileSync(path.join(FOLDER, file), 'utf8'));
  expect(status).toBeDefined();
  expect(index.split('\n').find((line) => line.includes(`](${file})`))).toMatch(new RegExp(`\\| ${status} \\|$`));
});

it('gives every decision a number of its own', () => {
  const numbers = records.map((file) => file.slice(0, 4));
  expect(new Set(numbers).size).toBe(numbers.length);
});
