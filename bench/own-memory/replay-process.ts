/**
 * An execution environment in a fresh process: `node replay-process.mjs BUNDLE FOLDER...` loads the bundle and runs the
 * recorded invocations of the folders one after the other, AWS's answers read from files where a request would leave the
 * process. Sends an `EnvironmentReading`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { SdkClient } from '../../shared/clients/sdk.ts';
import { answerKey } from './answer-key.ts';
import { ReplayClock } from './replay-clock.ts';
import type { StoredCall, StoredInvocation } from './stored-invocation.ts';

export interface EnvironmentReading {
  /** Processor time of all threads from the start of Node until the handler was there. */
  readonly initCpuMs: number;
  /** Of each invocation, in order. */
  readonly cpuMs: readonly number[];
  /** Most memory the process ever held, MiB. */
  readonly peakRssMb: number;
}

interface Bundle {
  handler(event: unknown, context: object): Promise<unknown>;
  registerClientPlugin(plugin: (client: SdkClient) => void): void;
  useClock(clock: { now(): number; sleep(ms: number): Promise<void> }): void;
}

const KIB_PER_MIB = 1024;
const [file = '', ...folders] = process.argv.slice(2);

const clock = new ReplayClock();
let folder = '';
let unanswered: StoredCall[] = [];

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** Of this program alone: what `getrusage` says includes the process that it was forked from. */
function peakRssKib(): number {
  const [, kib = ''] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kib);
}

/** The recorded answer to the same request, or the next to the same operation where what is asked holds random ids. */
function answerTo(call: string, input: Record<string, unknown>): StoredCall {
  const alike = unanswered.filter((each) => each.call === call);
  const key = alike.length > 1 ? answerKey(input) : undefined;
  const answer = alike.find((each) => each.key === key) ?? alike[0];
  if (answer === undefined) throw new Error(`nothing was recorded that answers ${call}`);
  unanswered.splice(unanswered.indexOf(answer), 1);
  return answer;
}

/** Below everything else, where a request would leave the process. */
const PLACE = { step: 'deserialize', priority: 'low', name: 'recordedAnswers', override: true } as const;

function answerFromFiles(client: SdkClient): void {
  const middleware = (_next: unknown, names: unknown) => async (attempt: { input: object }) => {
    const { clientName, commandName } = names as { clientName: string; commandName: string };
    const call = `${clientName.replace(/Client$/, '')}.${commandName.replace(/Command$/, '')}`;
    const { status, headers, bodyFile } = answerTo(call, attempt.input as Record<string, unknown>);
    clock.stir();
    const body = Readable.from([readFileSync(path.join(folder, bodyFile))]);
    return { response: { statusCode: status, headers: { ...headers }, body } };
  };
  // biome-ignore lint/suspicious/noExplicitAny: middleware stacks are invariant in their input and output types
  client.middlewareStack.add(middleware as any, PLACE);
}

const { handler, registerClientPlugin, useClock } = (await import(pathToFileURL(file).href)) as Bundle;
const initCpuMs = cpuMs();
registerClientPlugin(answerFromFiles);
useClock(clock);
const readings: number[] = [];
for (folder of folders) {
  const beforeMs = cpuMs();
  const stored = JSON.parse(readFileSync(path.join(folder, 'invocation.json'), 'utf8')) as StoredInvocation;
  clock.startAt(stored.startedMs);
  unanswered = [...stored.calls];
  await handler(stored.event, { ...stored.context, getRemainingTimeInMillis: () => 900_000 });
  readings.push(cpuMs() - beforeMs);
}
const peakRssMb = peakRssKib() / KIB_PER_MIB;
process.send?.({ initCpuMs, cpuMs: readings, peakRssMb } satisfies EnvironmentReading, () => process.exit(0));
