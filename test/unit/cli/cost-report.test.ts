import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { printReport } from '../../../cli/cost-report/print-report.ts';
import { composeCostReport } from '../../../shared/domain/cost-report/compose-cost-report.ts';

const MAIN = path.resolve(__dirname, '../../../cli/cost-report/main.ts');
const PERIODS = ['--before', '2026-09-01:2026-10-01', '--after', '2026-10-01:2026-11-01'];

function run(...args: string[]) {
  // No credentials, and nobody to ask for some.
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nowhere',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'us-east-1',
  };
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', env });
}

it('prints the brief’s table: every row before, after, saved and per 1,000 users, and every lever with its evidence', () => {
  const bill = (lambda: number, ai: number, storage: number, monitoring: number) => [
    { service: 'AWS Lambda', usd: lambda },
    { service: 'Amazon Bedrock', usd: ai },
    { service: 'Amazon Simple Storage Service', usd: storage },
    { service: 'AmazonCloudWatch', usd: monitoring },
  ];
  // Periods of one mean month, so that the brief's own figures stand as they are.
  const month = { from: '2026-09-01', to: new Date(Date.parse('2026-09-01') + 30.4375 * 86_400_000).toISOString() };
  const printed = printReport(
    composeCostReport(
      { ...month, services: bill(85, 250, 12, 0), users: 1_000 },
      { ...month, services: bill(20, 30, 6, 4), users: 2_000 },
      [
        { functionName: 'orders', estimatedUsdPerMonth: 60, realizedUsdPerMonth: 50 },
        { functionName: 'search', estimatedUsdPerMonth: 5, realizedUsdPerMonth: undefined },
      ],
    ),
  );
  const rows = printed.split('\n').map((line) =>
    line
      .split('│')
      .map((cell) => cell.trim())
      .filter(Boolean),
  );
  expect(rows).toContainEqual(['Lambda', '$85.00', '$20.00', '$65.00', '76 %', '$85.00', '$10.00']);
  expect(rows).toContainEqual(['AI/ML', '$250.00', '$30.00', '$220.00', '88 %', '$250.00', '$15.00']);
  expect(rows).toContainEqual(['Storage', '$12.00', '$6.00', '$6.00', '50 %', '$12.00', '$3.00']);
  expect(rows).toContainEqual(['Monitoring', '$0.00', '$4.00', '-$4.00', '$0.00', '$2.00']);
  expect(rows).toContainEqual(['Total', '$347.00', '$60.00', '$287.00', '83 %', '$347.00', '$30.00']);
  expect(rows).toContainEqual(['right-sizing, verified in production (1 changes)', '$50.00', '17 %', 'measured']);
  expect(rows).toContainEqual(['right-sizing, not verified yet (1 changes)', '$5.00', 'estimated']);
  expect(printed).not.toContain('\u001b');
});

it.each([
  [['--before', '2026-09-01', '--after', '2026-10-01:2026-11-01'], 'given "2026-09-01"'],
  [['--before', '2026-10-01:2026-09-01', '--after', '2026-10-01:2026-11-01'], 'the earlier first'],
  [['--before', '2026-13-01:2026-14-01', '--after', '2026-10-01:2026-11-01'], 'given "2026-13-01'],
  [[...PERIODS, '--users', '-5'], 'given "-5", allowed is a whole number'],
  [[...PERIODS, '--users', 'many'], 'given "many"'],
  [PERIODS.slice(0, 2), '--after'],
])('refuses %j with one message', (args, message) => {
  const { status, stdout, stderr } = run(...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

it('says in one line that there are no credentials', () => {
  const { status, stdout, stderr } = run(...PERIODS, '--json');
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^cost-report: CredentialsProviderError: .*\n$/);
});
