import type { Node } from 'constructs';
import * as v from 'valibot';
import { InvalidConfigurationError } from '../../shared/errors.ts';
import { fieldAt } from './field-tree.ts';

/** Key of the stage configuration in cdk.json's context; `-c rightsizer.<field>=<value>` overrides one field. */
export const CONTEXT_KEY = 'rightsizer';
const OVERRIDE_PREFIX = `${CONTEXT_KEY}.`;

type Values = { [key: string]: unknown };

/**
 * The stage configuration as given, not validated: cdk.json's object with single-field overrides laid over it. The
 * command line knows only strings: a value that the field does not take as a string is read as JSON, and a list also as
 * one plain value or several separated by commas.
 */
export function readContext(node: Node): unknown {
  const base = stageObject(node.tryGetContext(CONTEXT_KEY) ?? {});
  if (!isObject(base)) return base;
  const configuration = structuredClone(base);
  for (const [key, value] of Object.entries(node.getAllContext() as Values)) {
    if (key.startsWith(OVERRIDE_PREFIX)) override(configuration, key.slice(OVERRIDE_PREFIX.length), value);
  }
  return configuration;
}

/** `-c rightsizer='{…}'` arrives as text. */
function stageObject(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new InvalidConfigurationError(
      `stage configuration is invalid: context ${CONTEXT_KEY} is ${JSON.stringify(value)}, allowed is a JSON object`,
    );
  }
}

function override(configuration: Values, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce<Values>((object, key) => {
    if (!isObject(object[key])) object[key] = {};
    return object[key] as Values;
  }, configuration);
  parent[last] = typeof value === 'string' ? fromCommandLine(path, value) : value;
}

function fromCommandLine(path: string, text: string): unknown {
  const field = fieldAt(path);
  if (field !== undefined && v.is(field, text)) return text;
  const value = jsonOr(text);
  // A list may be JSON, one plain value, or several with commas between them.
  if (Array.isArray(value) || field === undefined || !v.is(field, [])) return value;
  return text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
