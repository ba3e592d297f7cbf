import { UnsupportedByAccountError } from '../core/unsupported.ts';

/** The part of the Logs Insights query language that is evaluated here; everything else is refused. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: number | string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: '-' | 'not'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'in'; readonly operand: Expression; readonly choices: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] };

export type Value = number | string | boolean | undefined;

/** What a name stands for. */
export type Lookup = (name: string) => Value;

/** Evaluates aggregate calls (`max`, `count`, …), which only `stats` knows. */
export type Aggregate = (call: Extract<Expression, { kind: 'call' }>) => Value;

const SCALAR_FUNCTIONS: Readonly<Record<string, (operands: readonly Value[]) => Value>> = {
  abs: ([value]) => numeric(value, Math.abs),
  ceil: ([value]) => numeric(value, Math.ceil),
  floor: ([value]) => numeric(value, Math.floor),
  coalesce: (operands) => operands.find((operand) => operand !== undefined),
  ispresent: ([value]) => value !== undefined,
  greatest: (operands) => extreme(operands, Math.max),
  least: (operands) => extreme(operands, Math.min),
};

export const AGGREGATES: ReadonlySet<string> = new Set(['avg', 'count', 'max', 'min', 'pct', 'percentile', 'sum']);

export function evaluate(expression: Expression, lookup: Lookup, aggregate?: Aggregate): Value {
  const inner = (part: Expression) => evaluate(part, lookup, aggregate);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'field':
      return lookup(expression.name);
    case 'unary':
      return expression.operator === 'not'
        ? !inner(expression.operand)
        : numeric(inner(expression.operand), (value) => -value);
    case 'in':
      return expression.choices.some((choice) => compare('=', inner(expression.operand), inner(choice)) === true);
    case 'binary':
      return binary(expression.operator, inner(expression.left), inner(expression.right));
    case 'call':
      return call(expression, lookup, aggregate);
  }
}

function call(expression: Extract<Expression, { kind: 'call' }>, lookup: Lookup, aggregate?: Aggregate): Value {
  if (AGGREGATES.has(expression.name)) {
    if (!aggregate) throw new UnsupportedByAccountError(`Logs Insights: ${expression.name}() outside of stats`);
    return aggregate(expression);
  }
  const scalar = SCALAR_FUNCTIONS[expression.name];
  if (!scalar) throw new UnsupportedByAccountError(`Logs Insights function ${expression.name}()`);
  return scalar(expression.operands.map((operand) => evaluate(operand, lookup, aggregate)));
}

/** Refuses functions and misplaced aggregates when the query is read, not only when a line happens to reach them. */
export function checkCalls(expression: Expression, allowsAggregates: boolean): void {
  if (expression.kind === 'call') {
    const isAggregate = AGGREGATES.has(expression.name);
    if (isAggregate && !allowsAggregates)
      throw new UnsupportedByAccountError(`Logs Insights: ${expression.name}() here`);
    if (!isAggregate && !SCALAR_FUNCTIONS[expression.name])
      throw new UnsupportedByAccountError(`Logs Insights function ${expression.name}()`);
  }
  for (const part of partsOf(expression)) checkCalls(part, allowsAggregates && !isAggregateCall(expression));
}

export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'in':
      return [expression.operand, ...expression.choices];
    case 'call':
      return expression.operands;
    default:
      return [];
  }
}

function isAggregateCall(expression: Expression): boolean {
  return expression.kind === 'call' && AGGREGATES.has(expression.name);
}

function binary(operator: string, left: Value, right: Value): Value {
  if (operator === 'and') return truthy(left) && truthy(right);
  if (operator === 'or') return truthy(left) || truthy(right);
  return ['=', '!=', '<', '<=', '>', '>='].includes(operator)
    ? compare(operator, left, right)
    : arithmetic(operator, left, right);
}

export function truthy(value: Value): boolean {
  return value === true;
}

/** A comparison with a missing field holds for `!=` only. */
function compare(operator: string, left: Value, right: Value): boolean {
  if (left === undefined || right === undefined) return operator === '!=' && left !== right;
  const [a, b] = bothNumbers(left, right) ?? [String(left), String(right)];
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

function bothNumbers(left: Value, right: Value): [number, number] | undefined {
  const a = Number(left);
  const b = Number(right);
  return left === '' || right === '' || Number.isNaN(a) || Number.isNaN(b) ? undefined : [a, b];
}

function arithmetic(operator: string, left: Value, right: Value): Value {
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '%':
      return left % right;
    default:
      return right === 0 ? undefined : left / right;
  }
}

function numeric(value: Value, apply: (value: number) => number): Value {
  return typeof value === 'number' ? apply(value) : undefined;
}

function extreme(operands: readonly Value[], pick: (...values: number[]) => number): Value {
  const numbers = operands.filter((operand) => typeof operand === 'number');
  return numbers.length > 0 ? pick(...numbers) : undefined;
}
