import { ApiError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { exceedsPayloadLimit, MAX_PAYLOAD_BYTES } from '../payload-size.ts';

function parseText(text: string, errorName: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new ApiError(errorName, `no valid JSON: ${(error as Error).message}`);
  }
}

/** A payload given to the API as JSON text (or as the value itself). Throws an `ApiError` of the given name. */
export function parsePayload(payload: string | JsonValue | undefined, errorName: string): JsonValue {
  const value = typeof payload === 'string' ? parseText(payload, errorName) : (payload ?? {});
  if (exceedsPayloadLimit(value))
    throw new ApiError(errorName, `the payload is larger than ${MAX_PAYLOAD_BYTES} bytes`);
  return value;
}
