/**
 * `npm run bench:rush`: what becomes of the approval page when everybody opens it at once.
 *
 *   npm run -s bench:rush -- [--people 200] [--proposals 1000] [--within-seconds 1] [--json]
 *
 * Everybody opens the link within that time, approves their own share and looks at the result; whoever is refused tries
 * again. Time is virtual, and DynamoDB serves 3,000 read and 1,000 write units a second for one partition, which is
 * where a run's proposals lie. Two hundred people and a thousand proposals take some minutes to simulate.
 */
import { parseArgs } from 'node:util';
import { TASK_MEMORY_MB } from '../../../infra/constructs/task-memory.ts';
import { durationMsAt } from '../../../sandbox/metering/duration-at-memory.ts';
import { table } from '../../load/checks.ts';
import { measurePage } from '../measure-page.ts';
import { rush } from './rush.ts';
import { summarizeRush } from './summarize-rush.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '200' },
    proposals: { type: 'string', default: '1000' },
    'within-seconds': { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [people, proposals] = [wholeNumber('people'), wholeNumber('proposals')];
const withinMs = wholeNumber('within-seconds') * 1_000;

const { handlerMs: cpuMs } = await measurePage(proposals);
const handlerMs = Math.round(durationMsAt({ cpuMs, waitedMs: 0 }, TASK_MEMORY_MB['serve-page']));
const figures = summarizeRush(await rush({ people, proposals, withinMs, handlerMs }));
if (values.json) console.log(JSON.stringify({ people, proposals, handlerMs, ...figures }));
else printTable();

function printTable(): void {
  const { opening, deciding, seeingTheResult, ...rest } = figures;
  const rows = Object.entries({ opening, deciding, seeingTheResult }).map(([what, row]) => ({ what, ...row }));
  console.log(table(rows));
  console.log(table([{ people, proposals, handlerMs, ...rest }]));
}

function wholeNumber(name: 'people' | 'proposals' | 'within-seconds'): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new RangeError(`--${name} takes a whole number from 1, given "${values[name]}"`);
}
