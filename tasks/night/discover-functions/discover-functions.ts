import { type Artifacts, artifactKey } from '../../../shared/clients/artifacts/artifacts.ts';
import type { RememberedLooks } from '../../../shared/clients/artifacts/remembered-looks.ts';
import type { EvidenceSources, SourceAnswer } from '../../../shared/clients/evidence-sources.ts';
import type { FunctionCatalog } from '../../../shared/clients/lambda/function-catalog.ts';
import type { FunctionLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { PlacedSources } from '../../../shared/clients/placed-sources.ts';
import type { SettingRecords } from '../../../shared/clients/settings-ledger/setting-records.ts';
import type { FunctionTags, TagsByArn } from '../../../shared/clients/tagging/function-tags.ts';
import type { Looks } from '../../../shared/contracts/look.ts';
import type { DiscoverFunctionsOutput, WarmUps } from '../../../shared/contracts/manifest.ts';
import { parseRunTaskInput, type RunContext } from '../../../shared/contracts/run.ts';
import { warmUpsOf } from '../../../shared/domain/night/eligibility/kept-warm.ts';
import type { ListedFunction } from '../../../shared/domain/night/eligibility/listed-function.ts';
import type { Place } from '../../../shared/domain/organization/place.ts';
import { placedSources } from '../../../shared/observability/evidence-sources.ts';
import { type SortedFunctions, sortFunctions } from './sort-functions.ts';

export interface DiscoverFunctionsDependencies {
  catalog: FunctionCatalog;
  tags: FunctionTags;
  ledger: Pick<FunctionLedger, 'getFunctions' | 'markRevertedByDeploy'>;
  artifacts: Pick<Artifacts, 'writeJson'>;
  looks: Pick<RememberedLooks, 'read'>;
  /** Settings of ours that fight cold starts: calls of our own are none of the function's. */
  coldStartSettings: Pick<SettingRecords, 'list'>;
  stackName: string;
  /** Accounts and regions besides the hub's own. @default - none */
  places?: readonly Place[];
}

/**
 * Places listed beside each other: each has a control plane of its own, and where a region never answers, which takes over
 * a minute to find out, half of an organization may be in it.
 */
const PLACES_AT_ONCE = 50;

/**
 * Lists the functions of every account and region and sorts them into the night's manifest and its exclusions. Listing
 * and tags are one sequence of pages each and independent, so they run side by side: 10,000 functions are 200 and at most
 * 100 calls. A spoke that does not answer is left out by name; without the hub's own functions there is no night.
 */
export async function discoverFunctions(
  event: unknown,
  dependencies: DiscoverFunctionsDependencies,
): Promise<DiscoverFunctionsOutput> {
  const { run } = parseRunTaskInput('discover-functions input', event);
  const sources = placedSources(run.accountNames);
  const sorted: SortedFunctions = { manifest: [], exclusions: [], newlyReverted: [] };
  const looks = await dependencies.looks.read(run);
  const settings = await sources.at(undefined).ask('History', () => dependencies.coldStartSettings.list());
  const warmUps = warmUpsOf(settings.available ? settings.value.values() : []);
  const places = [undefined, ...(dependencies.places ?? [])];
  for (let start = 0; start < places.length; start += PLACES_AT_ONCE) {
    const group = places.slice(start, start + PLACES_AT_ONCE);
    const found = await Promise.all(
      group.map((place) => sortPlace(place, { run, looks, warmUps, sources }, dependencies)),
    );
    for (const each of found) {
      sorted.manifest.push(...each.manifest);
      sorted.exclusions.push(...each.exclusions);
      sorted.newlyReverted.push(...each.newlyReverted);
    }
  }
  // The ledger is the hub's, whosever functions it speaks of.
  await markReverted(sorted.newlyReverted, run, sources.at(undefined), dependencies);
  const written = await writeResult(run, sorted, dependencies.artifacts);
  return { ...written, ...sources.told };
}

const NOTHING: SortedFunctions = { manifest: [], exclusions: [], newlyReverted: [] };

/** What is the same wherever a function is. */
interface Tonight {
  run: RunContext;
  /** By the name that a function is known by, as in the ledger: another account's of the same name has another. */
  looks: Looks;
  warmUps: ReadonlyMap<string, WarmUps>;
  sources: PlacedSources;
}

async function sortPlace(
  place: Place | undefined,
  { run, looks, warmUps, sources }: Tonight,
  dependencies: DiscoverFunctionsDependencies,
): Promise<SortedFunctions> {
  const { ledger, stackName } = dependencies;
  const found = await (place === undefined
    ? lookHere(sources.at(place), dependencies)
    : lookThere(place, sources.at(place), dependencies));
  if (found === undefined) return NOTHING;
  const { listed, tags } = found;
  const names = listed.map((each) => each.functionName);
  const records = await sources.at(undefined).ask('History', () => ledger.getFunctions(names));
  return sortFunctions({ listed, tags, records, looks, warmUps, run, ownStackName: stackName });
}

interface FoundFunctions {
  listed: ListedFunction[];
  tags: SourceAnswer<TagsByArn>;
}

async function lookHere(
  sources: EvidenceSources,
  { catalog, tags }: DiscoverFunctionsDependencies,
): Promise<FoundFunctions> {
  const asked = sources.ask('Tags', () => tags.listFunctionTags());
  const [listed, answer] = await Promise.all([catalog.listFunctions(), asked]);
  return { listed, tags: answer };
}

/** Undefined where the spoke does not say what functions it has: it is not asked for their tags then. */
async function lookThere(
  place: Place,
  sources: EvidenceSources,
  { catalog, tags }: DiscoverFunctionsDependencies,
): Promise<FoundFunctions | undefined> {
  const listed = await sources.ask('Functions', () => catalog.listFunctions(place));
  if (!listed.available) return undefined;
  return { listed: listed.value, tags: await sources.ask('Tags', () => tags.listFunctionTags(place)) };
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
