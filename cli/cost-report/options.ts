import { Command, InvalidArgumentError } from 'commander';

export interface CostReportOptions {
  before: Period;
  after: Period;
  users?: number;
  usersBefore?: number;
  ledger?: string;
  json: boolean;
}

/** ISO dates, the second exclusive. */
type Period = readonly [from: string, to: string];

const DAY = /^\d{4}-\d\d-\d\d$/;
const EXAMPLES = `
Examples:
  cost-report --before 2026-09-01:2026-10-01 --after 2026-10-01:2026-11-01 --users 1000
  cost-report --before 2026-09-01:2026-10-01 --after 2026-10-01:2026-11-01 --ledger Rightsizer-Ledger --json`;

/** Ends the process with one message where an option is missing or wrong. */
export function readOptions(argv: readonly string[]): CostReportOptions {
  return new Command('cost-report')
    .description('The account’s bill before and after, per 1,000 users, and what gave how much of the difference.')
    .requiredOption('--before <from:to>', 'period before, ISO dates, the second exclusive', period)
    .requiredOption('--after <from:to>', 'period after', period)
    .option('--users <n>', 'users in the period after', users)
    .option('--users-before <n>', 'users in the period before; left out: the same', users)
    .option('--ledger <table>', 'Rightsizer’s ledger (stack output LedgerTableName)')
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', EXAMPLES)
    .parse(argv)
    .opts<CostReportOptions>();
}

function period(text: string): Period {
  const [from = '', to = '', ...more] = text.split(':');
  if (isDay(from) && isDay(to) && from < to && more.length === 0) return [from, to];
  throw new InvalidArgumentError(
    `given "${text}", allowed is two ISO dates, the earlier first, such as 2026-09-01:2026-10-01.`,
  );
}

const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text));

function users(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError(`given "${text}", allowed is a whole number of at least 1.`);
}
