import { PartitionThroughput } from '../../../sandbox/account/dynamodb/partition-throughput.ts';
import { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import { VirtualClock } from '../../../sandbox/clock/virtual-clock.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { registerClientPlugin } from '../../../shared/clients/sdk.ts';
import { hashLinkId } from '../../../shared/domain/approval/page-access/link-id.ts';
import { createPageLedger } from '../../../tasks/approval/serve-page/page-ledger.ts';
import { createTable, TABLE } from '../../../test/support/ledger-table.ts';
import { fixtureProposals, fixtureRun, LINK_ID, MORNING_MS, RUN_ID } from '../../../test/support/page/fixture-run.ts';
import { type Answered, Person } from './person.ts';

export interface RushOptions {
  readonly people: number;
  readonly proposals: number;
  /** Everybody opens the link within this time. */
  readonly withinMs: number;
  /** What the function works on one request, at its share of a CPU. */
  readonly handlerMs: number;
  /** Share of what DynamoDB serves a partition. @default 1 */
  readonly throughputShare?: number;
}

export interface Rush {
  readonly answers: readonly Answered[];
  /** Until the last person saw what they had decided. */
  readonly durationMs: number;
  readonly proposalsDecided: number;
  readonly usedUnits: { readonly read: number; readonly write: number };
  readonly refusedCalls: { readonly read: number; readonly write: number };
}

/** Time of a call: single items, and a query's page of up to 1 MB. Assumed, from DynamoDB's "single-digit milliseconds". */
const ITEM_LATENCY_MS = 5;
const QUERY_LATENCY_MS = 25;

/**
 * People who open one link at once and decide their share of its proposals, each in an environment of their own as
 * Lambda gives one to every concurrent request: the page's own code over the ledger's own, in virtual time.
 */
export async function rush(options: RushOptions): Promise<Rush> {
  const clock = new VirtualClock(MORNING_MS);
  const latencyMs = (_: string, operation: string) => (operation === 'Query' ? QUERY_LATENCY_MS : ITEM_LATENCY_MS);
  const account = new SandboxAccount({ clock, seed: 1, latencyMs });
  const stop = registerClientPlugin(account.plugin());
  try {
    const names = await prepare(clock, options.proposals);
    const throughput = new PartitionThroughput(() => clock.now(), options.throughputShare);
    account.around = throughput.around;
    const beganMs = clock.now();
    const answers = await letIn(clock, names, options);
    const durationMs = clock.now() - beganMs;
    account.around = undefined;
    const proposals = await clock.complete(() => createLedger(TABLE).listProposals(RUN_ID));
    return {
      answers,
      durationMs,
      proposalsDecided: proposals.filter(({ status }) => status !== 'pending').length,
      usedUnits: throughput.used,
      refusedCalls: throughput.refused,
    };
  } finally {
    stop();
  }
}

/** The run as the digest finds it; answers the names of the proposed functions. */
async function prepare(clock: VirtualClock, count: number): Promise<string[]> {
  const proposals = fixtureProposals(count);
  await clock.complete(async () => {
    await createTable();
    const ledger = createLedger(TABLE);
    await ledger.putRun(fixtureRun({ proposalCount: count }));
    await ledger.putLink(hashLinkId(LINK_ID), RUN_ID, '2026-12-31T00:00:00Z');
    for (const each of proposals) await ledger.putProposal(each);
  });
  return proposals.map(({ functionName }) => functionName);
}

async function letIn(clock: VirtualClock, names: readonly string[], options: RushOptions): Promise<Answered[]> {
  const { people, withinMs, handlerMs } = options;
  const share = names.length / people;
  const everybody = Array.from({ length: people }, (_, at) => {
    const own = names.slice(Math.round(at * share), Math.round((at + 1) * share));
    const ledger = createPageLedger(TABLE);
    return new Person({ seed: at, own, ledger, clock, handlerMs });
  });
  const answers = everybody.map((person, at) =>
    clock.run(async () => {
      await clock.sleep((withinMs * at) / people);
      return person.comeAndDecide();
    }),
  );
  await clock.runUntilIdle();
  return (await Promise.all(answers)).flat();
}
