import { fileURLToPath } from 'node:url';

export interface LambdaBundlingOptions {
  /**
   * Whether the function uses a client with event streams: Bedrock, S3, Kinesis, Lambda, CloudWatch Logs, Transcribe,
   * Lex. DynamoDB, SQS, SNS and most others have none. Said `false` wrongly, the bundle fails when it is loaded, on
   * `@smithy/core/event-streams`.
   *
   * @default true
   */
  readonly eventStreams?: boolean;
}

/** The options of esbuild's `build` that decide how long a function takes to start. */
export interface LambdaBundling {
  readonly bundle: true;
  readonly minify: true;
  readonly platform: 'node';
  readonly format: 'cjs';
  readonly mainFields: string[];
  readonly alias: Record<string, string>;
  readonly external: string[];
}

/** Signs in to IAM Identity Center, from a developer's machine; reached by a dynamic import that no function makes. */
const SINGLE_SIGN_ON = '@aws-sdk/nested-clients/sso-oidc';
const EVENT_STREAMS = '@smithy/core/event-streams';

/**
 * Options with which esbuild makes the smallest bundle of a handler on the AWS SDK, for `build({ …lambdaBundling(), … })`.
 *
 * What they leave out is only ever imported dynamically, or cannot be used inside Lambda. It costs more than its own
 * bytes: esbuild has to keep whole, and to wrap, every module that a dynamic import could reach, half the SDK's core
 * among them; without those imports it takes them apart like the rest. CommonJS, because an ES module that imports
 * `node:http` by name makes Node load its WebSocket and fetch as well.
 *
 * @example
 * await build({ ...lambdaBundling({ eventStreams: false }), entryPoints: ['handler.ts'], outfile: 'dist/index.js' });
 */
export function lambdaBundling({ eventStreams = true }: LambdaBundlingOptions = {}): LambdaBundling {
  return {
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': lambdaCredentialsFile() },
    external: eventStreams ? [SINGLE_SIGN_ON] : [SINGLE_SIGN_ON, EVENT_STREAMS],
  };
}

/** Beside this file, which is TypeScript in the repository and JavaScript in the package. */
function lambdaCredentialsFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`./lambda-credentials.${extension}`, import.meta.url));
}
