import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import type { SandboxAccount } from '../../sandbox/account/sandbox-account.ts';

const FOLDER = path.join(import.meta.dirname, '../../docs/events');
const ajv = new Ajv({ strict: false, allErrors: true });
const schemas = new Map<string, ValidateFunction>(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.schema.json'))
    .map((file) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as { title: string })
    .map((schema) => [schema.title, ajv.compile(schema)]),
);

/** What is wrong with the product's events on the account's bus by the schemas that docs/events promises. */
export function brokenEventPromises({ eventBridge }: SandboxAccount): string[] {
  return eventBridge.events
    .filter(({ source }) => source === 'rightsizer')
    .flatMap(({ source, detailType, detail }) => {
      const validate = schemas.get(detailType);
      if (validate === undefined) return [`docs/events has no schema of ${detailType}`];
      validate({ source, 'detail-type': detailType, detail });
      return (validate.errors ?? []).map(({ instancePath, message }) => `${detailType}${instancePath} ${message}`);
    });
}
