/** The services the pool knows by name. */
export type PooledServiceName = 'dynamodb' | 's3' | 'bedrock';

/** Makes the pooled client and opens its connection; `bucket` matters to S3 only, where each bucket is a host. */
export type PrepareService = (options: { bucket?: string }) => Promise<void>;

const services = new Map<PooledServiceName, PrepareService>();

/**
 * Each service's module enters itself here, instead of this file listing them: a bundler then leaves out the SDK of
 * every service whose getter nobody imports. The other two SDKs cost a function that needs one of them a fifth of
 * its cold load (`npm run bench:pool`).
 */
export function registerPooledService(name: PooledServiceName, prepare: PrepareService): void {
  services.set(name, prepare);
}

/** Undefined when the service's getter is not part of this bundle. */
export function pooledService(name: PooledServiceName): PrepareService | undefined {
  return services.get(name);
}
