import type { Ledger } from '../../shared/clients/ledger/ledger.ts';
import type { ChangeRecord } from '../../shared/contracts/ledger.ts';
import type { NightReport } from '../../shared/contracts/night-report.ts';
import type { ChangedOutcome } from '../../shared/contracts/outcome.ts';
import type { WantedChange } from './wanted-change.ts';

/** Changes that are in production and that nothing has taken back, or that are left to the source. */
const STANDING: readonly ChangeRecord['status'][] = [
  'applied',
  'Verified',
  'Watching',
  'Unverified',
  'AwaitingDeployment',
];
/** Reads of the ledger at once. */
const READS_AT_ONCE = 25;

export interface ReadChanges {
  changes: WantedChange[];
  /** Functions that have no change to carry over, with why. */
  without: { functionName: string; reason: string }[];
}

/** What a run changed and still stands; a change that a later night took back is left out, and said. */
export async function changesOfRun(ledger: Pick<Ledger, 'getChange'>, report: NightReport): Promise<ReadChanges> {
  // What still waits for its deployment was carried over by the run that proposed it.
  const settled = report.settled.filter(({ kind }) => kind !== 'AwaitingDeployment');
  const outcomes = [...settled, ...report.changed].filter(({ kind }) => STANDING.includes(kind));
  const found: ReadChanges = { changes: [], without: [] };
  for (let start = 0; start < outcomes.length; start += READS_AT_ONCE) {
    const group = outcomes.slice(start, start + READS_AT_ONCE);
    const records = await Promise.all(group.map((each) => ledger.getChange(each.functionName, each.runId)));
    for (const [at, outcome] of group.entries()) addOutcome(found, outcome, records[at]);
  }
  return found;
}

function addOutcome(found: ReadChanges, outcome: ChangedOutcome, record: ChangeRecord | undefined): void {
  const { functionName, runId, before, after } = outcome;
  if (record !== undefined && !STANDING.includes(record.status)) {
    found.without.push({ functionName, reason: `its change ended as ${record.status} since` });
  } else if (before && after) {
    found.changes.push({ functionName, runId, before, after, ...ownerOf(record) });
  }
}

/** What functions are at by every change that stands: from before the first to after the last. */
export async function changesOfFunctions(
  ledger: Pick<Ledger, 'listChanges'>,
  functionNames: readonly string[],
): Promise<ReadChanges> {
  const found: ReadChanges = { changes: [], without: [] };
  for (const functionName of new Set(functionNames)) {
    const standing = (await ledger.listChanges(functionName))
      .filter(({ status }) => STANDING.includes(status))
      .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
    const [first, last] = [standing[0], standing.at(-1)];
    if (first === undefined || last === undefined) {
      found.without.push({ functionName, reason: 'the ledger knows no change of it that stands' });
    } else {
      const { runId, after } = last;
      found.changes.push({ functionName, runId, before: first.before, after, ...ownerOf(last) });
    }
  }
  return found;
}

function ownerOf(record: ChangeRecord | undefined): Pick<WantedChange, 'stackName' | 'logicalId'> {
  const { stackName, logicalId } = record?.assessment.owner ?? {};
  return { ...(stackName && { stackName }), ...(logicalId && { logicalId }) };
}
