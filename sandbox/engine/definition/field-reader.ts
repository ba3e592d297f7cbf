import { isObject, type JsonValue } from '../json.ts';
import type { ExpressionCompiler } from '../query/expression.ts';
import type { Template } from '../query/template.ts';
import type { Problems } from './problems.ts';
import { compileTemplate, isExpression } from './template-parser.ts';

/** Fields of the other query language; naming them helps more than "unknown". */
const JSONPATH_FIELDS = new Set([
  'InputPath', 'OutputPath', 'ResultPath', 'ResultSelector', 'Parameters', 'Result', 'ItemsPath', 'Variable',
  'SecondsPath', 'TimestampPath', 'TimeoutSecondsPath', 'HeartbeatSecondsPath', 'MaxConcurrencyPath', 'MaxItemsPath',
  'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath', 'MaxItemsPerBatchPath', 'MaxInputBytesPerBatchPath',
  'ErrorPath', 'CausePath',
]); // biome-ignore format: a word list

export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** What every parser needs: where problems go and how expressions are compiled. */
export interface ParseContext {
  readonly problems: Problems;
  readonly compiler: ExpressionCompiler;
  /** Only a catcher's own fields may look at `$states.errorOutput`. */
  readonly isInCatcher?: boolean;
}

/** Reads the fields of one JSON object and reports, at the end, every field nobody asked for. */
export class FieldReader {
  readonly path: string;
  readonly context: ParseContext;
  /** Leads from the state to this object in the names Step Functions gives fields: `Choices[1]/`, `ResultWriter/`. */
  private readonly fieldPrefix: string;
  private readonly object: Record<string, unknown>;
  private readonly read = new Set<string>(['Comment']);

  constructor(value: unknown, path: string, context: ParseContext, fieldPrefix = '') {
    this.path = path;
    this.fieldPrefix = fieldPrefix;
    this.context = context;
    this.object = isObject(value) ? value : {};
    if (!isObject(value)) context.problems.add(path, 'must be an object');
  }

  has(name: string): boolean {
    return Object.hasOwn(this.object, name);
  }

  raw(name: string): unknown {
    this.read.add(name);
    return this.object[name];
  }

  problem(name: string, what: string): void {
    this.context.problems.add(`${this.path}.${name}`, what);
  }

  string(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    this.problem(name, `must be a string, got ${JSON.stringify(value)}`);
    return undefined;
  }

  requiredString(name: string): string {
    if (!this.has(name)) this.problem(name, 'is required');
    return this.string(name) ?? '';
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.raw(name);
    if (value === undefined || allowed.includes(value as T)) return value as T | undefined;
    this.problem(name, `must be one of ${allowed.join(', ')}, got ${JSON.stringify(value)}`);
    return undefined;
  }

  strings(name: string): string[] | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')) return value;
    this.problem(name, 'must be a non-empty array of strings');
    return undefined;
  }

  array(name: string): unknown[] {
    const value = this.raw(name);
    if (Array.isArray(value)) return value;
    if (value !== undefined) this.problem(name, 'must be an array');
    return [];
  }

  /** A literal number. */
  number(name: string, bounds: Bounds): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= bounds.min && value <= bounds.max) {
      if (!bounds.integer || Number.isInteger(value)) return value;
    }
    const kind = bounds.integer ? 'whole number' : 'number';
    this.problem(name, `must be a ${kind} from ${bounds.min} to ${bounds.max}, got ${JSON.stringify(value)}`);
    return undefined;
  }

  /** A literal number or an expression. */
  numberOrExpression(name: string, bounds: Bounds): Template | undefined {
    const value = this.object[name];
    if (isExpression(value)) return this.template(name);
    const literal = this.number(name, bounds);
    return literal === undefined ? undefined : { kind: 'literal', value: literal };
  }

  /** A literal string or an expression. */
  stringOrExpression(name: string): Template | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return this.template(name);
    this.problem(name, 'must be a string');
    return undefined;
  }

  /** Any JSON in which `{% … %}` strings are expressions. */
  template(name: string): Template | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    return compileTemplate(value as JsonValue, `${this.fieldPrefix}${name}`, `${this.path}.${name}`, this.context);
  }

  /** Reports the fields that were there and not read. */
  finish(): void {
    for (const name of Object.keys(this.object)) {
      if (this.read.has(name)) continue;
      this.problem(
        name,
        JSONPATH_FIELDS.has(name) ? 'belongs to JSONPath; only JSONata is supported' : 'is not supported',
      );
    }
  }
}
