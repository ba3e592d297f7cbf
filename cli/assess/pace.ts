import { createPace, type Pace } from '../../shared/clients/pace.ts';
import { registerClientPlugin, type SdkClient } from '../../shared/clients/sdk.ts';
import type { Clock } from '../../shared/clock.ts';

/**
 * Calls a second that `assess` makes of each service: half of what AWS documents, or less where nothing is documented.
 * The account's own pipelines share these limits.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html 15 control-plane calls a second
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html 5 to 10 a second
 */
const CALLS_PER_SECOND: Readonly<Record<string, number>> = { Lambda: 7.5, CloudWatch: 25, CloudWatchLogs: 2.5 };
const OTHERWISE = 2.5;

/** Spaces every call of every client made from here on; answers how to stop that, also for clients that live on. */
export function paceCalls(clock: Pick<Clock, 'now' | 'sleep'>): () => void {
  const paces = new Map<string, Pace>();
  let active = true;
  const turn = async (service: string): Promise<void> => {
    if (!active) return;
    const own = paces.get(service) ?? createPace(CALLS_PER_SECOND[service] ?? OTHERWISE, clock);
    paces.set(service, own);
    await own();
  };
  const forget = registerClientPlugin((client) => pace(client, turn));
  return () => {
    active = false;
    forget();
  };
}

function pace(client: SdkClient, turn: (service: string) => Promise<void>): void {
  client.middlewareStack.add(
    (next, context) => async (call) => {
      await turn(String(context['clientName'] ?? '').replace(/Client$/, ''));
      return next(call);
    },
    { step: 'initialize', name: 'rightsizerPace', override: true },
  );
}
