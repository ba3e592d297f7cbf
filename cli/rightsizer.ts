#!/usr/bin/env node
import { runCli } from './program.ts';

/** The command line's entry: `npm run -s rightsizer -- <command>`. */
process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  colors: process.stdout.isTTY === true && !process.env['NO_COLOR'],
  environment: process.env,
});
