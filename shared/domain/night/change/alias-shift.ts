import type { ChangeTarget } from '../../../contracts/assessment.ts';
import type { ChangeRecord } from '../../../contracts/ledger.ts';
import type { LiveAlias } from './live-function.ts';

/** Share of an alias's traffic that a new version has to prove itself on. */
export const FIRST_WEIGHT = 0.1;

export type AliasChange = Pick<ChangeRecord, 'shift'> & { target: ChangeTarget };

/**
 * Where an alias stands between the old version and ours.
 *
 * `untouched`: all traffic goes to the old version. `shifting`: our version has its share. `finished`: it has all.
 * `moved`: somebody led the alias elsewhere and our share is still on it. `foreign`: weights or a version of somebody
 * else, none of our business. `gone`: there is no such alias.
 */
export type ShiftState =
  | { kind: 'untouched' | 'shifting' | 'finished' }
  | { kind: 'moved' | 'foreign' | 'gone'; reason: string };

export function shiftState({ target, shift }: AliasChange, alias: LiveAlias | undefined): ShiftState {
  if (alias === undefined) return { kind: 'gone', reason: `alias ${target.aliasName} was deleted` };
  const { functionVersion, weights } = alias;
  const ours = shift?.version;
  if (Object.keys(weights).length === 0) {
    if (functionVersion === target.functionVersion) return { kind: 'untouched' };
    if (functionVersion === ours) return { kind: 'finished' };
    return { kind: 'foreign', reason: movedTo(alias) };
  }
  if (!isOurShare(weights, ours)) {
    return { kind: 'foreign', reason: `somebody else shifts traffic of alias ${alias.name} (${inWords(weights)})` };
  }
  return functionVersion === target.functionVersion ? { kind: 'shifting' } : { kind: 'moved', reason: movedTo(alias) };
}

function isOurShare(weights: LiveAlias['weights'], ours: string | undefined): boolean {
  return ours !== undefined && Object.keys(weights).length === 1 && weights[ours] === FIRST_WEIGHT;
}

const movedTo = ({ name, functionVersion }: LiveAlias): string =>
  `a deployment moved alias ${name} to version ${functionVersion}`;

const inWords = (weights: LiveAlias['weights']): string =>
  Object.entries(weights)
    .map(([version, weight]) => `${Math.round(weight * 100)} % to version ${version}`)
    .join(', ');
