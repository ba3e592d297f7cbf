import { Readable, Writable } from 'node:stream';
import { runCli } from '../../cli/program.ts';
import type { NightWorld } from './night-world.ts';

/** What a command prints to somebody who runs it in a world's account; the command must succeed. */
export async function nightCli({ clock, deployment }: NightWorld, ...args: string[]): Promise<string> {
  let stdout = '';
  const collect = new Writable({
    write(chunk, _, done) {
      stdout += String(chunk);
      done();
    },
  });
  const { tableName, bucketName } = deployment;
  const environment = { RIGHTSIZER_LEDGER_TABLE: tableName, RIGHTSIZER_RUN_BUCKET: bucketName };
  const terminal = { stdin: Readable.from([]), stdout: collect, stderr: collect, colors: false, environment };
  const exitCode = await clock.complete(() => runCli(args, { ...terminal, widthChars: 100 }));
  expect([exitCode, stdout]).toEqual([0, expect.any(String)]);
  return stdout;
}
