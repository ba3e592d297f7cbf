import { build } from 'esbuild';
import { type LambdaBundlingOptions, lambdaBundling } from '../../shared/connection-pool/bundling.ts';

/**
 * How a handler is bundled. `plain`: minified CommonJS with the SDK's ES-module sources inside, as a careful customer
 * does today. `default`: as CDK's NodejsFunction and esbuild do when told only to bundle. Else what `lambdaBundling`
 * adds to `plain`.
 */
export type Bundling = 'default' | 'plain' | LambdaBundlingOptions;

/** As the sample stack deploys the example, which calls DynamoDB only. */
export const SAMPLE_BUNDLING: Bundling = { eventStreams: false };

const PLAIN = { minify: true, mainFields: ['module', 'main'] };

/** Bundles one handler with the SDK inside, as CommonJS. Returns its bytes. */
export async function bundleHandler(entry: string, outfile: string, bundling: Bundling = 'plain'): Promise<number> {
  const result = await build({
    ...optionsOf(bundling),
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    metafile: true,
    logLevel: 'warning',
  });
  return Object.values(result.metafile?.outputs ?? {}).reduce((sum, output) => sum + output.bytes, 0);
}

function optionsOf(bundling: Bundling) {
  if (bundling === 'default') return {};
  return bundling === 'plain' ? PLAIN : lambdaBundling(bundling);
}
