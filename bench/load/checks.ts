import Table from 'cli-table3';

/** Where a figure comes from: a clock or a counter in this run, or arithmetic on assumptions. */
export type Basis = 'measured' | 'modelled';

/** One line of a test's verdict. */
export interface Check {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly met: boolean;
  readonly basis: Basis;
}

export function atMost(name: string, value: number, limit: number, unit: string, basis: Basis): Check {
  return { name, value, unit, target: `≤ ${limit}`, met: value <= limit, basis };
}

export function atLeast(name: string, value: number, limit: number, unit: string, basis: Basis): Check {
  return { name, value, unit, target: `≥ ${limit}`, met: value >= limit, basis };
}

/** The promise is "less than": a value on the limit misses it. */
export function below(name: string, value: number, limit: number, unit: string, basis: Basis): Check {
  return { name, value, unit, target: `< ${limit}`, met: value < limit, basis };
}

export interface Report {
  readonly title: string;
  readonly checks: readonly Check[];
  /** Further figures, in the shape of tables: rows of equal keys. */
  readonly tables?: Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>;
  /** What the figures rest on. */
  readonly assumptions: readonly string[];
}

/** Prints the report, as one JSON object or for people, and returns the exit code: 1 when a target was missed. */
export function printReport(report: Report, asJson: boolean, write: (text: string) => void = console.log): 0 | 1 {
  const met = report.checks.every((check) => check.met);
  if (asJson) write(JSON.stringify({ ...report, met }));
  else for (const part of readable(report)) write(part);
  return met ? 0 : 1;
}

function readable(report: Report): string[] {
  const tables = Object.entries(report.tables ?? {}).map(([title, rows]) => `\n${title}\n${table(rows)}`);
  const checks = report.checks.map((check) => ({
    check: check.name,
    value: `${format(check.value)} ${check.unit}`.trim(),
    target: `${check.target} ${check.unit}`.trim(),
    met: check.met ? 'yes' : 'NO',
    basis: check.basis,
  }));
  const assumptions = report.assumptions.map((line) => `  - ${line}`).join('\n');
  return [report.title, ...tables, `\nTargets\n${table(checks)}`, `\nWhat this rests on\n${assumptions}`];
}

export function table(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const head = Object.keys(rows[0] ?? {});
  const drawn = new Table({ head, style: { head: [], border: [] } });
  for (const row of rows) drawn.push(head.map((name) => format(row[name] ?? '')));
  return drawn.toString();
}

function format(value: string | number): string {
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
