import { modulesOf } from '../bundle-modules.ts';

const RULES = /^\/\/ node_modules\/@aws-sdk\/client-s3\/[^\n]*\/endpoint\/bdd\.js\n/;
const RESOLVER = /^\/\/ node_modules\/@aws-sdk\/client-s3\/[^\n]*\/endpoint\/endpointResolver\.js\n/;
const DECISION = /decideEndpoint\d*\(bdd\d*, \{[^}]*\}\)/;
const PARTITIONS = /\.aws = (\w+);/;

const IMPORT = "import { plainBucketEndpoint } from './infra/constructs/left-out/plain-bucket-endpoint.ts';\n";

/**
 * The bundle without S3's rules for buckets that are none (access points, Outposts, Object Lambda, directory buckets) and
 * ways to reach them that no task takes (acceleration, dual stack, FIPS): 18 KiB, of which a task's own bucket needs the
 * lines in plain-bucket-endpoint.ts. As it is where the SDK's resolver is not what it is today.
 */
export function withoutSpecialBuckets(bundle: string): string {
  const modules = modulesOf(bundle);
  const resolver = modules.find((module) => RESOLVER.test(module)) ?? '';
  const partitions = PARTITIONS.exec(resolver)?.[1];
  if (partitions === undefined || !DECISION.test(resolver)) return bundle;
  const decision = `plainBucketEndpoint(endpointParams, ${partitions}.partition)`;
  return (
    IMPORT +
    modules
      .filter((module) => !RULES.test(module))
      .map((module) => (module === resolver ? module.replace(DECISION, decision) : module))
      .join('')
  );
}
