import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, type Format } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../../../..');
const POOL = join(ROOT, 'shared/connection-pool/index.ts');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pool-loading-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bundles a handler that uses the pool; returns the packages whose code is in the bundle, and the file. */
async function bundle(source: string, format: Format, alias: Record<string, string> = {}) {
  const outfile = join(
    folder,
    `${format}-${Math.abs(hash(source + JSON.stringify(alias)))}.${format === 'esm' ? 'mjs' : 'cjs'}`,
  );
  const require = "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);";
  const result = await build({
    stdin: { contents: source, resolveDir: ROOT, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format,
    mainFields: ['module', 'main'],
    banner: { js: format === 'esm' ? require : '' },
    metafile: true,
    logLevel: 'error',
    alias,
  });
  const [output] = Object.values(result.metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {}).filter(([, part]) => part.bytesInOutput > 0);
  return { outfile, inputs: inputs.map(([path]) => path) };
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7);
}

function run(file: string, environment: Record<string, string> = {}): unknown {
  const env = { PATH: process.env['PATH'] ?? '', AWS_REGION: 'us-east-1', ...environment };
  const printed = execFileSync(process.execPath, [file], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(printed);
}

const USES_DYNAMODB = `
  import { getDynamoDBClient, withConnectionPool } from '${POOL}';
  export const handler = withConnectionPool(async () => getDynamoDBClient() === getDynamoDBClient(), { preInitialize: ['dynamodb'] });
  void handler({}, {}).then((same) => console.log(JSON.stringify(same)));
`;

describe('a bundle with the pool', () => {
  it.each<Format>(['esm', 'cjs'])('holds only the SDK whose getter is used, and runs (%s)', async (format) => {
    const { outfile, inputs } = await bundle(USES_DYNAMODB, format);
    const sdks = ['client-dynamodb', 'client-s3', 'client-bedrock-runtime'];
    const bundled = sdks.filter((name) => inputs.some((path) => path.includes(`@aws-sdk/${name}/`)));
    expect(bundled).toEqual(['client-dynamodb']);
    expect(run(outfile)).toBe(true);
  });

  it('holds no SDK at all when only the cache is used', async () => {
    const source = `import { cacheResponse, getCachedResponse } from '${POOL}';
      cacheResponse('key', [1], 60); console.log(JSON.stringify(getCachedResponse('key')));`;
    const { outfile, inputs } = await bundle(source, 'cjs');
    expect(inputs.filter((path) => path.includes('@aws-sdk'))).toEqual([]);
    expect(run(outfile)).toEqual([1]);
  });

  it('says so when told to pre-initialize a service whose getter is not in it', async () => {
    const source = `import { preInitialize } from '${POOL}';
      void preInitialize(['s3']).then((results) => console.log(JSON.stringify(results)));`;
    const { outfile } = await bundle(source, 'cjs');
    const results = run(outfile, { AWS_LAMBDA_RUNTIME_API: 'x', NODE_NO_WARNINGS: '1' });
    expect(results).toEqual([{ service: 's3', problem: expect.stringContaining('not part of this bundle') }]);
  });

  it("leaves out the SDK's sources of credentials under the alias for Lambda's own", async () => {
    const alias = { '@aws-sdk/credential-provider-node': join(ROOT, 'shared/connection-pool/lambda-credentials.ts') };
    const { outfile, inputs } = await bundle(USES_DYNAMODB, 'cjs', alias);
    expect(inputs.filter((path) => /nested-clients|credential-provider-(sso|ini)/.test(path))).toEqual([]);
    expect(run(outfile)).toBe(true);
  });

  it('compiles the decorator as TypeScript writes it', async () => {
    const source = `import { cached } from '${POOL}';
      let reads = 0;
      class Notes { @cached<[string]>({ ttlSeconds: 60 }) async read(id: string) { reads += 1; return id; } }
      const notes = new Notes();
      void notes.read('1').then(() => notes.read('1')).then((id) => console.log(JSON.stringify([id, reads])));`;
    const { outfile } = await bundle(source, 'cjs');
    expect(run(outfile)).toEqual(['1', 1]);
  });
});

describe('the pool outside a bundle', () => {
  it('reads an SDK only when its first client is made', () => {
    const script = join(folder, 'unbundled.cjs');
    writeFileSync(
      script,
      `const loaded = () => Object.keys(require.cache).filter((path) => /client-[a-z0-9-]+.dist-cjs.index/.test(path)).map((path) => /client-[a-z0-9-]+/.exec(path)[0]);
       const pool = require(${JSON.stringify(POOL)});
       const before = loaded(); pool.getS3Client(); console.log(JSON.stringify([before, loaded()]));`,
    );
    expect(run(script)).toEqual([[], ['client-s3']]);
  });
});
