import { InvalidInputError } from '../errors.ts';

/** How the pool's clients connect, wait and retry. Connections are always kept alive: that is what a pool is for. */
export interface PoolSettings {
  /** Sockets per client and host; further requests queue. */
  readonly maxSockets: number;
  /** How long a connection may take to open. */
  readonly connectionTimeoutMs: number;
  /** How long one attempt may take; the request fails with `TimeoutError` (and is retried) when it is over. */
  readonly requestTimeoutMs: number;
  /** First try included. */
  readonly maxAttempts: number;
  /** `adaptive` also slows the client down while the service throttles it. */
  readonly retryMode: 'standard' | 'adaptive';
}

/**
 * Sized for a function that answers people within three seconds: two attempts of a data-plane call fit, and a
 * connection that does not open in a second inside a region is better tried anew.
 */
const DEFAULT_SETTINGS: PoolSettings = {
  maxSockets: 50,
  connectionTimeoutMs: 1_000,
  requestTimeoutMs: 5_000,
  maxAttempts: 3,
  retryMode: 'adaptive',
};

let settings: PoolSettings = DEFAULT_SETTINGS;

/** The settings that the next client of the pool starts from. */
export function poolSettings(): PoolSettings {
  return settings;
}

/**
 * Changes the settings of every client made from now on; clients already pooled keep theirs.
 *
 * @throws InvalidInputError naming every value that is not a positive whole number.
 */
export function configureConnectionPool(changes: Partial<PoolSettings>): void {
  const next = { ...settings, ...changes };
  const problems = settingProblems(next);
  if (problems.length > 0) throw new InvalidInputError('connection pool settings', problems);
  settings = next;
}

/** Back to the defaults. For tests. */
export function resetPoolSettings(): void {
  settings = DEFAULT_SETTINGS;
}

function settingProblems(candidate: PoolSettings): string[] {
  const counts = ['maxSockets', 'connectionTimeoutMs', 'requestTimeoutMs', 'maxAttempts'] as const;
  const problems = counts
    .filter((name) => !Number.isInteger(candidate[name]) || candidate[name] < 1)
    .map((name) => `${name} must be a whole number of at least 1, got ${candidate[name]}`);
  if (candidate.retryMode !== 'standard' && candidate.retryMode !== 'adaptive') {
    problems.push(`retryMode must be 'standard' or 'adaptive', got '${candidate.retryMode}'`);
  }
  return problems;
}

/** The settings in the SDK's words. A fresh object a call: the SDK keeps and fills in what it is given. */
export function sdkConfiguration({ retryMode, maxAttempts, ...from }: PoolSettings) {
  const agent = () => ({ keepAlive: true as const, maxSockets: from.maxSockets });
  return {
    retryMode,
    maxAttempts,
    requestHandler: {
      connectionTimeout: from.connectionTimeoutMs,
      requestTimeout: from.requestTimeoutMs,
      // Without this flag the SDK only logs a warning when the time is over, and waits on.
      throwOnRequestTimeout: true,
      httpsAgent: agent(),
      httpAgent: agent(),
    },
  };
}
