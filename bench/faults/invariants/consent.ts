import { type Effect, isSame, type Size } from '../world/effect-log.ts';
import type { Evidence } from '../world/evidence.ts';
import { functionsIn } from './functions.ts';
import { changesIn, type Proposal, proposalsIn, remediationsIn } from './records.ts';
import { saidAbout } from './said.ts';

/** As the documentation spells it. */
const OPT_OUT_TAG = 'rightsizer:exclude';
/** Tasks of the night that write to customers' functions. */
const NIGHT_TASKS = new Set(['apply-change', 'roll-back-change', 'finish-shift']);

/**
 * Every write of the night to a function was said yes to by a person before it, for this very size, or puts back what
 * stood there before such a change. What people said is the bench's own record, not the ledger's.
 */
export function writesWithoutConsent(evidence: Evidence): string[] {
  const proposals = proposalsIn(evidence.ledger);
  return evidence.effects
    .filter(({ task, call }) => NIGHT_TASKS.has(task) && call.startsWith('Lambda.'))
    .flatMap((effect) => (isConsented(effect, proposals, evidence) ? [] : [`${inWords(effect)} without consent`]));
}

function isConsented(effect: Effect, proposals: readonly Proposal[], evidence: Evidence): boolean {
  const functionName = String(effect.input['FunctionName']);
  const approved = proposals.filter(
    (each) => each.functionName === functionName && isBacked(each, effect, proposals, evidence),
  );
  if (effect.call !== 'Lambda.UpdateFunctionConfiguration') return approved.some(({ assessment }) => assessment.target);
  const written = sizeOf(effect.input);
  return approved.some(
    ({ assessment }) => isSame(assessment.recommended, written) || isSame(assessment.current, written),
  );
}

/** By a person's yes to it, or to an earlier one of the function whose question named this size and day. */
function isBacked(proposal: Proposal, effect: Effect, proposals: readonly Proposal[], evidence: Evidence): boolean {
  if (proposal.decision?.by.kind !== 'consent') return saidYes(proposal, effect, evidence);
  const { current, recommended } = proposal.assessment;
  return proposals.some(
    (earlier) =>
      earlier.functionName === proposal.functionName &&
      earlier.createdAt < proposal.createdAt &&
      earlier.decision?.by.kind !== 'consent' &&
      earlier.covers !== undefined &&
      isWithin(earlier.covers, current, recommended) &&
      effect.atMs < Date.parse(earlier.covers.until) &&
      saidYes(earlier, effect, evidence),
  );
}

const isWithin = (covers: NonNullable<Proposal['covers']>, current: Size, recommended: Size): boolean =>
  recommended.memorySizeMb >= covers.leastMemorySizeMb &&
  recommended.memorySizeMb <= covers.mostMemorySizeMb &&
  recommended.timeoutSeconds >= current.timeoutSeconds &&
  recommended.timeoutSeconds <= (covers.mostTimeoutSeconds ?? current.timeoutSeconds);

/** A person said yes, to this proposal, while it was asked, and before the write. */
const saidYes = (proposal: Proposal, { atMs }: Effect, evidence: Evidence): boolean =>
  proposal.status === 'approved' &&
  saidAbout(proposal, evidence).some(
    (said) => said.decision === 'approved' && said.atMs <= atMs && said.atMs <= Date.parse(proposal.expiresAt),
  );

/** Owners who said that their functions are left alone are not even asked. */
export function askedDespiteOptOut(evidence: Evidence): string[] {
  const optedOut = new Set(
    functionsIn(evidence)
      .filter(({ record }) => record.tags.get(OPT_OUT_TAG) === 'true')
      .map(({ functionName }) => functionName),
  );
  return proposalsIn(evidence.ledger)
    .filter(({ functionName }) => optedOut.has(functionName))
    .map(({ functionName, runId }) => `${functionName} was proposed in ${runId}, and its owner said to leave it alone`);
}

/** By day: every write belongs to a remediation that policy allows or somebody approved, with its very figures. */
export function writesWithoutRemediation(evidence: Evidence): string[] {
  const records = remediationsIn(evidence.ledger);
  const changes = changesIn(evidence.ledger);
  return evidence.effects
    .filter(({ task, call }) => task === 'remediate' && !call.startsWith('CloudWatch.'))
    .flatMap((effect) => {
      const { functionName, tableName } = subjectOf(effect);
      const about = records.filter(
        ({ action }) => action.functionName === functionName && action.tableName === tableName,
      );
      const isOurs =
        about.some(({ action }) => isWrittenBy(action, effect)) ||
        (about.some(({ action }) => action.kind === 'RollBackChange') &&
          changes.some(
            (change) => change.functionName === functionName && isSame(change.before, sizeOf(effect.input)),
          ));
      if (!isOurs) return [`${inWords(effect)}, which no remediation of the ledger decided`];
      const subject = functionName ?? tableName;
      const isAsked =
        evidence.asksFirst !== true ||
        evidence.consents.some(
          (each) => each.functionName === subject && each.decision === 'approved' && each.atMs <= effect.atMs,
        );
      return isAsked ? [] : [`${inWords(effect)} without consent`];
    });
}

function subjectOf({ input }: Effect): { functionName: string | undefined; tableName: string | undefined } {
  const table = input['TableName'] ?? /^table\/(.+)$/.exec(String(input['ResourceId']))?.[1];
  return { functionName: input['FunctionName'] as string | undefined, tableName: table as string | undefined };
}

/** Whether a write sets what the action ends or begins with (an undo exchanges the two). */
function isWrittenBy(action: { before?: unknown; after?: unknown }, { input }: Effect): boolean {
  const written = [
    input['MemorySize'] === undefined ? undefined : sizeOf(input),
    input['ReservedConcurrentExecutions'],
    input['ProvisionedConcurrentExecutions'],
    unitsOf(input['ProvisionedThroughput']),
    input['MaxCapacity'],
  ].find((each) => each !== undefined);
  return [action.before, action.after].some((each) => JSON.stringify(sorted(each)) === JSON.stringify(sorted(written)));
}

const unitsOf = (throughput: unknown): object | undefined => {
  if (throughput === undefined) return undefined;
  const { ReadCapacityUnits: readUnits, WriteCapacityUnits: writeUnits } = throughput as Record<string, number>;
  return { readUnits, writeUnits };
};

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).toSorted()) : value;

const sizeOf = (input: Record<string, unknown>): Size => ({
  memorySizeMb: Number(input['MemorySize']),
  timeoutSeconds: Number(input['Timeout']),
});

const inWords = ({ task, call, input }: Effect): string => {
  const { FunctionName, Name, MemorySize, Timeout } = input;
  return `${task} called ${call} ${JSON.stringify({ FunctionName, Name, MemorySize, Timeout })}`;
};
