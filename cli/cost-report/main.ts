import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { type CostReport, createCostReport } from '../../shared/cost-report/index.ts';

/** `cost-report`: the bill of two periods side by side. Exit code 0 also where Cost Explorer may not be read. */
interface Options {
  before: [from: string, to: string];
  after: [from: string, to: string];
  users?: number;
  usersBefore?: number;
  ledger?: string;
  json: boolean;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

const options = new Command('cost-report')
  .description('The account’s bill before and after, per 1,000 users, and what gave how much of the difference.')
  .requiredOption('--before <from:to>', 'period before, ISO dates, the second exclusive', period)
  .requiredOption('--after <from:to>', 'period after', period)
  .option('--users <n>', 'users in the period after', Number)
  .option('--users-before <n>', 'users in the period before; left out: the same', Number)
  .option('--ledger <table>', 'Rightsizer’s ledger (stack output LedgerTableName)')
  .option('--json', 'print one JSON object and nothing else', false)
  .parse()
  .opts<Options>();

const usersBefore = options.usersBefore ?? options.users;
const report = await createCostReport({
  before: { from: options.before[0], to: options.before[1], ...(usersBefore && { users: usersBefore }) },
  after: { from: options.after[0], to: options.after[1], ...(options.users && { users: options.users }) },
  ...(options.ledger && { ledgerTableName: options.ledger }),
});
process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${print(report)}\n`);

function period(text: string): [string, string] {
  const [from, to] = text.split(':');
  if (from !== undefined && to !== undefined && DAY.test(from) && DAY.test(to) && from < to) return [from, to];
  throw new InvalidArgumentError(`given "${text}", allowed is two ISO dates such as 2026-09-01:2026-10-01.`);
}

function print({ rows, levers, notes }: CostReport): string {
  const usd = (value: number | undefined) => (value === undefined ? 'not measured' : `$${value.toFixed(2)}`);
  const percent = (value: number | undefined) => (value === undefined ? '' : `${value.toFixed(0)} %`);
  const bill = new Table({ head: ['', 'before', 'after', 'saved', '', 'after per 1,000 users'], style: { head: [] } });
  for (const row of rows) {
    const { category, before, after, saved, savedPercent, afterPer1000Users } = row;
    bill.push([category, usd(before), usd(after), usd(saved), percent(savedPercent), usd(afterPer1000Users)]);
  }
  const gave = new Table({ head: ['lever', 'USD a month', 'share', 'evidence'], style: { head: [] } });
  for (const { name, usdPerMonth, sharePercent, evidence } of levers) {
    gave.push([name, usd(usdPerMonth), percent(sharePercent), evidence]);
  }
  return [bill.toString(), gave.toString(), ...notes].join('\n');
}
