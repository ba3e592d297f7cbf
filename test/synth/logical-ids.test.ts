import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT, synthesize } from './template.ts';

/**
 * CloudFormation replaces a resource whose logical id changes: a renamed construct would empty the ledger of everybody
 * who deployed. This list is what release 0.1.0 deployed, by type; a new resource joins it with the release it ships in.
 */
const deployed = JSON.parse(
  readFileSync(path.join(PROJECT_ROOT, 'test/fixtures/logical-ids.json'), 'utf8'),
) as Readonly<Record<string, readonly string[]>>;

/**
 * Ids that were given up on purpose, each with the sentence that tells users, which must stand in CHANGELOG.md.
 *
 * @example { FormerQueue1234: 'The queue `FormerQueue` is replaced: drain it before you deploy.' }
 */
const GIVEN_UP: Readonly<Record<string, string>> = {};

const template = synthesize();
const changelog = readFileSync(path.join(PROJECT_ROOT, 'CHANGELOG.md'), 'utf8').replace(/\s+/g, ' ');

it('knows the ids of everything stateful or named', () => {
  const types = [
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    'AWS::SNS::Topic',
    'AWS::Lambda::Function',
    'AWS::StepFunctions::StateMachine',
    'AWS::ApiGatewayV2::Api',
  ];
  for (const type of types) expect(deployed[type]?.length).toBeGreaterThan(0);
});

describe.each(Object.entries(deployed))('%s', (type, ids) => {
  it('keeps the logical ids of what is deployed', () => {
    const now = new Set(template.ofType(type).map(([id]) => id));
    expect(ids.filter((id) => !now.has(id) && GIVEN_UP[id] === undefined)).toEqual([]);
  });
});

it('tells users of every id that was given up', () => {
  expect(Object.values(GIVEN_UP).filter((sentence) => !changelog.includes(sentence))).toEqual([]);
});

it('gives up no id that is still there', () => {
  expect(Object.keys(GIVEN_UP).filter((id) => template.resources[id] !== undefined)).toEqual([]);
});
