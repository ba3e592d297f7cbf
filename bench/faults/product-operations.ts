import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');
const IMPORT = /import\s+(type\s)?([\s\S]*?)\sfrom\s'([^']+)'/g;
const COMMAND = /(type\s+)?\b(\w+)Command\b/g;

/** SDK packages by the name their client has without `Client`; others are spelled by their words. */
const SERVICES: Readonly<Record<string, string>> = {
  'client-cloudwatch': 'CloudWatch',
  'client-cloudwatch-logs': 'CloudWatchLogs',
  'client-dynamodb': 'DynamoDB',
  'client-eventbridge': 'EventBridge',
  'client-resource-groups-tagging-api': 'ResourceGroupsTaggingAPI',
  'client-sesv2': 'SESv2',
  'client-sfn': 'SFN',
  'client-sns': 'SNS',
  'client-sqs': 'SQS',
  'client-sts': 'STS',
  'lib-dynamodb': 'DynamoDB',
};
/** What the document client calls shorter than the API. */
const ITEMS = new Set(['Get', 'Put', 'Update', 'BatchGet']);

/** Every operation of AWS ("Service.Operation") that the code of any task can call: from its imports, walked from its handler. */
export function productOperations(): string[] {
  const operations = new Set<string>();
  const seen = new Set<string>();
  const walk = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { names, from } of importsOf(file)) {
      if (from.startsWith('.')) walk(path.resolve(path.dirname(file), from));
      else for (const each of operationsIn(names, from)) operations.add(each);
    }
  };
  for (const file of handlers()) walk(file);
  return [...operations].filter((each) => !NOT_IN_THESE_WORLDS.has(each)).toSorted();
}

/** Carried along by the same client, and called by no task: the libraries that customers import call it. */
const NOT_IN_THESE_WORLDS = new Set(['SNS.CreateTopic']);

/** What a file imports at run time. */
const importsOf = (file: string): { names: string; from: string }[] =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)]
    .filter(([, isType]) => !isType)
    .map(([, , names = '', from = '']) => ({ names, from }));

const handlers = (): string[] =>
  readdirSync(path.join(ROOT, 'tasks'), { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'handler.ts')
    .map((file) => path.join(ROOT, 'tasks', file));

function operationsIn(names: string, from: string): string[] {
  if (!from.startsWith('@aws-sdk/')) return [];
  const client = from.replace('@aws-sdk/', '');
  const words = client.replace('client-', '').split('-');
  const service = SERVICES[client] ?? words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return [...names.matchAll(COMMAND)]
    .filter(([, isType]) => !isType)
    .map(([, , name = '']) => `${service}.${client === 'lib-dynamodb' && ITEMS.has(name) ? `${name}Item` : name}`);
}
