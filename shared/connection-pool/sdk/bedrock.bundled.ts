import { BedrockRuntimeClient, ListAsyncInvokesCommand } from '@aws-sdk/client-bedrock-runtime';

/** What bundlers see (condition `module`): static imports, which they can shake down to the classes named. */
export const loadBedrock = () => ({ BedrockRuntimeClient, ListAsyncInvokesCommand });
