import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type JsMinifyOptions, minifySync } from '@swc/core';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { lambdaBundling } from '../../shared/connection-pool/bundling.ts';
import { type AnyTaskName, TASK_FOLDERS } from '../../shared/constants.ts';
import { withoutOtherPlatforms } from './left-out/other-platforms.ts';
import { withoutSpecialBuckets } from './left-out/special-buckets.ts';
import { withoutUnaskedErrors } from './left-out/unasked-errors.ts';
import { withoutUnreadContracts } from './left-out/unread-contracts.ts';
import { withoutWrittenOutErrors } from './left-out/written-out-errors.ts';
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
  code: Uint8Array;
  /** Source files of which anything is left in the bundle, relative to the project. */
  modules: readonly string[];
}

let bundles: ReadonlyMap<AnyTaskName, TaskBundle> | undefined;

/**
 * A task's code: its handler and all it imports in one minified ES module. The first function asks for all bundles,
 * because one pass of esbuild over every handler parses the SDK once: CDK's NodejsFunction took 36 s for that, this 2 s,
 * and packing them 7 s more of one CPU.
 */
export function taskCode(task: AnyTaskName): Code {
  return Code.fromAsset(path.join(PROJECT_ROOT, TASK_FOLDERS[task]), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Named because CDK wants an image to fall back to; bundling below never falls back.
      image: DockerImage.fromRegistry('public.ecr.aws/lambda/nodejs:24'),
      local: {
        tryBundle(folder: string): boolean {
          bundles ??= bundleTasks();
          writeFileSync(path.join(folder, BUNDLE), bundles.get(task)!.code);
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
 * @throws esbuild's BuildFailure, which names every file and line that could not be built.
 */
export function bundleTasks(): ReadonlyMap<AnyTaskName, TaskBundle> {
  const handlers = Object.entries(TASK_FOLDERS).map(([task, folder]) => [task, `${folder}/handler.ts`]);
  return bundleHandlers(Object.fromEntries(handlers)) as ReadonlyMap<AnyTaskName, TaskBundle>;
}

/**
 * Bundles handlers, by name their files relative to the project, as tasks are bundled: once to have everything in one
 * file, and each file once more, because only then the SDK's schemas can be taken apart.
 */
export function bundleHandlers(entryPoints: Record<string, string>): ReadonlyMap<string, TaskBundle> {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: PROJECT_ROOT,
    entryPoints,
    outdir: 'bundles',
    metafile: true,
    ...BUNDLING,
  });
  return new Map(
    outputFiles.map(({ path: file, text }) => {
      const { inputs } = metafile.outputs[path.relative(PROJECT_ROOT, file)]!;
      const modules = Object.keys(inputs).filter((module) => inputs[module]!.bytesInOutput > 0);
      return [path.basename(file, '.js'), { code: minified(text), modules }];
    }),
  );
}

/** By its text, which tells what esbuild cannot know; plain keys first, which errors are told by. */
const takenApart = (bundle: string): string =>
  [
    withoutUnreadContracts,
    withPlainSchemaKeys,
    withoutUnaskedErrors,
    withoutWrittenOutErrors,
    withoutOtherPlatforms,
    withoutSpecialBuckets,
  ].reduce((text, without) => without(text), bundle);

/** Shaken once more by esbuild, which knows what may be dropped of a module, and packed by swc, which makes it 6 % smaller. */
function minified(bundle: string): Uint8Array {
  const { outputFiles } = buildSync({
    stdin: { contents: takenApart(bundle), resolveDir: PROJECT_ROOT },
    ...BUNDLING,
    banner: { js: REQUIRE_BANNER },
  });
  const { code } = minifySync(outputFiles[0]!.text, MINIFYING);
  return Buffer.from(code);
}
