import { CLASS_TAG } from '../alarms/select-watched.ts';

/** The brief's classes, as values of the tag `rightsizer:class`. */
export const FUNCTION_CLASSES = ['critical', 'standard', 'batch'] as const;
export type FunctionClass = (typeof FUNCTION_CLASSES)[number];

/** A function or table whose tag says yes is scaled; on a function a number is the wanted reservation itself. */
export const AUTO_SCALING_TAG = 'rightsizer:auto-scaling';

export type Tags = Readonly<Record<string, string>>;

/** The class a function's owner gave it; undefined when none was given, or one that is not known. */
export function readClass(tags: Tags): FunctionClass | undefined {
  const given = tags[CLASS_TAG]?.toLowerCase();
  return FUNCTION_CLASSES.find((each) => each === given);
}

/** Whether a tag is there and does not say "false": the safe reading of a tag that keeps us away. */
export const isTagged = (tags: Tags, key: string): boolean =>
  tags[key] !== undefined && tags[key].toLowerCase() !== 'false';

const YES = ['', 'true', 'yes', 'on'];
const NO = ['false', 'no', 'off', '0'];
const WHOLE_NUMBER = /^\d+$/;

/**
 * The safe reading of a tag that asks us to do something: only what says yes, or how much, does. `unclear` is a value that says
 * neither; its owner meant something, and is told so instead.
 */
export function readOptIn(tags: Tags, key: string): 'yes' | 'no' | 'unclear' {
  const value = tags[key]?.trim().toLowerCase();
  if (value === undefined || NO.includes(value)) return 'no';
  return YES.includes(value) || WHOLE_NUMBER.test(value) ? 'yes' : 'unclear';
}

/** Why an unclear tag is not followed. */
export const unclearTag = (tags: Tags, key: string, alsoAllowed = ''): string =>
  `tag ${key} is '${tags[key]}'; ${alsoAllowed}true or false can be said`;

export { CLASS_TAG };
