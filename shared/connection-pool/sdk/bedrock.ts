import { createRequire } from 'node:module';

/** What Node and jest see: the package is read when the first client is made, not when the pool is imported. */
export function loadBedrock() {
  const load = createRequire(import.meta.url);
  const { BedrockRuntimeClient, ListAsyncInvokesCommand } = load(
    '@aws-sdk/client-bedrock-runtime',
  ) as typeof import('@aws-sdk/client-bedrock-runtime');
  return { BedrockRuntimeClient, ListAsyncInvokesCommand };
}
