import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EventDetailType } from '../../shared/contracts/events.ts';
import { eventSchemas, schemaFile } from './event-schemas.ts';

/** `npm run docs:events`: writes the JSON Schema of every event into docs/events. */
const FOLDER = path.join(import.meta.dirname, '../../docs/events');

for (const [type, schema] of Object.entries(eventSchemas()))
  writeFileSync(path.join(FOLDER, schemaFile(type as EventDetailType)), `${JSON.stringify(schema, null, 2)}\n`);
