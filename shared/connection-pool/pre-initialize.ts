import { poolSettings } from './pool-settings.ts';
import { type PooledServiceName, pooledService } from './pooled-services.ts';

/** A service by name, S3 with the bucket whose host to connect to, or any function that prepares something. */
export type PreInitialization =
  | PooledServiceName
  | { readonly service: 's3'; readonly bucket: string }
  | (() => unknown);

export interface PreInitializationResult {
  readonly service: string;
  /** Absent when the connection is open. */
  readonly problem?: string;
}

/**
 * Loads the SDKs named, makes their pooled clients and opens their connections, all at once. Never rejects: a
 * function whose connection could not be prepared still answers, only later; the result says what went wrong. A
 * connection is waited for as long as one may take to open (`connectionTimeoutMs`), a function of yours until it is done.
 *
 * Connections are opened inside Lambda only (`AWS_LAMBDA_RUNTIME_API` is set there), so that importing a handler in
 * a test or a script calls nobody; `CONNECTION_POOL_PREINITIALIZE` set to `off` prevents it there as well.
 *
 * With provisioned concurrency, wait for it at the top of the module (`await preInitialize(['dynamodb'])`): the
 * environment then counts as ready only when its connections are open.
 */
export async function preInitialize(
  services: readonly PreInitialization[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<readonly PreInitializationResult[]> {
  if (!environment['AWS_LAMBDA_RUNTIME_API'] || environment['CONNECTION_POOL_PREINITIALIZE'] === 'off') return [];
  return Promise.all(services.map(prepareOne));
}

async function prepareOne(wanted: PreInitialization): Promise<PreInitializationResult> {
  const service = nameOf(wanted);
  try {
    await prepare(wanted);
    return { service };
  } catch (error) {
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    process.emitWarning(`${service} was not pre-initialized: ${problem}`, 'ConnectionPool');
    return { service, problem };
  }
}

async function prepare(wanted: PreInitialization): Promise<void> {
  if (typeof wanted === 'function') {
    await wanted();
    return;
  }
  const options = typeof wanted === 'string' ? {} : { bucket: wanted.bucket };
  const service = pooledService(typeof wanted === 'string' ? wanted : wanted.service);
  if (service === undefined) throw new Error('its getter is not part of this bundle, so nothing here can use it');
  await withinConnectionTimeout(service(options));
}

/** A service that takes the connection and then says nothing would otherwise hold the first request for every retry. */
async function withinConnectionTimeout(opening: Promise<void>): Promise<void> {
  const { connectionTimeoutMs } = poolSettings();
  let timer: NodeJS.Timeout | undefined;
  const timeIsOver = new Promise<never>((_resolve, reject) => {
    const tooLate = () => reject(new Error(`not open after ${connectionTimeoutMs} ms`));
    timer = setTimeout(tooLate, connectionTimeoutMs);
  });
  await Promise.race([opening, timeIsOver]).finally(() => clearTimeout(timer));
}

function nameOf(wanted: PreInitialization): string {
  if (typeof wanted === 'function') return wanted.name || 'function';
  return typeof wanted === 'string' ? wanted : wanted.service;
}
