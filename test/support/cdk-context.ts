import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The feature flags of cdk.json, which decide much of what a template looks like. */
export const { context: CDK_CONTEXT } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../cdk.json'), 'utf8'),
) as { context: Record<string, unknown> };
