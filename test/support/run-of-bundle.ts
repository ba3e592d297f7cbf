import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** What a bundle's handler makes of an event, in a process of its own with nothing in its environment. */
export function runOfBundle(file: string, event?: unknown): unknown {
  const script = `
    const { handler } = await import(${JSON.stringify(pathToFileURL(file).href)});
    process.stdout.write(JSON.stringify(await handler(${JSON.stringify(event)})));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: {},
    maxBuffer: 16 * 1024 * 1024,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}
