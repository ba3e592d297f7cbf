/**
 * `npm run -s cost:report`: the bill of two periods side by side. Exit code 0 also where Cost Explorer may not be read,
 * since the ledger's part is then told; 1 where AWS could not be asked at all.
 */
import { createCostReport } from '../../shared/cost-report/index.ts';
import { readOptions } from './options.ts';
import { printReport } from './print-report.ts';

const { before, after, users, usersBefore = users, ledger, json } = readOptions(process.argv);

try {
  const report = await createCostReport({
    before: { from: before[0], to: before[1], ...(usersBefore && { users: usersBefore }) },
    after: { from: after[0], to: after[1], ...(users && { users }) },
    ...(ledger && { ledgerTableName: ledger }),
  });
  process.stdout.write(`${json ? JSON.stringify(report) : printReport(report)}\n`);
} catch (error) {
  const { name, message } = error as Error;
  process.stderr.write(`cost-report: ${name}: ${message}\n`);
  process.exitCode = 1;
}
