import { callAws, isNamed } from './aws-call.ts';

/** Answer of a write that AWS may refuse for good: no retry would help. */
export type SettingWrite = { written: true } | { written: false; reason: string };

/**
 * Runs a write; a refusal by one of the names is an answer. `callAws` takes LimitExceededException for throttling and
 * wraps it, where Application Auto Scaling and Lambda mean a quota by it, so the cause counts as well.
 */
export async function unlessRefused(
  permission: string,
  refusals: readonly string[],
  write: () => Promise<unknown>,
): Promise<SettingWrite> {
  try {
    await callAws(permission, write);
    return { written: true };
  } catch (error) {
    const cause = error instanceof Error && isNamed(error.cause, refusals) ? error.cause : error;
    if (!isNamed(cause, refusals)) throw error;
    return { written: false, reason: `AWS refused: ${(cause as Error).message}` };
  }
}
