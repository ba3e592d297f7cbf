import * as v from 'valibot';

/** Raised when a contract changes so that old and new code can't read each other's states. */
export const SCHEMA_VERSION = 1;
export const schemaVersion = v.literal(SCHEMA_VERSION);
