/**
 * Pooled AWS clients and cached responses for Lambda handlers: one client per configuration and environment, loaded
 * on first use or before the first request, and answers kept in memory for as long as they are good.
 */
export { getBedrockClient } from './bedrock.ts';
export { generateCacheKey } from './cache-key.ts';
export { getDynamoDBClient } from './dynamodb.ts';
export { configureConnectionPool, type PoolSettings } from './pool-settings.ts';
export {
  type ConnectionPoolStatistics,
  closeConnectionPool,
  connectionPoolStatistics,
  getPooledClient,
} from './pooled-client.ts';
export { type PreInitialization, type PreInitializationResult, preInitialize } from './pre-initialize.ts';
export { ResponseCache, type ResponseCacheOptions, type ResponseCacheStatistics } from './response-cache.ts';
export { getS3Client } from './s3.ts';
export {
  type CachedOptions,
  cached,
  cacheResponse,
  clearResponseCache,
  configureResponseCache,
  forgetResponse,
  getCachedResponse,
  getOrComputeResponse,
  responseCacheStatistics,
} from './shared-cache.ts';
export { type ConnectionPoolOptions, type PooledHandler, withConnectionPool } from './with-connection-pool.ts';
