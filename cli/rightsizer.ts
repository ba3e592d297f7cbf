#!/usr/bin/env node
import { confirm } from './deploy/confirm.ts';
import { NODE_MAJOR_MIN } from './node-major-min.ts';
import { runCli } from './program.ts';

/** The command line's entry: `rightsizer <command>` once installed, `npm run -s rightsizer -- <command>` in here. */

// Whoever reads through `head` has what they want; only their going away is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR_MIN) {
  process.stderr.write(`rightsizer needs Node.js ${NODE_MAJOR_MIN} or later, this is ${process.versions.node}\n`);
  process.exitCode = 1;
} else {
  process.exitCode = await runCli(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    colors: process.stdout.isTTY === true && !process.env['NO_COLOR'],
    widthChars: process.stdout.isTTY ? process.stdout.columns : undefined,
    environment: process.env,
    confirm,
    onInterrupt: () => {
      const interrupted = new AbortController();
      process.once('SIGINT', () => interrupted.abort());
      return interrupted.signal;
    },
  });
}
