import type { Site } from '../definition.ts';
import { placeAt } from '../text/position.ts';
import { childrenOf, isA, lastName, type Syntax, textOf } from './syntax.ts';

const SECONDS_BY_UNIT: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600 };
const DIGITS = /^\d[\d_]*$/;

const numberOf = (text: string): number => Number(text.replaceAll('_', ''));

/** A setting whose value is a number: memory, and the timeout of a `CfnFunction`. */
export function numberSite(key: string, value: Syntax): Site {
  const { from, to } = value.node;
  const place = placeAt(value.file, from);
  const text = textOf(value);
  if (!isA(value, 'Number') || !DIGITS.test(text)) return computed(key, value);
  return {
    ...{ kind: 'writable', place, value: numberOf(text) },
    edit: (next) => ({ from, to, text: String(next) }),
  };
}

/** A timeout as `Duration.seconds(30)`: its number is overwritten, and its unit too where the new value is no multiple. */
export function durationSite(key: string, value: Syntax): Site {
  if (isA(value, 'Number')) return numberSite(key, value);
  const [callee, list] = childrenOf(value);
  if (!isA(value, 'CallExpression') || callee === undefined || list === undefined) return computed(key, value);
  const amounts = childrenOf(list).filter((each) => !isA(each, '(', ')', ','));
  const secondsEach = SECONDS_BY_UNIT[lastName(callee)];
  const [amount] = amounts;
  const readable = amounts.length === 1 && isA(amount, 'Number') && DIGITS.test(textOf(amount!));
  if (!readable || secondsEach === undefined || !/\bDuration\s*\.\s*\w+$/.test(textOf(callee))) {
    return computed(key, value);
  }
  const { from, to } = amount!.node;
  return {
    ...{ kind: 'writable', place: placeAt(value.file, from), value: numberOf(textOf(amount!)) * secondsEach },
    edit: (next) => {
      if (next % secondsEach === 0) return { from, to, text: String(next / secondsEach) };
      const unitFrom = callee.node.to - lastName(callee).length;
      return { from: unitFrom, to: value.node.to, text: `seconds(${next})` };
    },
  };
}

/** As TypeScript and Python declare names. */
const declarationOf = (name: string): RegExp =>
  new RegExp(`\\b(?:const|let|var)\\s+${name}\\b|^[ \\t]*${name}[ \\t]*(?::[^=\\n]+)?=(?!=)`, 'm');

function computed(key: string, value: Syntax): Site {
  const said = textOf(value).split('\n')[0]!.trim();
  return {
    ...(/^[A-Za-z_]\w*$/.test(said) && { declaration: declarationOf(said) }),
    kind: 'fixed',
    place: placeAt(value.file, value.node.from),
    why: `${key} is ${said}, no number: change it where it is set`,
  };
}
