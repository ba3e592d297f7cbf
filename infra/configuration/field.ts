import * as z from 'zod/mini';

/** What docs/configuration.md says of a field. */
export interface FieldDocument {
  description: string;
  /** The values allowed, in words. */
  allowed: string;
}

/** Documentation of every field, beside its schema, so that the table in docs/configuration.md can be checked. */
export const fieldDocuments = z.registry<FieldDocument>();

/** A schema with its documentation. */
export function field<Schema extends z.ZodMiniType>(schema: Schema, description: string, allowed: string): Schema {
  fieldDocuments.add(schema, { description, allowed });
  return schema;
}

export const between = (minimum: number, maximum: number) => z.number().check(z.minimum(minimum), z.maximum(maximum));
export const wholeBetween = (minimum: number, maximum: number) => between(minimum, maximum).check(z.int());
export const emails = () => z.array(z.email());
