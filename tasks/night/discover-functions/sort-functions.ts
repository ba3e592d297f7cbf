import type { SourceAnswer } from '../../../shared/clients/evidence-sources.ts';
import type { TagsByArn } from '../../../shared/clients/tagging/function-tags.ts';
import type { FunctionRecord } from '../../../shared/contracts/ledger.ts';
import type { Looks } from '../../../shared/contracts/look.ts';
import type { Exclusion, ManifestEntry, WarmUps } from '../../../shared/contracts/manifest.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { exclusionFor } from '../../../shared/domain/night/eligibility/exclusion.ts';
import type { ListedFunction } from '../../../shared/domain/night/eligibility/listed-function.ts';
import { manifestEntry } from '../../../shared/domain/night/eligibility/manifest-entry.ts';
import { isRevertedByDeploy } from '../../../shared/domain/night/eligibility/reverted-by-deploy.ts';

export interface FunctionsToSort {
  listed: readonly ListedFunction[];
  /** By function ARN; unavailable: what owners said about their functions is not known tonight. */
  tags: SourceAnswer<TagsByArn>;
  /** By function name; unavailable: what earlier nights did with the functions is not known tonight. */
  records: SourceAnswer<ReadonlyMap<string, FunctionRecord>>;
  /** What nights remember of functions that they had nothing to ask about. */
  looks: Looks;
  /** Calls of our own that keep functions warm, by function name. @default - there are none */
  warmUps?: ReadonlyMap<string, WarmUps>;
  run: Pick<RunContext, 'runId' | 'runDate' | 'scope' | 'startedAt'>;
  ownStackName: string;
}

export interface SortedFunctions {
  manifest: ManifestEntry[];
  exclusions: Exclusion[];
  /** Names of functions whose last change of ours a deployment has reverted since the night before. */
  newlyReverted: string[];
}

/** Puts every listed function exactly once into the manifest or the exclusions, in the order of their names. */
export function sortFunctions({
  listed,
  tags,
  records,
  looks,
  warmUps,
  run,
  ownStackName,
}: FunctionsToSort): SortedFunctions {
  const sorted: SortedFunctions = { manifest: [], exclusions: [], newlyReverted: [] };
  const now = new Date(run.startedAt);
  for (const each of inOrder(listed)) {
    const own = tags.available ? (tags.value.get(each.functionArn) ?? {}) : {};
    const record = records.available ? records.value.get(each.functionName) : undefined;
    const { runId, runDate, scope } = run;
    const remembered = { look: looks[each.functionName], runDate };
    const exclusion = exclusionFor({
      ...{ listed: each, tags: own, record, remembered, runId, scope, ownStackName, now },
      ...(!tags.available && { tagsUnavailable: tags.reason }),
      ...(!records.available && { historyUnavailable: records.reason }),
    });
    const calls = warmUps?.get(each.functionName);
    if (exclusion === undefined)
      sorted.manifest.push({ ...manifestEntry(each, own, record, now), ...(calls && { warmUps: calls }) });
    else sorted.exclusions.push(exclusion);
    if (exclusion?.reason === 'RevertedByDeploy' && isRevertedByDeploy(each, record)) {
      sorted.newlyReverted.push(each.functionName);
    }
  }
  return sorted;
}

/** By name, once each: a function listed on two pages because others came or went meanwhile counts once. */
function inOrder(listed: readonly ListedFunction[]): ListedFunction[] {
  const byName = new Map(listed.map((each) => [each.functionName, each]));
  return [...byName.values()].sort((a, b) => (a.functionName < b.functionName ? -1 : 1));
}
