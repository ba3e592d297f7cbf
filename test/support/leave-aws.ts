import { devNull } from 'node:os';

/**
 * Takes everything out of an environment that could lead a test past its emulator: a profile (the SDK prefers it to keys),
 * a session, an endpoint of one service, "ignore configured endpoints", and the names of somebody's own stage.
 */
export function leaveAws(environment: Record<string, string | undefined>): void {
  for (const name of Object.keys(environment)) if (/^(AWS|CDK|RIGHTSIZER)_/.test(name)) delete environment[name];
  Object.assign(environment, { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull });
}
