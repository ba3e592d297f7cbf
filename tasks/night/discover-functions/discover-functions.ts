import { type Artifacts, artifactKey } from '../../../shared/clients/artifacts/artifacts.ts';
import type { RememberedLooks } from '../../../shared/clients/artifacts/remembered-looks.ts';
import type { EvidenceSources } from '../../../shared/clients/evidence-sources.ts';
import type { FunctionCatalog } from '../../../shared/clients/lambda/function-catalog.ts';
import type { FunctionLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { FunctionTags } from '../../../shared/clients/tagging/function-tags.ts';
import type { DiscoverFunctionsOutput } from '../../../shared/contracts/manifest.ts';
import { parseRunTaskInput, type RunContext } from '../../../shared/contracts/run.ts';
import { watchedSources } from '../../../shared/observability/evidence-sources.ts';
import { sortFunctions } from './sort-functions.ts';

export interface DiscoverFunctionsDependencies {
  catalog: FunctionCatalog;
  tags: FunctionTags;
  ledger: Pick<FunctionLedger, 'getFunctions' | 'markRevertedByDeploy'>;
  artifacts: Pick<Artifacts, 'writeJson'>;
  looks: Pick<RememberedLooks, 'read'>;
  stackName: string;
}

/**
 * Lists the account's functions and sorts them into the night's manifest and its exclusions. Listing and tags are one
 * sequence of pages each and independent, so they run side by side: 10,000 functions are 200 and at most 100 calls.
 */
export async function discoverFunctions(
  event: unknown,
  dependencies: DiscoverFunctionsDependencies,
): Promise<DiscoverFunctionsOutput> {
  const { run } = parseRunTaskInput('discover-functions input', event);
  const sources = watchedSources();
  const [listed, tags, looks] = await Promise.all([
    dependencies.catalog.listFunctions(),
    sources.ask('Tags', () => dependencies.tags.listFunctionTags()),
    dependencies.looks.read(run),
  ]);
  const names = listed.map((each) => each.functionName);
  const records = await sources.ask('History', () => dependencies.ledger.getFunctions(names));
  const sorted = sortFunctions({ listed, tags, records, looks, run, ownStackName: dependencies.stackName });
  await markReverted(sorted.newlyReverted, run, sources, dependencies);
  const written = await writeResult(run, sorted, dependencies.artifacts);
  return { ...written, ...sources.told };
}

/** A dry run writes nothing into the ledger; after it, or where the ledger refuses, the next real night finds the same. */
async function markReverted(
  functionNames: readonly string[],
  run: RunContext,
  sources: EvidenceSources,
  { ledger }: DiscoverFunctionsDependencies,
) {
  if (run.dryRun) return;
  for (const functionName of functionNames) {
    await sources.ask('History', () => ledger.markRevertedByDeploy(functionName, run.startedAt));
  }
}

async function writeResult(
  run: RunContext,
  sorted: ReturnType<typeof sortFunctions>,
  artifacts: Pick<Artifacts, 'writeJson'>,
) {
  const manifestKey = artifactKey(run, 'manifest.json');
  const exclusionsKey = artifactKey(run, 'exclusions.json');
  await Promise.all([
    artifacts.writeJson(manifestKey, sorted.manifest),
    artifacts.writeJson(exclusionsKey, sorted.exclusions),
  ]);
  return {
    schemaVersion: 1 as const,
    manifestKey,
    exclusionsKey,
    functionCount: sorted.manifest.length,
    excludedCount: sorted.exclusions.length,
  };
}
