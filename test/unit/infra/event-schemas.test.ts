import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventSchemas, schemaFile } from '../../../infra/events/event-schemas.ts';
import type { EventDetailType } from '../../../shared/contracts/events.ts';
import { matchesPattern } from '../../support/input-transformer.ts';

const FOLDER = path.join(import.meta.dirname, '../../../docs/events');
const read = (file: string) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Record<string, unknown>;
const types = Object.keys(eventSchemas()) as EventDetailType[];

it.each(types)('docs/events has the schema of "%s" as the contract says it (npm run docs:events)', (type) => {
  expect(read(schemaFile(type))).toEqual(JSON.parse(JSON.stringify(eventSchemas()[type])));
});

it('says in docs/events of every type when it comes and where its schema is', () => {
  const page = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
  expect(types.filter((type) => !page.includes(`| \`${type}\` |`) || !page.includes(schemaFile(type)))).toEqual([]);
});

describe('the rules in docs/events', () => {
  const change = (kind: string, more: object = {}) => ({
    source: 'rightsizer',
    'detail-type': 'Rightsizer Change Outcome',
    detail: { kind, ...more },
  });
  const notification = { title: 'rolled back', text: 'slower', dedupKey: 'rightsizer/one' };

  it.each([
    ['ticket', change('RolledBack'), true],
    ['ticket', change('Verified'), false],
    ['chat', change('RolledBack', { notification }), true],
    ['chat', change('Verified'), false],
    ['warehouse', change('Verified'), true],
    ['warehouse', { source: 'rightsizer', 'detail-type': 'Rightsizer Run Failed', detail: {} }, false],
    ['warehouse', { ...change('Verified'), source: 'somebody.else' }, false],
  ])('%s meets %j: %s', (rule, event, meets) => {
    expect(matchesPattern(event, read(`rules/${rule}.json`))).toBe(meets);
  });
});
