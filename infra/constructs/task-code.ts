import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type JsMinifyOptions, minifySync } from '@swc/core';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { lambdaBundling } from '../../shared/connection-pool/bundling.ts';
import { type AnyTaskName, TASK_FOLDERS } from '../../shared/constants.ts';
import { CONFIGURED_CLIENTS, type ConfiguredClient, configuredClients } from './configured-clients.ts';
import { withoutDirectoryBuckets } from './left-out/directory-buckets.ts';
import { withoutOtherPlatforms } from './left-out/other-platforms.ts';
import { withoutRepeatedFunctions } from './left-out/repeated-functions.ts';
import { withoutSpecialBuckets } from './left-out/special-buckets.ts';
import { withoutUnaskedChecksums } from './left-out/unasked-checksums.ts';
import { withoutUnaskedErrors } from './left-out/unasked-errors.ts';
import { withoutWrittenOutErrors } from './left-out/written-out-errors.ts';
import { withoutXmlDocuments } from './left-out/xml-documents.ts';
import { withPlainCharacters } from './plain-characters.ts';
import { withPlainSchemaKeys } from './plain-schema-keys.ts';

const PROJECT_ROOT = path.join(import.meta.dirname, '../..');
const BUNDLE = 'index.mjs';

/** The SDK has CommonJS corners that call `require` for Node's own modules; ESM has none unless it is made. */
const REQUIRE_BANNER = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/** What the SDK brings along and no task uses; each file says why it may be missing. */
const leftOut = (name: string): string => path.join(import.meta.dirname, 'left-out', `${name}.ts`);

const { alias, ...LAMBDA_BUNDLING } = lambdaBundling();
const BUNDLING = {
  ...LAMBDA_BUNDLING,
  alias: {
    ...alias,
    '@smithy/core/event-streams': leftOut('event-streams'),
    '@aws-sdk/endpoint-cache': leftOut('endpoint-cache'),
    'node:process': leftOut('process'),
    '@aws-sdk/signature-v4-multi-region': leftOut('several-regions'),
    'd3-format': leftOut('tick-labels'),
    'd3-time-format': leftOut('tick-labels'),
    'd3-interpolate': leftOut('scales-of-numbers'),
  },
  minify: false,
  write: false,
  format: 'esm',
  target: 'node24',
  legalComments: 'none',
  logLevel: 'silent',
} as const;

/** `toplevel`, because nothing outside sees a bundle's names but `handler`, which is exported. */
const MINIFYING: JsMinifyOptions = {
  module: true,
  ecma: 2022,
  compress: { passes: 2, toplevel: true },
  mangle: { toplevel: true },
};

/** A task in one file. */
export interface TaskBundle {
  readonly code: Uint8Array;
  /** Source files of which anything is left in the bundle, relative to the project. */
  readonly modules: readonly string[];
}

/** A task in one file, not yet taken apart. */
interface RoughBundle {
  text: string;
  modules: readonly string[];
}

type RoughBundles = ReadonlyMap<string, RoughBundle>;

/** By the configured clients that are in them. */
const roughTasks = new Map<string, RoughBundles>();
const minifiedBundles = new Map<string, Uint8Array>();

/**
 * A task's code: its handler and all it imports in one minified ES module, less what its variables do not ask for. The
 * first function asks for all bundles, because one pass of esbuild over every handler parses the SDK once: CDK's
 * NodejsFunction took 36 s for that, this 2 s, and packing them 7 s more of one CPU.
 *
 * @param environment its variables, as the stage's configuration gives them
 */
export function taskCode(task: AnyTaskName, environment: Readonly<Record<string, string>>): Code {
  const configured = configuredClients(environment);
  return Code.fromAsset(path.join(PROJECT_ROOT, TASK_FOLDERS[task]), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK bundles a folder once for all stages that say the same here.
      environment: { CONFIGURED_CLIENTS: configured.join() },
      // Named because CDK wants an image to fall back to; bundling below never falls back.
      image: DockerImage.fromRegistry('public.ecr.aws/lambda/nodejs:24'),
      local: {
        tryBundle(folder: string): boolean {
          const { text } = bundleTasksRoughly(configured).get(task)!;
          writeFileSync(path.join(folder, BUNDLE), minified(text));
          return true;
        },
      },
    },
  });
}

/**
 * Bundles every task. Measured with the SDK's ES modules inside: 45 ms to load cold, where the runtime's own SDK takes
 * 74 ms.
 *
 * @param configured what the configuration asks for @default nothing of it, as most stages
 * @throws esbuild's BuildFailure, which names every file and line that could not be built.
 */
export function bundleTasks(configured: readonly ConfiguredClient[] = []): ReadonlyMap<AnyTaskName, TaskBundle> {
  return packed(bundleTasksRoughly(configured)) as ReadonlyMap<AnyTaskName, TaskBundle>;
}

/**
 * Bundles handlers, by name their files relative to the project, as tasks are bundled: once to have everything in one
 * file, and each file once more, because only then the SDK's schemas can be taken apart.
 */
export function bundleHandlers(
  entryPoints: Record<string, string>,
  configured: readonly ConfiguredClient[] = [],
): ReadonlyMap<string, TaskBundle> {
  return packed(bundleRoughly(entryPoints, configured));
}

/** Each packed when its code is asked for, which those who ask about modules never do. */
const packed = (rough: RoughBundles): ReadonlyMap<string, TaskBundle> =>
  new Map(
    [...rough].map(([name, { text, modules }]) => [
      name,
      {
        modules,
        get code() {
          return minified(text);
        },
      },
    ]),
  );

function bundleTasksRoughly(configured: readonly ConfiguredClient[]): RoughBundles {
  const key = configured.join();
  const handlers = Object.entries(TASK_FOLDERS).map(([task, folder]) => [task, `${folder}/handler.ts`]);
  const rough = roughTasks.get(key) ?? bundleRoughly(Object.fromEntries(handlers), configured);
  roughTasks.set(key, rough);
  return rough;
}

function bundleRoughly(entryPoints: Record<string, string>, configured: readonly ConfiguredClient[]): RoughBundles {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: PROJECT_ROOT,
    entryPoints,
    outdir: 'bundles',
    metafile: true,
    ...BUNDLING,
    alias: { ...BUNDLING.alias, ...unconfigured(configured) },
  });
  return new Map(
    outputFiles.map(({ path: file, text }) => {
      const { inputs } = metafile.outputs[path.relative(PROJECT_ROOT, file)]!;
      const modules = Object.keys(inputs).filter((module) => inputs[module]!.bytesInOutput > 0);
      return [path.basename(file, '.js'), { text, modules }];
    }),
  );
}

/** What stands in for the clients that the configuration does not ask for. */
const unconfigured = (configured: readonly ConfiguredClient[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(CONFIGURED_CLIENTS)
      .filter(([client]) => !configured.includes(client as ConfiguredClient))
      .map(([client, inItsPlace]) => [client, leftOut(inItsPlace)]),
  );

/** By its text, which tells what esbuild cannot know; plain keys first, which errors are told by. */
const takenApart = (bundle: string): string =>
  [
    withPlainSchemaKeys,
    withoutUnaskedErrors,
    withoutWrittenOutErrors,
    withoutOtherPlatforms,
    withoutSpecialBuckets,
    withoutDirectoryBuckets,
    withoutXmlDocuments,
    withoutUnaskedChecksums,
    withoutRepeatedFunctions,
  ].reduce((text, without) => without(text), bundle);

/**
 * Shaken once more by esbuild, which knows what may be dropped of a module, and packed by swc, which makes it 6 % smaller;
 * once for a bundle, however many stages are synthesized.
 */
function minified(bundle: string): Uint8Array {
  const contents = takenApart(bundle);
  const known = minifiedBundles.get(contents);
  if (known !== undefined) return known;
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: PROJECT_ROOT },
    ...BUNDLING,
    banner: { js: REQUIRE_BANNER },
  });
  const code = Buffer.from(withPlainCharacters(minifySync(outputFiles[0]!.text, MINIFYING).code));
  minifiedBundles.set(contents, code);
  return code;
}
