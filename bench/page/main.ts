import { measurePage, type PageFigures } from './measure-page.ts';

/**
 * How long the handler works on the page and how large it is. The ledger is in memory, so this is the handler's own
 * time, from event to packed answer, without DynamoDB's and without a cold start. Options: `--json`.
 */
const PROPOSAL_COUNTS = [10, 100, 500, 1000];

const rows: PageFigures[] = [];
for (const proposals of PROPOSAL_COUNTS) rows.push(await measurePage(proposals));
if (process.argv.includes('--json')) console.log(JSON.stringify({ rows }));
else console.table(rows);
