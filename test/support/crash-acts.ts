import type { ChangeRecord, ProposalRecord } from '../../shared/contracts/ledger.ts';
import type { ChangedOutcome } from '../../shared/contracts/outcome.ts';
import { applyChange } from '../../tasks/night/apply-change/apply-change.ts';
import { recordOutcome } from '../../tasks/night/record-outcome/record-outcome.ts';
import { APPROVED, assessment, changeTaskInput, FUNCTION_NAME, functionArn, proposal } from './builders.ts';
import type { CrashWorld } from './crash-world.ts';

export const NOW_MS = Date.parse('2026-11-23T08:00:10Z');
export const RUN_ID = 'scheduled-2026-11-23';
export const ALIAS = { kind: 'alias', aliasName: 'live', functionVersion: '1' } as const;
/** More calls than any of the tasks makes. */
export const MOST_CALLS = 60;

/** What became of the function, its alias and its records. */
export async function stateOf({ ledger, live, alias, ledgers: { account, run } }: CrashWorld) {
  const [found, proposed, functions] = await run(async () => {
    return [
      await ledger.getChange(FUNCTION_NAME, RUN_ID),
      await ledger.getProposal(RUN_ID, FUNCTION_NAME),
      await ledger.getFunctions([FUNCTION_NAME]),
    ] as const;
  });
  const record = functions.get(FUNCTION_NAME);
  return {
    memorySizeMb: live.configuration.MemorySize,
    versions: live.versions.length,
    writes: account.calls.get('Lambda.UpdateFunctionConfiguration') ?? 0,
    alias,
    change: found?.status,
    open: record?.open?.kind,
    observations: record?.observations.length,
    outcome: proposed?.outcome?.kind,
  };
}

/** A proposal that a person approved, and the function claimed for it. */
export async function approve(world: CrashWorld, overrides: Partial<ProposalRecord['assessment']> = {}): Promise<void> {
  const assessed = assessment({ codeSha256: world.codeSha256, ...overrides });
  await world.run(async () => {
    const at = new Date(NOW_MS).toISOString();
    const { functionName, functionArn: arn } = assessed;
    await world.ledger.claim({ functionName, functionArn: arn, baselineMemorySizeMb: 1024, runId: RUN_ID, at });
    await world.ledger.putProposal(proposal({ status: 'approved', decision: APPROVED, assessment: assessed }));
  });
}

/** The change as ApplyChange leaves it. */
export async function applied(world: CrashWorld, overrides: Partial<ChangeRecord> = {}): Promise<void> {
  const { target } = overrides;
  await approve(world, target && { target });
  await world.run(() => applyChange(changeTaskInput(), world.clients));
}

/** Ends the change that way. */
export function record(clients: CrashWorld['clients'], kind: ChangedOutcome['kind'], input: object = {}) {
  const event = { ...changeTaskInput(), functionArn: functionArn(), kind, reason: 'because', ...input };
  return recordOutcome(event, { ...clients, coolDownDays: 14 });
}
