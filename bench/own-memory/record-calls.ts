import { quietHandlers } from '../../sandbox/demos/night/quiet-handlers.ts';
import { createWorld } from '../../sandbox/demos/night/world.ts';
import { callLatencyMs } from '../../sandbox/metering/call-latencies.ts';
import type { WarmUpOrder } from '../../shared/contracts/cold-start.ts';
import { UNQUALIFIED } from '../../shared/domain/configuration/cold-start/plan-mitigation.ts';
import { SEED, START_MS } from './fixed-world.ts';
import { Recorder } from './recorder.ts';

/** Functions of an account that the calls have nothing to do with. */
const FUNCTIONS = 20;
/** Calls of a kind in one recording. */
export const CALLS = 6;

const OPERATOR_CALL = {
  routeKey: 'POST /optimizer',
  headers: {},
  body: JSON.stringify({ action: 'optimizeAll', autoApply: false }),
  isBase64Encoded: false,
};

/** Calls that come one by one from outside any workflow: of the operator API, and of schedules that keep a function warm. */
export async function recordCalls(): Promise<Recorder> {
  quietHandlers();
  const world = await createWorld({ functions: FUNCTIONS, seed: SEED, startMs: START_MS, latencyMs: callLatencyMs });
  const { account, clock, deployment, fleet } = world;
  const functionName = fleet.functions.find(({ kind }) => kind === 'plain')!.name;
  account.lambda.functions.get(functionName).handler = async () => 'warm';
  const order: WarmUpOrder = { functionName, qualifier: UNQUALIFIED, environments: 5, holdMs: 100 };
  const recorder = new Recorder();
  recorder.attach(world);
  for (let call = 0; call < CALLS; call += 1) {
    await clock.complete(() => deployment.invoke('operate', OPERATOR_CALL));
    await clock.complete(() => deployment.invoke('warm-up', order));
  }
  deployment.dispose();
  return recorder;
}
