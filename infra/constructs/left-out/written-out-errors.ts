import { modulesOf } from '../bundle-modules.ts';

const ERRORS = /^\/\/ node_modules\/@aws-sdk\/client-[^\n]*\/models\/errors\.js\n/;
/** A class as the generator writes it and nothing else; one that may be tried again, for one, says more. */
const ERROR_CLASS =
  /^var (\w+) = class (\w+) extends (\w+) \{\n {2}static shapeId = ("[^"]+#(\w+)");\n {2}name = "\5";\n {2}\$fault = ("\w+");\n(?: {2}\w+;\n)*? {2}constructor\(opts\) \{\n {4}super\(\{\n {6}name: "\5",\n {6}\$fault: \6,\n {6}\.\.\.opts\n {4}\}\);\n {4}Object\.setPrototypeOf\(this, \2\.prototype\);\n((?: {4}this\.(\w+) = opts\.\8;\n)*) {2}\}\n\};$/gm;
const MEMBER = /this\.(\w+) =/g;

const IMPORT = "import { serviceError } from './infra/constructs/left-out/service-error.ts';\n";

/** The bundle with the errors' classes made by service-error.ts, where their text says nothing that it would not. */
export function withoutWrittenOutErrors(bundle: string): string {
  const modules = modulesOf(bundle);
  if (!modules.some((module) => ERRORS.test(module))) return bundle;
  return (
    IMPORT + modules.map((module) => (ERRORS.test(module) ? module.replace(ERROR_CLASS, madeError) : module)).join('')
  );
}

function madeError(
  _: string,
  name: string,
  _own: string,
  exception: string,
  shapeId: string,
  ...more: string[]
): string {
  const [, fault, assignments = ''] = more;
  const members = [...assignments.matchAll(MEMBER)].map(([, member]) => member);
  const carried = members.length === 0 ? '' : `, ${JSON.stringify(members)}`;
  return `var ${name} = /* @__PURE__ */ serviceError(${exception}, ${shapeId}, ${fault}${carried});`;
}
