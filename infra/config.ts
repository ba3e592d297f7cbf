import type { Node } from 'constructs';
import * as v from 'valibot';
import { parseContract } from '../shared/contracts/parse.ts';
import { InvalidConfigurationError, InvalidInputError } from '../shared/errors.ts';
import { readContext } from './configuration/context.ts';
import { crossCheck } from './configuration/cross-checks.ts';
import { allowedAt } from './configuration/field-tree.ts';
import { type StageConfiguration, stageFields } from './configuration/fields.ts';

export type { StageConfiguration } from './configuration/fields.ts';

/**
 * The stage configuration from the app's context.
 *
 * @throws InvalidConfigurationError naming every problem: what was given, and what is allowed.
 */
export function loadConfiguration(node: Node, now: Date): StageConfiguration {
  return parseConfiguration(readContext(node), now);
}

/** Validates a configuration; `now` only decides which starts of the schedule lie ahead. */
export function parseConfiguration(given: unknown, now: Date): StageConfiguration {
  const problems = [...fieldProblems(given), ...crossCheck(validParts(given), now)];
  if (problems.length > 0) {
    throw new InvalidConfigurationError(`stage configuration is invalid: ${problems.join('; ')}`);
  }
  return v.parse(stageFields, given);
}

function fieldProblems(given: unknown): string[] {
  try {
    parseContract('stage configuration', stageFields, given);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.problems.map(withAllowedValues);
  }
}

/** The schema's own words say what is wrong; the documentation says what would be right. */
function withAllowedValues(problem: string): string {
  const allowed = allowedAt(problem.slice(0, problem.indexOf(': ')).replace('(whole input)', ''));
  return allowed === undefined ? problem : `${problem}, allowed: ${allowed}`;
}

/** What of a wrong configuration is right by itself, so that rules between fields are checked in the same go. */
function validParts(given: unknown): Partial<StageConfiguration> {
  if (typeof given !== 'object' || given === null) return {};
  const entries = Object.entries(stageFields.entries as Record<string, v.GenericSchema>).flatMap(([name, schema]) => {
    const parsed = v.safeParse(schema, (given as Record<string, unknown>)[name]);
    return parsed.success ? [[name, parsed.output]] : [];
  });
  return Object.fromEntries(entries);
}
