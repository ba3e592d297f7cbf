/** A process of synthesizeApart: `node synthesis-process.ts ORDER` prints the stack as JSON. */
import type { SynthesisOrder } from './synthesize-apart.ts';
import { synthesizeStack } from './synthesize-stack.ts';

const { configuration, nowMs } = JSON.parse(process.argv[2]!) as SynthesisOrder;
process.stdout.write(JSON.stringify(synthesizeStack(configuration, new Date(nowMs))));
