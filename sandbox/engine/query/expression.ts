import jsonata from 'jsonata';
import { ErrorName, StateError } from '../errors.ts';
import { isObject, type JsonValue } from '../json.ts';
import { ASK_JSONATA, compileDirectPath, type DirectPath } from './direct-path.ts';
import { type ExpressionScan, scanExpression } from './expression-scan.ts';
import { type FunctionSource, registerFunctions } from './functions.ts';
import { seal } from './seal.ts';
import { statesObject, type View } from './view.ts';

/** Nesting AWS allows one expression (measured there: 100 terms of `1+1+…` pass, 101 fail; the same here). */
const MAX_DEPTH = 100;
/** Real time after which an expression is given up, so that an endless recursion ends; AWS's own bound is alike. */
const MAX_REAL_MS = 5_000;

/** A compiled `{% … %}`. */
export interface Expression {
  readonly source: string;
  readonly direct: DirectPath | undefined;
  readonly scan: ExpressionScan;
  evaluate(view: View): Promise<JsonValue | undefined>;
}

/** What JSONata says is wrong, with its code. */
export function jsonataProblem(error: unknown): string {
  if (!isObject(error) && !(error instanceof Error)) return String(error);
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === undefined ? String(message) : `${String(code)}: ${String(message)}`;
}

/** Compiles expressions once per text. */
export class ExpressionCompiler {
  private readonly compiled = new Map<string, Expression>();
  private readonly source: FunctionSource;

  constructor(source: FunctionSource) {
    this.source = source;
  }

  /** Throws JSONata's own error for bad syntax. */
  compile(text: string): Expression {
    const known = this.compiled.get(text);
    if (known) return known;
    const expression = this.compileNew(text);
    this.compiled.set(text, expression);
    return expression;
  }

  private compileNew(text: string): Expression {
    const query = jsonata(text, { stack: MAX_DEPTH, timeout: MAX_REAL_MS });
    registerFunctions(query, this.source);
    const scan = scanExpression(query.ast());
    const usesStates = scan.names.has('states');
    const variables = [...scan.names].filter((name) => name !== 'states');
    const bind = (view: View): Record<string, unknown> => {
      const bindings: Record<string, unknown> = {};
      if (usesStates) bindings['states'] = statesObject(view);
      for (const name of variables) {
        const value = view.lookup(name);
        if (value !== undefined) bindings[name] = value;
      }
      return bindings;
    };
    return {
      source: text,
      direct: compileDirectPath(text),
      scan,
      evaluate: async (view) => seal(await query.evaluate(undefined, bind(view))),
    };
  }
}

/** Evaluates for a field; every way to fail is `States.QueryEvaluationError`, as in Step Functions. */
export async function evaluateFor(field: string, expression: Expression, view: View): Promise<JsonValue> {
  const where = `The JSONata expression '${expression.source}' specified for the field '${field}'`;
  let value: JsonValue | undefined;
  try {
    value = await expression.evaluate(view);
  } catch (error) {
    const cause = `${where} threw an error during evaluation. ${jsonataProblem(error)}`;
    throw new StateError(ErrorName.queryEvaluationError, cause, { location: field });
  }
  if (value === undefined) {
    throw new StateError(ErrorName.queryEvaluationError, `${where} returned nothing (undefined).`, { location: field });
  }
  return value;
}

/** The value of a direct path, or undefined when JSONata must be asked. */
export function evaluateDirectly(expression: Expression, view: View): JsonValue | undefined {
  const value = expression.direct?.(view);
  return value === ASK_JSONATA ? undefined : value;
}
