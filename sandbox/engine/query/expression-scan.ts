import { isObject } from '../json.ts';

/** What a look at a syntax tree tells before anything runs. */
export interface ExpressionScan {
  /** Every `$name`, functions and `states` included. */
  readonly names: ReadonlySet<string>;
  /** First fields read of `$states`. */
  readonly statesFields: ReadonlySet<string>;
  /** References Step Functions refuses in a definition. */
  readonly problems: readonly string[];
}

type Node = Record<string, unknown>;

/** Parts of a node that are evaluated against an item of the data, not against the (absent) top-level context. */
const ITEM_CONTEXT_PARTS = new Set(['stages', 'predicate', 'group', 'pattern', 'update', 'delete']);
/** Node types that read a field of the context. */
const CONTEXT_READERS: ReadonlyMap<unknown, (node: Node) => string> = new Map([
  ['name', (node: Node) => String(node['value'])],
  ['wildcard', () => '*'],
  ['descendant', () => '**'],
  ['parent', () => '%'],
]);

class Scanner implements ExpressionScan {
  readonly names = new Set<string>();
  readonly statesFields = new Set<string>();
  readonly problems: string[] = [];
  private readonly seen = new Set<unknown>();

  scan(value: unknown, isTopLevel: boolean): void {
    if (Array.isArray(value)) {
      for (const item of value) this.scan(item, isTopLevel);
    } else if (isObject(value) && !(value instanceof RegExp) && !this.seen.has(value)) {
      this.seen.add(value);
      this.scanNode(value, isTopLevel);
    }
  }

  private scanNode(node: Node, isTopLevel: boolean): void {
    this.scanReference(node, isTopLevel);
    for (const [part, child] of Object.entries(node)) {
      if (part === 'steps' && Array.isArray(child)) this.scanSteps(child, isTopLevel);
      else this.scan(child, isTopLevel && !ITEM_CONTEXT_PARTS.has(part));
    }
  }

  private scanReference(node: Node, isTopLevel: boolean): void {
    const readName = CONTEXT_READERS.get(node['type']);
    if (readName && isTopLevel)
      this.problems.push(`Reference to '${readName(node)}' at the top level is not supported.`);
    if (node['type'] !== 'variable') return;
    const name = String(node['value']);
    if (name === '$') this.problems.push("Reference to '$$' is not supported.");
    else if (name !== '') this.names.add(name);
    else if (isTopLevel) this.problems.push("Reference to '$' at the top level is not supported.");
  }

  private scanSteps(steps: unknown[], isTopLevel: boolean): void {
    const [first, second] = steps as Node[];
    if (first?.['type'] === 'variable' && first['value'] === 'states' && second?.['type'] === 'name') {
      this.statesFields.add(String(second['value']));
    }
    for (const [index, step] of steps.entries()) this.scan(step, isTopLevel && index === 0);
  }
}

/** Looks through the syntax tree of an expression that will run without a context item. */
export function scanExpression(ast: unknown): ExpressionScan {
  const scanner = new Scanner();
  scanner.scan(ast, true);
  return scanner;
}
