import { InvalidConfigurationError } from './errors.ts';

/** Reads the variables named; one error names every one that is missing. Call once, at cold start. */
export function readEnvironment<Name extends string>(
  names: readonly Name[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Record<Name, string> {
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new InvalidConfigurationError(`environment variables are missing: ${missing.join(', ')}`);
  }
  return Object.fromEntries(names.map((name) => [name, environment[name]])) as Record<Name, string>;
}
