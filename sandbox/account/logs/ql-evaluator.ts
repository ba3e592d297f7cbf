import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { type Expression, evaluate, type Lookup, partsOf, truthy, type Value } from './ql-expression.ts';
import type { Column, Query } from './ql-parser.ts';
import { checkField, type LogLine } from './report-fields.ts';

export interface ResultRow {
  readonly field: string;
  readonly value: string;
}

export interface Evaluation {
  readonly rows: ResultRow[][];
  readonly linesMatched: number;
}

interface Line {
  readonly count: number;
  readonly lookup: Lookup;
}

/**
 * Refuses a query that the simulated lines cannot answer: one that names other fields, or that would let through lines
 * which are no reports (the functions' own output is not simulated).
 */
export function checkQuery(query: Query): void {
  const names = new Set<string>();
  const aliases = new Set<string>();
  for (const step of query.steps) {
    if (step.kind === 'filter') collectFields(step.condition, names);
    else for (const column of step.columns) addColumn(column, names, aliases);
  }
  for (const column of query.stats.by) addColumn(column, names, aliases);
  for (const column of query.stats.columns) addColumn(column, names, aliases);
  for (const name of names) if (!aliases.has(name)) checkField(name);
  if (passes(query, { count: 1, fields: {} })) {
    throw new UnsupportedByAccountError('Logs Insights without a filter for report lines: only those are simulated');
  }
}

function addColumn(column: Column, names: Set<string>, aliases: Set<string>): void {
  collectFields(column.expression, names);
  if (column.expression.kind !== 'field' || column.expression.name !== column.name) aliases.add(column.name);
}

function collectFields(expression: Expression, into: Set<string>): void {
  if (expression.kind === 'field') into.add(expression.name);
  for (const part of partsOf(expression)) collectFields(part, into);
}

function passes(query: Query, line: LogLine): boolean {
  return applySteps(query, line) !== undefined;
}

/** The line with its computed fields, or undefined if a filter drops it. */
function applySteps(query: Query, line: LogLine): Line | undefined {
  const computed = new Map<string, Value>();
  const lookup: Lookup = (name) => (computed.has(name) ? computed.get(name) : line.fields[name]);
  for (const step of query.steps) {
    if (step.kind === 'filter') {
      if (!truthy(evaluate(step.condition, lookup))) return undefined;
    } else {
      for (const { name, expression } of step.columns) computed.set(name, evaluate(expression, lookup));
    }
  }
  return { count: line.count, lookup };
}

/** Runs the query over counted lines. */
export function evaluateQuery(query: Query, lines: readonly LogLine[], mostRows: number): Evaluation {
  const groups = new Map<string, { keys: Value[]; lines: Line[] }>();
  let linesMatched = 0;
  for (const raw of lines) {
    const line = applySteps(query, raw);
    if (!line) continue;
    linesMatched += line.count;
    const keys = query.stats.by.map((column) => evaluate(column.expression, line.lookup));
    const id = JSON.stringify(keys.map((key) => key ?? null));
    const group = groups.get(id);
    if (group) group.lines.push(line);
    else groups.set(id, { keys, lines: [line] });
  }
  const rows = [...groups.values()].map((group) => groupRow(query, group.keys, group.lines));
  const sorted = sortRows(rows, query.sort).slice(0, Math.min(query.limit ?? mostRows, mostRows));
  return { rows: sorted.map(resultFields), linesMatched };
}

function groupRow(query: Query, keys: readonly Value[], lines: readonly Line[]): Map<string, Value> {
  const row = new Map<string, Value>(query.stats.by.map((column, index) => [column.name, keys[index]]));
  for (const { name, expression } of query.stats.columns) {
    row.set(
      name,
      evaluate(
        expression,
        (field) => row.get(field),
        (call) => aggregate(call, lines),
      ),
    );
  }
  return row;
}

function aggregate(call: Extract<Expression, { kind: 'call' }>, lines: readonly Line[]): Value {
  const [operand, parameter] = call.operands;
  if (call.name === 'count' && !operand) return lines.reduce((sum, line) => sum + line.count, 0);
  const values = lines
    .map((line) => ({ value: evaluate(operand!, line.lookup), count: line.count }))
    .filter((entry) => entry.value !== undefined);
  const count = values.reduce((sum, entry) => sum + entry.count, 0);
  if (call.name === 'count') return count;
  const numbers = values.filter((entry): entry is { value: number; count: number } => typeof entry.value === 'number');
  if (numbers.length === 0) return undefined;
  return numberAggregate(call.name, numbers, parameter);
}

function numberAggregate(
  name: string,
  entries: { value: number; count: number }[],
  parameter: Expression | undefined,
): number {
  const total = entries.reduce((sum, { value, count }) => sum + value * count, 0);
  const count = entries.reduce((sum, entry) => sum + entry.count, 0);
  switch (name) {
    case 'max':
      return entries.reduce((best, { value }) => Math.max(best, value), -Infinity);
    case 'min':
      return entries.reduce((best, { value }) => Math.min(best, value), Infinity);
    case 'sum':
      return total;
    case 'avg':
      return total / count;
    default:
      return percentile(entries, parameter, count);
  }
}

function percentile(
  entries: { value: number; count: number }[],
  parameter: Expression | undefined,
  total: number,
): number {
  if (parameter?.kind !== 'literal' || typeof parameter.value !== 'number') {
    throw new UnsupportedByAccountError('Logs Insights pct() without a constant');
  }
  const sorted = entries.sort((a, b) => a.value - b.value);
  let left = Math.max(1, Math.ceil((parameter.value / 100) * total));
  for (const { value, count } of sorted) {
    left -= count;
    if (left <= 0) return value;
  }
  return sorted.at(-1)!.value;
}

function sortRows(rows: Map<string, Value>[], keys: Query['sort']): Map<string, Value>[] {
  return rows.sort((a, b) => {
    for (const { name, isDescending } of keys) {
      const order = compareValues(a.get(name), b.get(name));
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  });
}

function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}

/** Fields without a value are left out of a result row. */
function resultFields(row: Map<string, Value>): ResultRow[] {
  return [...row]
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => ({ field, value: written(value) }));
}

/** From here on, Logs Insights writes numbers as Java does: 1.28E8. */
const EXPONENT_FROM = 10_000_000;

function written(value: Value): string {
  if (typeof value !== 'number') return String(value);
  if (Math.abs(value) < EXPONENT_FROM) return String(Math.round(value * 10_000) / 10_000);
  const [mantissa, exponent] = value.toExponential().split('e+') as [string, string];
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent}`;
}
