import { enableCompileCache } from 'node:module';

/**
 * `npm run demo`: the synthesized state machine executed night by night over a fleet of measured functions, in an AWS
 * account in memory. Progress goes to stderr; exit code 1 when an invariant was violated.
 */
// Before anything else is loaded: compiling CDK and the SDK anew takes a second of every start.
enableCompileCache();
const { parseOptions } = await import('./options.ts');
const { printJson, printReport } = await import('./print.ts');
const { runDemo } = await import('./run-demo.ts');

const options = parseOptions(process.argv.slice(2));
const result = await runDemo(options, (text) => {
  if (!options.json) process.stderr.write(`${text}\n`);
});
if (options.json) printJson(result);
else printReport(result);
process.exitCode = result.violations.length === 0 ? 0 : 1;
