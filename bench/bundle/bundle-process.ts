/**
 * One load of a bundle in a fresh process, in CPU time, of which Lambda gives a small function a share: `node bundle-process.ts FILE WARM_CALLS` sends `{ coldLoadMs, warmMs }`.
 * Warm calls come one after the other with an empty event, after as many to warm up.
 */
import { pathToFileURL } from 'node:url';

const [file = '', warmCalls = '0'] = process.argv.slice(2);
const url = pathToFileURL(file).href;
const usedBefore = process.cpuUsage();
const { handler } = (await import(url)) as { handler: (event: unknown, context: unknown) => Promise<unknown> };
const { user, system } = process.cpuUsage(usedBefore);
const coldLoadMs = (user + system) / 1_000;
const warmMs: number[] = [];
for (let call = 0; call < 2 * Number(warmCalls); call += 1) {
  const startMs = performance.now();
  // Most tasks refuse an empty event, and the endpoint refuses what the others ask of AWS.
  await handler({}, {}).catch(() => undefined);
  if (call >= Number(warmCalls)) warmMs.push(performance.now() - startMs);
}
process.send?.({ coldLoadMs, warmMs }, () => process.exit(0));
