import type { BedrockRuntimeClient, BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import { loadBedrock } from '#sdk/bedrock';
import { openConnection } from './open-connection.ts';
import { poolSettings, sdkConfiguration } from './pool-settings.ts';
import { getPooledClient } from './pooled-client.ts';
import { registerPooledService } from './pooled-services.ts';

/** A model may think for most of a minute before the first byte; the pool's request timeout is for data stores. */
const BEDROCK_REQUEST_TIMEOUT_MS = 60_000;

/**
 * The pooled Bedrock Runtime client (HTTP/2: one session carries many requests). Same `overrides`, same client; the
 * SDK is loaded by the first call. Waits at least 60 seconds for an answer.
 */
export function getBedrockClient(overrides: Partial<BedrockRuntimeClientConfig> = {}): BedrockRuntimeClient {
  const { BedrockRuntimeClient } = loadBedrock();
  const settings = poolSettings();
  const requestTimeoutMs = Math.max(settings.requestTimeoutMs, BEDROCK_REQUEST_TIMEOUT_MS);
  const { requestHandler } = sdkConfiguration({ ...settings, requestTimeoutMs });
  return getPooledClient(BedrockRuntimeClient, { requestHandler, ...overrides });
}

registerPooledService('bedrock', async () => {
  await openConnection(getBedrockClient(), new (loadBedrock().ListAsyncInvokesCommand)({}));
});
