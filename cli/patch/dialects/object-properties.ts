import type { Definition, Site } from '../definition.ts';
import { insertAfter, insertBefore } from '../text/insertion.ts';
import { placeAt } from '../text/position.ts';
import { durationSite, numberSite } from './cdk-values.ts';
import { durationName } from './duration-name.ts';
import { childrenOf, isA, type Syntax, textOf } from './syntax.ts';

/** The properties of an object literal, in the order that decides which of two counts. */
export class Properties {
  readonly object: Syntax;
  readonly entries: readonly { at: Syntax; key?: string; value?: Syntax }[];

  constructor(object: Syntax) {
    this.object = object;
    this.entries = childrenOf(object)
      .filter((each) => isA(each, 'Property'))
      .map((at) => {
        const [first, , value] = childrenOf(at);
        if (isA(first, 'Spread')) return { at };
        const key = textOf(first!).replace(/^['"]|['"]$/g, '');
        return { at, key, value: value ?? first! };
      });
  }

  value(key: string): Syntax | undefined {
    return this.entries.findLast((each) => each.key === key)?.value;
  }

  /** The spread after a property, or after all of them, which decides instead. */
  overriddenBy(key: string): Syntax | undefined {
    const at = this.entries.findLastIndex((each) => each.key === key);
    return this.entries.slice(at + 1).find((each) => each.key === undefined)?.at;
  }
}

/** Both settings of a function, `CfnFunction` or a construct. */
export function sitesOf(object: Properties, className: string): Definition['sites'] {
  const bare = className === 'CfnFunction';
  return {
    memory: site(object, 'memorySize', numberSite, () => (value) => String(value)),
    timeout: site(object, 'timeout', bare ? numberSite : durationSite, () => {
      if (bare) return (value) => String(value);
      const duration = durationName(object.object.file);
      return duration === undefined ? undefined : (value) => `${duration}.seconds(${value})`;
    }),
  };
}

type Written = (value: number) => string;

function site(
  object: Properties,
  key: string,
  read: (key: string, value: Syntax) => Site,
  spelling: () => Written | undefined,
): Site {
  const value = object.value(key);
  if (value === undefined) return absent(object, key, spelling());
  const spread = object.overriddenBy(key);
  return spread ? fixed(value, `${textOf(spread)} stands after ${key} and may say another`) : read(key, value);
}

/** Added before the other properties, or after the last spread, which would decide otherwise. */
function absent({ entries, object }: Properties, key: string, spelled: Written | undefined): Site {
  const { file } = object;
  const first = entries[0]?.at;
  if (first === undefined) return fixed(object, `${key} is not said there, and nothing stands beside it`);
  if (spelled === undefined) return fixed(object, `${key} is not said there, and the file does not import Duration`);
  const spread = entries.findLast((each) => each.key === undefined)?.at;
  return {
    ...{ kind: 'writable', place: placeAt(file, (spread ?? first).node.from) },
    edit: (value) =>
      spread
        ? insertAfter(file.text, spread.node, `${key}: ${spelled(value)}`)
        : insertBefore(file.text, first.node.from, `${key}: ${spelled(value)}`, ','),
  };
}

/** A value that is not to be overwritten. */
export const fixed = ({ file, node }: Syntax, why: string): Site => ({
  ...{ kind: 'fixed', place: placeAt(file, node.from) },
  why,
});
