import { modulesOf } from '../bundle-modules.ts';

const CONTRACT = /^\/\/ shared\/contracts\//;
/** What a module of contracts makes by a call at its top level, up to the statement after it: its schemas, and nothing else. */
const SCHEMA = /^var (\w+) = (\w+\([\s\S]*?);\n(?=var |function |async function |class |\/|\n|$)/gm;

/**
 * The bundle with contracts that may be dropped where nobody reads by them. Most modules of contracts hold several, and a
 * schema with a check or a spread in it could have effects, as far as esbuild knows, so that each task made all of them
 * while it loaded, a third of its schemas for nobody. Made by a call that is marked as pure, one without readers goes.
 */
export const withoutUnreadContracts = (bundle: string): string =>
  modulesOf(bundle)
    .map((module) =>
      CONTRACT.test(module) ? module.replace(SCHEMA, 'var $1 = /* @__PURE__ */ (() => $2)();\n') : module,
    )
    .join('');
