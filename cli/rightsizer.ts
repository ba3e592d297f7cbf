#!/usr/bin/env node
import { runCli } from './program.ts';

/** The command line's entry: `rightsizer <command>` once installed, `npm run -s rightsizer -- <command>` in here. */

// Whoever reads through `head` has what they want; only their going away is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  colors: process.stdout.isTTY === true && !process.env['NO_COLOR'],
  environment: process.env,
});
