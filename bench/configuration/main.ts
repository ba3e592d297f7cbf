/**
 * `npm run -s bench:configuration`: the three configuration workflows over so many tagged functions, in virtual time.
 *
 *   npm run -s bench:configuration -- [--tagged 1000,3000,10000] [--json]
 *
 * Each workflow runs twice: once where nothing is configured, and an hour later, when nothing is left to do. Rates are
 * AWS's as the embedded account enforces them; how long a call takes is assumed (sandbox/metering/call-latencies.ts).
 */
import { parseArgs } from 'node:util';
import { fleetSizes } from '../engine/fleet-sizes.ts';
import { table } from '../load/checks.ts';
import { type ConfigurationRow, measureConfiguration } from './measure-configuration.ts';

const { values } = parseArgs({
  options: { tagged: { type: 'string', default: '1000,3000,10000' }, json: { type: 'boolean', default: false } },
});

const rows: ConfigurationRow[] = [];
for (const functions of fleetSizes(values.tagged)) rows.push(...(await measureConfiguration(functions)));
if (values.json) console.log(JSON.stringify({ rows }));
else console.log(table(rows.map(({ calls: _, ...row }) => row)));
