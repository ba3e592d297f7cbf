import * as v from 'valibot';
import { emailAddress } from '../../shared/contracts/typed-texts.ts';
import { finiteNumber } from '../../shared/contracts/typed-values.ts';

/** What docs/configuration.md says of a field. */
export interface FieldDocument {
  description: string;
  /** The values allowed, in words. */
  allowed: string;
}

/** Documentation of every field, beside its schema, so that the table in docs/configuration.md can be checked. */
export const fieldDocuments = new WeakMap<v.GenericSchema, FieldDocument>();

/** A schema with its documentation. */
export function field<Schema extends v.GenericSchema>(schema: Schema, description: string, allowed: string): Schema {
  fieldDocuments.set(schema, { description, allowed });
  return schema;
}

export const between = (minimum: number, maximum: number) =>
  v.pipe(finiteNumber, v.minValue(minimum), v.maxValue(maximum));
export const wholeBetween = (minimum: number, maximum: number) => v.pipe(between(minimum, maximum), v.safeInteger());
export const emails = () => v.array(emailAddress);
