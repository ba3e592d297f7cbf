/**
 * One cold start, timed: loads the handler file named by the first argument, calls it once and prints both times.
 * Run in a fresh process each time, with the environment a function has.
 */
import { pathToFileURL } from 'node:url';

type Handler = ((event: unknown, context: unknown) => Promise<unknown>) & { readonly ready?: Promise<unknown> };

const event = { userId: 'student-1', query: 'photosynthesis' };
const beganMs = performance.now();
const cpuBefore = process.cpuUsage();
const loaded = (await import(pathToFileURL(process.argv[2] ?? '').href)) as { handler: Handler };
// A pre-initializing handler is ready when its connections are: that time is init, not the first request.
await loaded.handler.ready;
const initMs = performance.now() - beganMs;
const answer = await loaded.handler(event, {});
const firstRequestMs = performance.now() - beganMs - initMs;
const { user, system } = process.cpuUsage(cpuBefore);
process.send?.({ initMs, firstRequestMs, cpuMs: (user + system) / 1_000, answer }, () => process.exit(0));
