import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configurationTable } from './markdown-table.ts';

/** `npm run docs:configuration`: puts the table of every field into docs/configuration.md, between its two marks. */
const DOCUMENT = path.join(import.meta.dirname, '../../docs/configuration.md');
const TABLE = /(configuration table: begin[^\n]*-->\n)[\s\S]*?(<!-- configuration table: end)/;

const before = readFileSync(DOCUMENT, 'utf8');
if (!TABLE.test(before)) throw new Error(`${DOCUMENT} has no marks for the configuration table`);
writeFileSync(
  DOCUMENT,
  before.replace(TABLE, (_, begin: string, end: string) => `${begin}\n${configurationTable()}\n\n${end}`),
);
