import { SESSION_TROUBLES } from '../seam/place-troubles.ts';
import { placeOf, placeOfFunction, spokeRole } from '../seam/visit.ts';
import type { Abroad, Evidence, NightEnd, OutcomeLine, ReportLines } from '../world/evidence.ts';
import { type Change, changesIn } from './records.ts';

/** Tasks that write, and the one role that each takes on in another place. */
const WRITERS: readonly string[] = ['apply-change', 'roll-back-change', 'finish-shift'];

/** What is written to a function is written where it is, by the role of that very place and task; at home by no role of others. */
export function writesAsSomebodyElse({ effects }: Evidence): string[] {
  return effects
    .filter(({ task, call }) => WRITERS.includes(task) && call.startsWith('Lambda.'))
    .flatMap(({ task, call, input, visit }) => {
      const functionName = String(input['FunctionName']);
      const role = visit && spokeRole(visit.roleArn);
      const isRight =
        visit === undefined
          ? placeOfFunction(functionName) === undefined
          : placeOfFunction(functionName) === placeOf(visit) && role?.place === placeOf(visit) && role.purpose === task;
      const whom = visit === undefined ? 'the hub itself' : `${visit.roleArn} in ${visit.region}`;
      return isRight ? [] : [`${call} of ${functionName} was called by ${task} as ${whom}`];
    });
}

/** Where nothing else goes wrong, a place in trouble fails no night, and no function of any other place. */
export function neighboursSuffer({ nights, abroad }: Evidence): string[] {
  if (abroad?.isQuiet !== true) return [];
  return nights.flatMap((night) => {
    const { runId, status, error, report } = night;
    if (status !== 'SUCCEEDED')
      return [`${runId} ended as ${status} though only other places were in trouble: ${error}`];
    if (report === undefined) return [];
    const suffered = [...excludedFor('SourceUnavailable', report), ...failedIn(report)];
    return suffered
      .filter(({ functionName }) => !wasInTrouble(placeOfFunction(functionName), night, abroad))
      .map(({ functionName, reason }) => `${functionName} suffered in ${runId}, and its place is well: ${reason}`);
  });
}

const excludedFor = (why: string, { assessed }: ReportLines) =>
  assessed.filter(({ exclusionReason }) => exclusionReason === why);

const failedIn = ({ assessed, changed, settled }: ReportLines) =>
  [...assessed, ...changed, ...settled].filter(({ kind }) => kind === 'Failed');

/** The hub is never; that sessions end is nobody's trouble, since others are to be had. */
const wasInTrouble = (place: string | undefined, { fromMs, toMs }: NightEnd, { troubles }: Abroad): boolean =>
  troubles.some(
    (each) =>
      each.place === place && !SESSION_TROUBLES.includes(each.kind) && each.fromMs <= toMs && fromMs < each.toMs,
  );

/** A place that is away from the beginning of a night is named in its report, and nothing is told of its functions. */
export function untoldPlaces({ nights, abroad }: Evidence): string[] {
  return nights.flatMap(({ runId, report, fromMs, toMs }) => {
    if (report === undefined || abroad === undefined) return [];
    const away = abroad.troubles.filter(
      (each) => !SESSION_TROUBLES.includes(each.kind) && each.fromMs <= fromMs && toMs <= each.toMs,
    );
    return away.flatMap(({ place, kind }) => {
      const assessed = report.assessed.filter(({ functionName }) => placeOfFunction(functionName) === place);
      return [
        ...(isNamed(place, report) ? [] : [`${place} ${kind}, and the report of ${runId} does not say so`]),
        ...assessed.map(({ functionName }) => `${functionName} was assessed in ${runId}, and its place ${kind}`),
      ];
    });
  });
}

/** Whether the report says that a place did not tell what functions it has. */
export function isNamed(place: string, { unavailableSources = [] }: ReportLines): boolean {
  const [accountId = '', region = ''] = place.split('/');
  return unavailableSources.some(
    ({ source }) => source.startsWith('Functions of') && source.includes(accountId) && source.endsWith(` in ${region}`),
  );
}

/** Where nothing else goes wrong, what got worse is put back, at the latest in the night in which its place is back. */
export function forgottenRollbacks({ ledger, nights, abroad }: Evidence): string[] {
  if (abroad?.isQuiet !== true) return [];
  const lines = nights.flatMap(({ report }): readonly OutcomeLine[] => [
    ...(report?.changed ?? []),
    ...(report?.settled ?? []),
  ]);
  return abroad.regressed.flatMap((functionName) => {
    const [first] = changesIn(ledger)
      .filter((each) => each.functionName === functionName)
      .toSorted((a, b) => a.runId.localeCompare(b.runId));
    if (first === undefined || isSettled(first)) return [];
    const told = lines
      .filter((each) => each.functionName === functionName)
      .map(({ kind, reason }) => `${kind} (${reason})`);
    return [`${functionName} got worse by its change of ${first.runId}, which is ${first.status}: ${told.join(', ')}`];
  });
}

/** It was put back or never made; a longer timeout makes nobody slower, and stays. */
const isSettled = ({ status, before, after }: Change): boolean =>
  ['RolledBack', 'Refused'].includes(status) || before.memorySizeMb === after.memorySizeMb;
