import { createAliasReader } from '../../shared/clients/lambda/alias-reader.ts';
import { createAliasRouter } from '../../shared/clients/lambda/alias-router.ts';
import { createFunctionConfigurations } from '../../shared/clients/lambda/function-configuration.ts';
import { createLedger, createRemediations } from '../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../shared/clock.ts';
import type { ChangeRecord } from '../../shared/contracts/ledger.ts';
import { configurationChange } from '../../shared/domain/approval/proposal/wording.ts';
import { callerIdentity } from '../clients/caller-identity.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { problemsOfText } from '../input/spoken-text.ts';
import { refuse, UsageError } from '../input/usage-error.ts';
import { printable } from '../output/table.ts';
import { rollBackByHand } from '../rollback/roll-back-by-hand.ts';

export interface RollbackOptions extends PlaceOptions {
  run?: string;
  note?: string;
  name?: string;
  coolDownDays: string;
}

/** Nothing was written by these, or it is taken back already. */
const NOTHING_TO_UNDO: readonly ChangeRecord['status'][] = [
  'applying',
  'Rejected',
  'Expired',
  'Refused',
  'AwaitingDeployment',
  'RolledBack',
];

/** Takes one change back, under the caller's IAM identity and by the rules of the night's own rollback. */
export async function rollback(
  functionName: string,
  options: RollbackOptions,
  { environment }: Pick<Terminal, 'environment'>,
): Promise<CommandResult> {
  const coolDownDays = Number(options.coolDownDays);
  refuse([
    options.run === undefined &&
      '--run is missing: which change do you take back? "rightsizer history <function>" shows them',
    !(coolDownDays >= 0) && `--cool-down-days is ${options.coolDownDays}, allowed is a number of days, 0 or more`,
    ...problemsOfText(options),
  ]);
  const { ledgerTable } = await findResources(['ledgerTable'], options, environment);
  const ledger = createLedger(ledgerTable);
  const change = requireUndoable(await ledger.listChanges(functionName), functionName, options.run!);
  const by = await callerIdentity(options.name);
  const answer = await rollBackByHand(
    change,
    { by, note: options.note, coolDownDays },
    {
      ledger,
      functions: createRemediations(ledgerTable),
      configurations: createFunctionConfigurations(),
      aliases: { ...createAliasReader(), ...createAliasRouter() },
      clock,
    },
  );
  const what = configurationChange(change.after, change.before);
  return {
    json: { functionName, runId: change.runId, ...answer },
    text: printable(`${functionName}: ${answer.rolledBack ? what : 'not rolled back'}; ${answer.reason}`),
    exitCode: answer.rolledBack ? 0 : 1,
  };
}

/** The change as the ledger has it; throws UsageError where there is none, or nothing in it to take back. */
function requireUndoable(changes: readonly ChangeRecord[], functionName: string, runId: string): ChangeRecord {
  const change = changes.find((each) => each.runId === runId);
  if (change === undefined)
    throw new UsageError([
      `the ledger knows no change of run ${JSON.stringify(runId)} to ${JSON.stringify(functionName)}`,
    ]);
  if (NOTHING_TO_UNDO.includes(change.status))
    throw new UsageError([`there is nothing to take back: the change is ${change.status}`]);
  const later = changes.find((each) => each.startedAt > change.startedAt && !NOTHING_TO_UNDO.includes(each.status));
  if (later !== undefined)
    throw new UsageError([`run ${later.runId} changed the function later; take that change back first`]);
  return change;
}
