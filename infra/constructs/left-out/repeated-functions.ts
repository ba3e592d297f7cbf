import { modulesOf } from '../bundle-modules.ts';

const OF_SDK = /^\/\/ node_modules\/@(?:smithy|aws-sdk)\//;
/** A function that a module keeps under a name, which is how the SDK's generator writes most of them. */
const FUNCTION = /^var (\w+) = ((?:async )?\([^()]*\) => \{\n[\s\S]*?\n\});\n/gm;
const NAME = /[\w$]+/g;

/**
 * The bundle with each function of the SDK once. Every client brings its own copies of the code that resolves endpoints,
 * signing and extensions, so that a task of eight clients compiles, and runs for the first time, eight of each. Two
 * functions are the same whose texts are: all names of a bundle are of one scope. Those that differ only by which copy of
 * another one they call are found in the next turn.
 */
export function withoutRepeatedFunctions(bundle: string): string {
  const modules = modulesOf(bundle);
  const sameAs = repeatedFunctions(modules.filter((module) => OF_SDK.test(module)).join(''));
  const again = (whole: string, name: string): string =>
    sameAs.has(name) ? `var ${name} = ${sameAs.get(name)};\n` : whole;
  return modules.map((module) => (OF_SDK.test(module) ? module.replace(FUNCTION, again) : module)).join('');
}

/** By the name of each copy, the first of its kind. */
function repeatedFunctions(modules: string): ReadonlyMap<string, string> {
  const functions = [...modules.matchAll(FUNCTION)].map(([, name = '', text = '']) => ({ name, text }));
  const sameAs = new Map<string, string>();
  let known: number;
  do {
    known = sameAs.size;
    const firstOf = new Map<string, string>();
    for (const { name, text } of functions.filter((each) => !sameAs.has(each.name))) {
      const key = text.replace(NAME, (word) => sameAs.get(word) ?? word);
      if (firstOf.has(key)) sameAs.set(name, firstOf.get(key)!);
      else firstOf.set(key, name);
    }
  } while (sameAs.size > known);
  return sameAs;
}
