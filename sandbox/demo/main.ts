import { parseOptions } from './options.ts';
import { printJson, printReport } from './print.ts';
import { runDemo } from './run-demo.ts';

/**
 * `npm run demo`: the synthesized state machine executed night by night over a fleet of measured functions, in an AWS
 * account in memory. Progress goes to stderr; exit code 1 when an invariant was violated.
 */
const options = parseOptions(process.argv.slice(2));
const result = await runDemo(options, (text) => {
  if (!options.json) process.stderr.write(`${text}\n`);
});
if (options.json) printJson(result);
else printReport(result);
process.exitCode = result.violations.length === 0 ? 0 : 1;
