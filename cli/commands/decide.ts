import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import type { DecisionResult, Ledger } from '../../shared/clients/ledger/ledger.ts';
import type { Decision } from '../../shared/contracts/decision.ts';
import type { ProposalRecord } from '../../shared/contracts/ledger.ts';
import { groupProposals } from '../../shared/domain/approval/proposal/group-proposals.ts';
import { isOpen } from '../../shared/domain/approval/proposal/is-open.ts';
import { counted } from '../../shared/domain/approval/proposal/wording.ts';
import { FUNCTION_NAME_OR_ARN } from '../../shared/domain/organization/place.ts';
import { callerIdentity } from '../clients/caller-identity.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { problemsOfText } from '../input/spoken-text.ts';
import { refuse } from '../input/usage-error.ts';
import { table } from '../output/table.ts';
import { requireRun } from '../runs/require-run.ts';

export interface DecideOptions extends PlaceOptions {
  run?: string;
  all?: boolean;
  /** Functions, each for all that is asked about with it. */
  group?: string[];
  note?: string;
  name?: string;
  onlyThisStep?: boolean;
}

/** What came of one function's decision. */
interface Answer {
  functionName: string;
  result: 'accepted' | 'already-decided' | 'expired' | 'not-found';
  /** Who decided before, where somebody did. */
  decidedBy?: string;
}

/** Writes in flight at once. */
const WRITES_AT_ONCE = 25;

/**
 * Approves or rejects by writing to the ledger under the caller's IAM identity; the first decision wins, and whoever
 * comes second is told. What is decided reaches the waiting run through the ledger's stream.
 */
export async function decide(
  decision: Decision['decision'],
  functionNames: readonly string[],
  options: DecideOptions,
  { environment, colors }: Pick<Terminal, 'environment' | 'colors'>,
  nowMs: number,
): Promise<CommandResult> {
  refuse(problemsOf(functionNames, options));
  const { ledgerTable } = await findResources(['ledgerTable'], options, environment);
  const ledger = createLedger(ledgerTable);
  const { runId } = await requireRun(ledger, options.run!);
  const asked = options.all || options.group ? await ledger.listProposals(runId) : [];
  const open = options.all ? openNames(asked, nowMs) : namesOfGroups(options.group ?? [], asked, nowMs);
  const names = [...new Set([...functionNames, ...open])];
  if (names.length === 0) {
    return { json: { runId, decision, accepted: 0, answers: [] }, text: 'Nothing waits for a decision.', exitCode: 0 };
  }
  const written: Decision = {
    decision,
    by: await callerIdentity(options.name),
    at: new Date(nowMs).toISOString(),
    ...(options.note !== undefined && { note: options.note.trim() }),
    ...(options.onlyThisStep === true && { onlyThisStep: true }),
  };
  const answers = await decideEach(ledger, runId, names, written);
  const accepted = answers.filter(({ result }) => result === 'accepted').length;
  return {
    json: { runId, decision, decidedBy: written.by, accepted, answers },
    text: describe(answers, decision, colors),
    exitCode: accepted === answers.length ? 0 : 1,
  };
}

function problemsOf(functionNames: readonly string[], options: DecideOptions): (string | false | undefined)[] {
  const named = [...functionNames, ...(options.group ?? [])];
  return [
    options.run === undefined && '--run is missing: which run do you decide about? "rightsizer pending" shows it',
    named.length === 0 && !options.all && 'name the functions to decide about, or give --group or --all',
    named.length > 0 && options.all && 'give either functions or --all, not both',
    ...named
      .filter((name) => !FUNCTION_NAME_OR_ARN.test(name))
      .map((name) => `${JSON.stringify(name)} is not a function's name (1 to 64 letters, digits, - and _) or ARN`),
    ...problemsOfText(options),
  ];
}

const openNames = (proposals: readonly ProposalRecord[], nowMs: number): string[] =>
  proposals.filter((each) => isOpen(each, nowMs)).map(({ functionName }) => functionName);

/** What waits of each group, which any of its functions names; a group that the run never asked about is refused. */
function namesOfGroups(groups: readonly string[], asked: readonly ProposalRecord[], nowMs: number): string[] {
  const all = groupProposals(asked);
  const own = groups.map((name) => all.find(({ members }) => members.some((each) => each.functionName === name)));
  refuse(groups.map((name, at) => own[at] === undefined && `this run proposes nothing about ${JSON.stringify(name)}`));
  return own.flatMap((each) => openNames(each!.members, nowMs));
}

async function decideEach(
  ledger: Pick<Ledger, 'decide'>,
  runId: string,
  names: readonly string[],
  decision: Decision,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let start = 0; start < names.length; start += WRITES_AT_ONCE) {
    const group = names.slice(start, start + WRITES_AT_ONCE);
    const results = await Promise.all(group.map((name) => ledger.decide(runId, name, decision)));
    answers.push(...results.map((result, at) => answerOf(group[at]!, result)));
  }
  return answers;
}

function answerOf(functionName: string, result: DecisionResult): Answer {
  if (result.accepted) return { functionName, result: 'accepted' };
  const before = result.proposal?.decision;
  return {
    functionName,
    result: result.why,
    ...(before && { decidedBy: `${before.decision} by ${before.by.name}` }),
  };
}

const WORDS: Readonly<Record<Answer['result'], string>> = {
  accepted: 'decided',
  'already-decided': 'decided before; the first decision counts',
  expired: 'the time to decide is over',
  'not-found': 'not proposed in this run',
};

function describe(answers: readonly Answer[], decision: Decision['decision'], colors: boolean): string {
  const accepted = answers.filter(({ result }) => result === 'accepted').length;
  const headline = `${counted(accepted, 'change')} ${decision}.`;
  const others = answers.filter(({ result }) => result !== 'accepted');
  if (others.length === 0) return headline;
  const rows = table(
    [
      { heading: 'Function', value: (answer: Answer) => answer.functionName },
      { heading: 'Not decided', value: ({ result }) => WORDS[result] },
      { heading: 'Standing decision', value: ({ decidedBy }) => decidedBy },
    ],
    others,
    colors,
  );
  return `${headline}\n\n${rows}`;
}
