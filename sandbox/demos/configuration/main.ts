import { parseConfigureOptions } from './options.ts';
import { printJson, printReport } from './print.ts';
import { changesOf, runConfigureDemo } from './run-configure-demo.ts';

/**
 * `npm run demo:configure`: the synthesized configuration workflows executed with the real handlers in an AWS account in
 * memory. Exit code 1 when the second pass still changed something.
 */
const options = parseConfigureOptions(process.argv.slice(2));
const result = await runConfigureDemo(options);
if (options.json) printJson(result);
else printReport(result);
process.exitCode = changesOf(result.second) === 0 ? 0 : 1;
