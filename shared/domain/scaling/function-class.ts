import { CLASS_TAG } from '../alarms/select-watched.ts';

/** The brief's classes, as values of the tag `rightsizer:class`. */
export const FUNCTION_CLASSES = ['critical', 'standard', 'batch'] as const;
export type FunctionClass = (typeof FUNCTION_CLASSES)[number];

/** A function or table with this tag (any value but "false") is scaled; a number is the wanted reservation itself. */
export const AUTO_SCALING_TAG = 'rightsizer:auto-scaling';

export type Tags = Readonly<Record<string, string>>;

/** The class a function's owner gave it; undefined when none was given, or one that is not known. */
export function readClass(tags: Tags): FunctionClass | undefined {
  const given = tags[CLASS_TAG]?.toLowerCase();
  return FUNCTION_CLASSES.find((each) => each === given);
}

/** Whether a tag is there and does not say "false". */
export const isTagged = (tags: Tags, key: string): boolean =>
  tags[key] !== undefined && tags[key].toLowerCase() !== 'false';

export { CLASS_TAG };
