import { modulesOf } from '../bundle-modules.ts';

const CLIENT = /^\/\/ node_modules\/@aws-sdk\/client-s3\/[^\n]*\/S3Client\.js\n/;
const SESSIONS = /^ {4}this\.middlewareStack\.use\(getS3Express(?:HttpSigning)?Plugin\d*\(this\.config\)\);\n/gm;
const SETTINGS = /^\/\/ node_modules\/@aws-sdk\/middleware-sdk-s3\/[^\n]*\/s3Configuration\.js\n/;
const IDENTITIES = /(s3ExpressIdentityProvider \?\?) new S3ExpressIdentityProviderImpl\d*\([\s\S]*?\}\)\)\)(?=,\n)/;
const OPERATION = /^var CreateSessionCommand\d* = class extends [^\n]*\{\n\};\n/gm;
const COMMAND = /, CreateSessionCommand\d*\]/;

/**
 * The bundle without S3's sessions, by which directory buckets are spoken to: a cache of credentials, a signature and an
 * operation of its own, 5 KiB. Buckets of that kind are refused before (plain-bucket-endpoint.ts). As it is where the SDK
 * is not what it is today.
 */
export function withoutDirectoryBuckets(bundle: string): string {
  const modules = modulesOf(bundle);
  const isKnown =
    modules.some((module) => CLIENT.test(module) && COMMAND.test(module)) &&
    modules.some((module) => SETTINGS.test(module) && IDENTITIES.test(module));
  if (!isKnown) return bundle;
  return modules
    .map((module) => (CLIENT.test(module) ? module.replace(SESSIONS, '').replace(COMMAND, ']') : module))
    .map((module) => (SETTINGS.test(module) ? module.replace(IDENTITIES, '$1 void 0') : module))
    .join('')
    .replace(OPERATION, '');
}
