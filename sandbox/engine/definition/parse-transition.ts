import type { FieldReader } from './field-reader.ts';

/** Reads `Next` or `End`: exactly one of them. Undefined means the state ends its program. */
export function parseTransition(fields: FieldReader): string | undefined {
  const next = fields.string('Next');
  const end = fields.raw('End');
  if (end !== undefined && typeof end !== 'boolean') fields.problem('End', 'must be a boolean');
  if ((next !== undefined) === (end === true)) fields.problem('Next', 'or "End": true is needed, exactly one of them');
  return next;
}
