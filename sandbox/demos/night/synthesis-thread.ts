/** A thread of synthesizeApart: synthesizes one stack and says what came of it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { SynthesisOrder } from './synthesize-apart.ts';
import { synthesizeStack } from './synthesize-stack.ts';

const { configuration, nowMs } = workerData as SynthesisOrder;
parentPort!.postMessage(synthesizeStack(configuration, new Date(nowMs)));
