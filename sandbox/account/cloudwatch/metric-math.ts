import { UnsupportedByAccountError } from '../core/unsupported.ts';

/**
 * CloudWatch metric math, as far as alarms of this project's kind use it: numbers, query ids, + - * /, comparisons,
 * IF(condition, then, else) and FILL(series, number). Everything else is refused. A missing point makes everything
 * computed from it missing, except under FILL.
 */
type Series = readonly number[];
type Node = (read: (id: string) => Series, count: number) => number[];

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(>=|<=|==|!=|[-+*/<>(),]))/y;

/** Values over `count` points, NaN where missing. */
export function evaluateMath(expression: string, read: (id: string) => Series, count: number): number[] {
  return new Parser(expression).parse()(read, count);
}

class Parser {
  private readonly tokens: string[] = [];
  private at = 0;
  private readonly expression: string;

  constructor(expression: string) {
    this.expression = expression;
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < expression.length) {
      const match = TOKEN.exec(expression);
      if (!match) throw new UnsupportedByAccountError(`metric math ${expression}`);
      this.tokens.push(match[0].trim());
    }
  }

  parse(): Node {
    const node = this.comparison();
    if (this.at < this.tokens.length) this.refuse();
    return node;
  }

  private comparison(): Node {
    return this.binary(['>=', '<=', '>', '<', '==', '!='], () => this.sum());
  }

  private sum(): Node {
    return this.binary(['+', '-'], () => this.product());
  }

  private product(): Node {
    return this.binary(['*', '/'], () => this.atom());
  }

  private binary(operators: readonly string[], operand: () => Node): Node {
    let left = operand();
    while (operators.includes(this.tokens[this.at] ?? '')) {
      const operator = this.tokens[this.at++]!;
      const [first, second] = [left, operand()];
      left = (read, count) => {
        const [a, b] = [first(read, count), second(read, count)];
        return a.map((value, index) => apply(operator, value, b[index]!));
      };
    }
    return left;
  }

  private atom(): Node {
    const token = this.tokens[this.at++];
    if (token === undefined) return this.refuse();
    if (/^\d/.test(token)) return (_, count) => new Array<number>(count).fill(Number(token));
    if (token === '(') {
      const inner = this.comparison();
      this.expect(')');
      return inner;
    }
    if (!/^[A-Za-z_]/.test(token)) return this.refuse();
    return this.tokens[this.at] === '(' ? this.call(token) : (read) => [...read(token)];
  }

  private call(name: string): Node {
    this.expect('(');
    const parameters = [this.comparison()];
    while (this.tokens[this.at] === ',') {
      this.at += 1;
      parameters.push(this.comparison());
    }
    this.expect(')');
    const [first, second, third] = parameters;
    if (name === 'FILL' && first && second && !third) {
      return (read, count) => {
        const fill = second(read, count);
        return first(read, count).map((value, index) => (Number.isNaN(value) ? fill[index]! : value));
      };
    }
    if (name === 'IF' && first && second && third) {
      return (read, count) => {
        const [yes, no] = [second(read, count), third(read, count)];
        return first(read, count).map((value, index) =>
          Number.isNaN(value) ? Number.NaN : value !== 0 ? yes[index]! : no[index]!,
        );
      };
    }
    return this.refuse();
  }

  private expect(token: string): void {
    if (this.tokens[this.at++] !== token) this.refuse();
  }

  private refuse(): never {
    throw new UnsupportedByAccountError(`metric math ${this.expression}`);
  }
}

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? Number.NaN : a / b),
  '>=': (a, b) => Number(a >= b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '<': (a, b) => Number(a < b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
};

const apply = (operator: string, a: number, b: number): number =>
  Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : OPERATIONS[operator]!(a, b);
