import * as z from 'zod/mini';

/** Raised when a contract changes so that old and new code can't read each other's states. */
export const SCHEMA_VERSION = 1;
export const schemaVersion = z.literal(SCHEMA_VERSION);
