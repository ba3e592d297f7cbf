import { modulesOf } from '../bundle-modules.ts';

const OF_SDK = /^\/\/ node_modules\/@(?:smithy|aws-sdk)\//;
/** Tried by making a hash while the module loads, with the hash in JavaScript beside it. */
const HASHES_TRIED =
  /^(var hasNativeCrypto\d* = )\(\(\) => \{\n {2}try \{\n {4}createHash\d*\("[\w-]+"\);\n[^;]*;\n[^;]*;\n {2}\}\n\}\)\(\);$/gm;
const WEB_STREAMS_ASKED = /typeof ReadableStream === "function"/g;

/**
 * The bundle without what the SDK brings for places other than Node: hashes in JavaScript, where crypto has none, and
 * streams of the web, which only fetch answers with. Tasks call AWS by node:https, whose answers are Node's streams. Asking
 * for either costs loading it: 3 ms of a CPU for ReadableStream alone.
 */
export const withoutOtherPlatforms = (bundle: string): string =>
  modulesOf(bundle)
    .map((module) => (OF_SDK.test(module) ? forNode(module) : module))
    .join('');

const forNode = (module: string): string => module.replace(HASHES_TRIED, '$1true;').replace(WEB_STREAMS_ASKED, 'false');
