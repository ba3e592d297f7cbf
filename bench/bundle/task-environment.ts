import { synthesizeStack } from '../../sandbox/demos/night/synthesize-stack.ts';
import { createWorld } from '../../sandbox/demos/night/world.ts';

/** A fixed date: nothing here depends on it. */
const START_MS = Date.parse('2026-11-02T00:00:00Z');

/** The variables of all tasks as the synthesized stack gives them, and what Lambda adds; nothing of this process's own. */
export async function taskEnvironment(): Promise<Record<string, string>> {
  const before = new Set(Object.keys(process.env));
  const stack = synthesizeStack({ emails: ['approver@example.com'] }, new Date(START_MS));
  const { deployment } = await createWorld({ functions: 1, seed: 1, startMs: START_MS, stack });
  const given = Object.entries(process.env).filter(([name]) => !before.has(name));
  deployment.dispose();
  return {
    ...(Object.fromEntries(given) as Record<string, string>),
    PATH: process.env['PATH'] ?? '',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'loopback',
    AWS_SECRET_ACCESS_KEY: 'loopback',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
  };
}
