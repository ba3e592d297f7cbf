/**
 * One cold start, timed: loads the handler file named by the first argument, calls it once and prints both times.
 * Run in a fresh process each time, with the environment a function has.
 */
import { createRequire } from 'node:module';

type Handler = ((event: unknown, context: unknown) => Promise<unknown>) & { readonly ready?: Promise<unknown> };

const load = createRequire(import.meta.url);
const event = { userId: 'student-1', query: 'photosynthesis' };
const beganMs = performance.now();
const cpuBefore = process.cpuUsage();
// As Lambda's runtime loads CommonJS.
const loaded = load(process.argv[2] ?? '') as { handler: Handler };
// A pre-initializing handler is ready when its connections are: that time is init, not the first request.
await loaded.handler.ready;
const initMs = performance.now() - beganMs;
const answer = await loaded.handler(event, {});
const firstRequestMs = performance.now() - beganMs - initMs;
const { user, system } = process.cpuUsage(cpuBefore);
process.send?.({ initMs, firstRequestMs, cpuMs: (user + system) / 1_000, answer }, () => process.exit(0));
