import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type BundleFormat = 'cjs' | 'esm';

export interface BundleOptions {
  readonly format?: BundleFormat;
  /** Takes credentials from Lambda's environment instead of bundling the SDK's whole chain of sources. */
  readonly lambdaCredentials?: boolean;
}

const LAMBDA_CREDENTIALS = fileURLToPath(
  new URL('../../shared/connection-pool/lambda-credentials.ts', import.meta.url),
);

/** Dependencies in CommonJS form call `require`, which an ES module has to make for itself. */
const REQUIRE_IN_ESM = "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);";

/** Bundles one handler as the stacks do: minified, SDK inside, ES-module sources preferred. Returns its bytes. */
export async function bundleHandler(entry: string, outfile: string, options: BundleOptions = {}): Promise<number> {
  const { format = 'cjs', lambdaCredentials = false } = options;
  const result = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format,
    mainFields: ['module', 'main'],
    alias: lambdaCredentials ? { '@aws-sdk/credential-provider-node': LAMBDA_CREDENTIALS } : {},
    banner: { js: format === 'esm' ? REQUIRE_IN_ESM : '' },
    metafile: true,
    logLevel: 'warning',
  });
  return Object.values(result.metafile?.outputs ?? {}).reduce((sum, output) => sum + output.bytes, 0);
}
