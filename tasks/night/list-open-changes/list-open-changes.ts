import type { Artifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import type { ChangeLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { ListOpenChangesOutput, OpenChangeItem } from '../../../shared/contracts/change.ts';
import { isOfNewerRelease } from '../../../shared/contracts/ledger.ts';
import { parseRunTaskInput } from '../../../shared/contracts/run.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { watchedSources } from '../../../shared/observability/evidence-sources.ts';

export interface ListOpenChangesDependencies {
  ledger: Pick<ChangeLedger, 'listOpenChanges'>;
  artifacts: Pick<Artifacts, 'writeJson'>;
}

/** Writes the list of changes that no earlier run could settle to the run's folder; a dry run settles nothing. */
export async function listOpenChanges(
  event: unknown,
  { ledger, artifacts }: ListOpenChangesDependencies,
): Promise<ListOpenChangesOutput> {
  const { run } = parseRunTaskInput('list-open-changes input', event);
  const sources = watchedSources();
  const answer = await sources.ask('OpenChanges', async () => (run.dryRun ? [] : ledger.listOpenChanges()));
  // They stay watched, and the next night looks again; their functions are excluded by their own records.
  const open = answer.available ? answer.value : [];
  // A release that knows what they mean settles them when it is deployed again.
  const changes = open.filter((change) => !isOfNewerRelease(change));
  const left = open.length - changes.length;
  if (left > 0) sources.miss('OpenChanges', `${left} were made by a newer release of Rightsizer than is deployed`);
  const items: OpenChangeItem[] = changes
    .filter((change) => change.runId !== run.runId)
    .map(({ functionName, functionArn, runId }) => ({ functionName, functionArn, runId }));
  const openChangesKey = `${run.artifacts.prefix}/open-changes.json`;
  await artifacts.writeJson(openChangesKey, items);
  return {
    schemaVersion: SCHEMA_VERSION,
    openChangesKey,
    openChangeCount: items.length,
    ...sources.told,
  };
}
