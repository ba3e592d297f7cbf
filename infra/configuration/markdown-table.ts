import * as z from 'zod/mini';
import { fieldDocuments } from './field.ts';
import { allFields, type Field } from './field-tree.ts';

/** The table of docs/configuration.md; a test keeps the document equal to it. */
export function configurationTable(): string {
  const rows = allFields().map((field) => `| ${columns(field).join(' | ')} |`);
  return ['| Field | Default | Allowed | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function columns({ path, schema }: Field): string[] {
  const { allowed, description } = fieldDocuments.get(schema)!;
  return [`\`${path}\``, defaultOf(schema), allowed, description];
}

function defaultOf(schema: z.ZodMiniType): string {
  const value = z.safeParse(schema, undefined).data;
  return value === undefined ? '–' : `\`${JSON.stringify(value)}\``;
}
