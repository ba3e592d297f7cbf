/**
 * Puts the functions' environment variables into this process, since all handlers run in it. Two functions may share a
 * variable only if they agree on its value; names that differ by function are left out.
 */
export function enterEnvironment(environments: readonly Readonly<Record<string, string>>[]): void {
  const entered = new Map<string, string>();
  for (const [name, value] of environments.flatMap((each) => Object.entries(each))) {
    if (DIFFERS_BY_FUNCTION.has(name)) continue;
    const known = entered.get(name);
    if (known !== undefined && known !== value)
      throw new Error(`two functions disagree on ${name}: ${known} and ${value}`);
    entered.set(name, value);
  }
  for (const [name, value] of entered) process.env[name] = value;
}

/** Of the latter the process may run libraries of customers beside the tasks, which have a namespace of their own. */
const DIFFERS_BY_FUNCTION = new Set(['POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE']);
