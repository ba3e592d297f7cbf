import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { checkCalls, type Expression } from './ql-expression.ts';

export interface Column {
  readonly name: string;
  readonly expression: Expression;
}

/** A parsed query: filters and computed fields in order, one `stats`, then sorting and cutting. */
export interface Query {
  readonly steps: readonly (
    | { readonly kind: 'filter'; readonly condition: Expression }
    | { readonly kind: 'fields'; readonly columns: readonly Column[] }
  )[];
  readonly stats: { readonly columns: readonly Column[]; readonly by: readonly Column[] };
  readonly sort: readonly { readonly name: string; readonly isDescending: boolean }[];
  readonly limit: number | undefined;
}

interface Token {
  readonly text: string;
  readonly kind: 'word' | 'number' | 'string' | 'symbol';
  readonly from: number;
  readonly to: number;
}

const TOKEN =
  /\s+|#[^\n]*|(?<number>\d+(?:\.\d+)?)|(?<string>"[^"]*"|'[^']*')|(?<quoted>`[^`]+`)|(?<word>[@A-Za-z_][\w.@]*)|(?<symbol>!=|<=|>=|=~|[=<>+\-*/%(),|[\]])/y;

const PRECEDENCE: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['=', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new UnsupportedByAccountError(`Logs Insights syntax at "${text.slice(from, from + 20)}"`);
    const { number, string, quoted, word, symbol } = match.groups!;
    const to = TOKEN.lastIndex;
    if (number) tokens.push({ text: number, kind: 'number', from, to });
    else if (string) tokens.push({ text: string.slice(1, -1), kind: 'string', from, to });
    else if (quoted) tokens.push({ text: quoted.slice(1, -1), kind: 'word', from, to });
    else if (word) tokens.push({ text: word, kind: 'word', from, to });
    else if (symbol) tokens.push({ text: symbol, kind: 'symbol', from, to });
  }
  return tokens;
}

/** Parses a query, or throws UnsupportedByAccountError for whatever lies outside the implemented part. */
export function parseQuery(text: string): Query {
  return new Parser(text).query();
}

class Parser {
  private readonly text: string;
  private readonly tokens: Token[];
  private position = 0;
  private readonly steps: Query['steps'][number][] = [];
  private stats: Query['stats'] | undefined;
  private sort: Query['sort'] = [];
  private limit: number | undefined;

  private readonly beforeStats: Readonly<Record<string, () => void>> = {
    filter: () => this.filterCommand(),
    where: () => this.filterCommand(),
    fields: () => this.steps.push({ kind: 'fields', columns: this.columns(false) }),
    stats: () => {
      this.stats = this.statsCommand();
    },
  };

  private readonly afterStats: Readonly<Record<string, () => void>> = {
    sort: () => {
      this.sort = this.sortCommand();
    },
    limit: () => {
      this.limit = Number(this.next().text);
    },
  };

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  query(): Query {
    do this.command(this.word());
    while (this.accept('|'));
    if (this.position < this.tokens.length) this.refuse(`syntax at "${this.tokens[this.position]!.text}"`);
    const { steps, stats, sort, limit } = this;
    if (!stats) this.refuse('queries without stats');
    return { steps, stats: stats!, sort, limit };
  }

  private command(name: string): void {
    const handlers = this.stats ? this.afterStats : this.beforeStats;
    const handle = handlers[name];
    if (!handle) this.refuse(`command ${name}${this.stats ? ' after stats' : ''}`);
    handle!();
  }

  private filterCommand(): void {
    this.steps.push({ kind: 'filter', condition: this.checked(this.expression(), false) });
  }

  private statsCommand(): Query['stats'] {
    const columns = this.columns(true);
    return { columns, by: this.accept('by') ? this.columns(false) : [] };
  }

  private sortCommand(): Query['sort'] {
    this.accept('by');
    const keys: { name: string; isDescending: boolean }[] = [];
    do {
      const name = this.word();
      const isDescending = this.accept('desc');
      if (!isDescending && !this.accept('asc')) this.refuse('sort without asc or desc');
      keys.push({ name, isDescending });
    } while (this.accept(','));
    return keys;
  }

  private columns(allowsAggregates: boolean): Column[] {
    const columns: Column[] = [];
    do {
      const from = this.tokens[this.position]?.from ?? 0;
      const expression = this.checked(this.expression(), allowsAggregates);
      const to = this.tokens[this.position - 1]!.to;
      const written = expression.kind === 'field' ? expression.name : this.text.slice(from, to);
      columns.push({ name: this.accept('as') ? this.word() : written, expression });
    } while (this.accept(','));
    return columns;
  }

  private checked(expression: Expression, allowsAggregates: boolean): Expression {
    checkCalls(expression, allowsAggregates);
    return expression;
  }

  private expression(level = 0): Expression {
    if (level === PRECEDENCE.length) return this.unary();
    if (level === 2 && this.accept('not')) return { kind: 'unary', operator: 'not', operand: this.expression(level) };
    let left = this.expression(level + 1);
    for (;;) {
      if (level === 2 && this.accept('in')) {
        left = { kind: 'in', operand: left, choices: this.list() };
        continue;
      }
      const operator = PRECEDENCE[level]!.find((candidate) => this.accept(candidate));
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: this.expression(level + 1) };
    }
  }

  private list(): Expression[] {
    this.expect('[');
    const choices: Expression[] = [];
    do choices.push(this.expression(3));
    while (this.accept(','));
    this.expect(']');
    return choices;
  }

  private unary(): Expression {
    if (this.accept('-')) return { kind: 'unary', operator: '-', operand: this.unary() };
    if (this.accept('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    const token = this.next();
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'string') return { kind: 'literal', value: token.text };
    if (token.kind !== 'word') this.refuse(`syntax at "${token.text}"`);
    return this.accept('(') ? this.call(token.text) : { kind: 'field', name: token.text };
  }

  private call(name: string): Expression {
    const operands: Expression[] = [];
    if (this.accept('*')) {
      this.expect(')');
      return { kind: 'call', name: name.toLowerCase(), operands };
    }
    while (!this.accept(')')) {
      operands.push(this.expression());
      this.accept(',');
    }
    return { kind: 'call', name: name.toLowerCase(), operands };
  }

  private accept(text: string): boolean {
    const token = this.tokens[this.position];
    if (!token || token.kind === 'string' || token.text.toLowerCase() !== text) return false;
    this.position++;
    return true;
  }

  private expect(text: string): void {
    if (!this.accept(text))
      this.refuse(`syntax at "${this.tokens[this.position]?.text ?? 'the end'}", where ${text} was expected`);
  }

  private next(): Token {
    const token = this.tokens[this.position++];
    if (!token) this.refuse('a query that ends early');
    return token!;
  }

  private word(): string {
    const token = this.next();
    if (token.kind !== 'word') this.refuse(`syntax at "${token.text}"`);
    return token.text;
  }

  private refuse(what: string): never {
    throw new UnsupportedByAccountError(`Logs Insights: ${what}, in: ${this.text}`);
  }
}
