import { ErrorName } from '../errors.ts';
import { FieldReader } from './field-reader.ts';
import { parseAssign } from './parse-assign.ts';
import type { Catcher, Retrier } from './program.ts';

/** Longest time Step Functions accepts in seconds fields. */
export const MAX_SECONDS = 99_999_999;
/** `MaxDelaySeconds` must be below this (one year and a day). */
const MAX_DELAY_SECONDS = 31_622_400;

/** Names beginning with `States.` are reserved; these are the ones that exist. */
const KNOWN_STATES_ERRORS = new Set<string>([
  ...Object.values(ErrorName),
  'States.BranchFailed',
  'States.Http.Socket',
  'States.IntrinsicFailure',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.ResultPathMatchFailure',
]);

function parseErrorEquals(fields: FieldReader, isLast: boolean): string[] {
  const names = fields.strings('ErrorEquals');
  if (!names) {
    if (!fields.has('ErrorEquals')) fields.problem('ErrorEquals', 'is required');
    return [];
  }
  for (const name of names) {
    if (name.startsWith('States.') && !KNOWN_STATES_ERRORS.has(name)) {
      fields.problem('ErrorEquals', `names ${name}, which does not exist`);
    }
  }
  if (names.includes(ErrorName.all) && (names.length > 1 || !isLast)) {
    fields.problem('ErrorEquals', 'States.ALL must stand alone and in the last entry');
  }
  return names;
}

function parseRetrier(fields: FieldReader, isLast: boolean): Retrier {
  const retrier: Retrier = {
    errorEquals: parseErrorEquals(fields, isLast),
    intervalSeconds: fields.number('IntervalSeconds', { min: 1, max: MAX_SECONDS, integer: true }) ?? 1,
    maxAttempts: fields.number('MaxAttempts', { min: 0, max: MAX_SECONDS, integer: true }) ?? 3,
    backoffRate: fields.number('BackoffRate', { min: 1, max: Number.MAX_VALUE, integer: false }) ?? 2,
    maxDelaySeconds: fields.number('MaxDelaySeconds', { min: 1, max: MAX_DELAY_SECONDS - 1, integer: true }),
    fullJitter: fields.oneOf('JitterStrategy', ['FULL', 'NONE']) === 'FULL',
  };
  if (retrier.maxDelaySeconds !== undefined && retrier.maxDelaySeconds <= retrier.intervalSeconds) {
    fields.problem('MaxDelaySeconds', `must be greater than IntervalSeconds (${retrier.intervalSeconds})`);
  }
  fields.finish();
  return retrier;
}

function parseCatcher(fields: FieldReader, isLast: boolean): Catcher {
  const catcher: Catcher = {
    errorEquals: parseErrorEquals(fields, isLast),
    assign: parseAssign(fields),
    output: fields.template('Output'),
    next: fields.requiredString('Next'),
  };
  fields.finish();
  return catcher;
}

function parseEach<T>(state: FieldReader, name: string, parse: (fields: FieldReader, isLast: boolean) => T): T[] {
  const entries = state.array(name);
  return entries.map((entry, index) =>
    parse(
      new FieldReader(
        entry,
        `${state.path}.${name}[${index}]`,
        { ...state.context, isInCatcher: name === 'Catch' },
        `${name}[${index}]/`,
      ),
      index === entries.length - 1,
    ),
  );
}

export function parseRetry(state: FieldReader): Retrier[] {
  return parseEach(state, 'Retry', parseRetrier);
}

export function parseCatch(state: FieldReader): Catcher[] {
  return parseEach(state, 'Catch', parseCatcher);
}
