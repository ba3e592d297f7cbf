import * as v from 'valibot';
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

function defaultOf(schema: v.GenericSchema): string {
  const value = v.safeParse(schema, undefined).output;
  return value === undefined ? '–' : `\`${JSON.stringify(value)}\``;
}
