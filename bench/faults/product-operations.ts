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
    for (const [, isType, names = '', from = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      if (isType) continue;
      if (from.startsWith('.')) walk(path.resolve(path.dirname(file), from));
      else if (from.startsWith('@aws-sdk/')) for (const each of operationsIn(names, from)) operations.add(each);
    }
  };
  for (const file of handlers()) walk(file);
  return [...operations].toSorted();
}

const handlers = (): string[] =>
  readdirSync(path.join(ROOT, 'tasks'), { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'handler.ts')
    .map((file) => path.join(ROOT, 'tasks', file));

function operationsIn(names: string, from: string): string[] {
  const client = from.replace('@aws-sdk/', '');
  const words = client.replace('client-', '').split('-');
  const service = SERVICES[client] ?? words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return [...names.matchAll(COMMAND)]
    .filter(([, isType]) => !isType)
    .map(([, , name = '']) => `${service}.${client === 'lib-dynamodb' && ITEMS.has(name) ? `${name}Item` : name}`);
}
