import { modulesOf } from '../bundle-modules.ts';

/** Where a client keeps its errors: their classes, and what registers each of them under its name. */
const ERRORS_OR_SCHEMAS = /^\/\/ node_modules\/@aws-sdk\/client-[^\n]*\/(?:models\/errors|schemas\/schemas_\d+)\.js\n/;
/** `n0` is the service's own namespace; the other one is the SDK's, of the exception that all of a service's errors are. */
const REGISTRATION = /^n0_registry\d*\.registerError\(([\w$]+), (\w+)\);\n/gm;
const SHAPE_NAME = /static shapeId = "[^"#]*#(\w+)"/;
/** What the Query protocol, and those compatible with it, call an error. */
const QUERY_CODE = /"awsQueryError": \[\s*[`"']([^`"']+)/;

/**
 * The bundle without the errors that nobody asks for. A client registers a class for each error that any operation of its
 * service answers with, 57 of Lambda's alone, so that none can be dropped; whatever is not registered is thrown as the
 * service's own exception, with the same name, message and status. Three kinds stay: those that some other module knows
 * by their class or their name, those that say of themselves that they may be tried again, and those that come under
 * another name than they are thrown by, or whose name others come under.
 *
 * Takes plain schema keys for granted (../plain-schema-keys.ts).
 */
export function withoutUnaskedErrors(bundle: string): string {
  const modules = modulesOf(bundle);
  const ofClients = modules.filter((module) => ERRORS_OR_SCHEMAS.test(module));
  const asked = new Set(modules.filter((module) => !ERRORS_OR_SCHEMAS.test(module)).flatMap(wordsOf));
  const dropped = new Set(unaskedClasses(ofClients.join(''), asked));
  const registration = (whole: string, _schema: string, errorClass: string): string =>
    dropped.has(errorClass) ? '' : whole;
  return modules
    .map((module) => (ERRORS_OR_SCHEMAS.test(module) ? module.replace(REGISTRATION, registration) : module))
    .join('');
}

const wordsOf = (module: string): string[] => module.match(/\w+/g) ?? [];

interface DeclaredError {
  errorClass: string;
  /** As it is thrown. */
  name: string;
  /** As it comes; undefined: under its name. */
  queryCode: string | undefined;
  isRetryable: boolean;
}

function unaskedClasses(declarations: string, asked: ReadonlySet<string>): string[] {
  const errors = [...declarations.matchAll(REGISTRATION)].flatMap(([, schema = '', errorClass = '']) =>
    declaredError(declarations, schema, errorClass),
  );
  const otherNames = new Set(
    errors.filter(({ name, queryCode = name }) => queryCode !== name).map((each) => each.queryCode),
  );
  return errors
    .filter(({ errorClass, isRetryable }) => !asked.has(errorClass) && !isRetryable)
    .filter(({ name, queryCode = name }) => queryCode === name && !otherNames.has(name))
    .map(({ errorClass }) => errorClass);
}

/** None where its declaration is not what it is today: what is not understood stays. */
function declaredError(declarations: string, schema: string, errorClass: string): DeclaredError[] {
  const body = declared(declarations, `var ${errorClass} = class`, '\n};');
  const traits = declared(declarations, `var ${schema} = [`, '\n];');
  const name = SHAPE_NAME.exec(body)?.[1];
  if (name === undefined || traits === '') return [];
  return [{ errorClass, name, queryCode: QUERY_CODE.exec(traits)?.[1], isRetryable: body.includes('$retryable') }];
}

function declared(declarations: string, from: string, to: string): string {
  const start = declarations.indexOf(from);
  const end = declarations.indexOf(to, start);
  return start === -1 || end === -1 ? '' : declarations.slice(start, end);
}
