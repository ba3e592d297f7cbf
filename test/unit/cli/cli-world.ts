import { Readable, Writable } from 'node:stream';
import { UsageError } from '../../../cli/input/usage-error.ts';
import { runCli } from '../../../cli/program.ts';
import { useClock } from '../../../shared/clock.ts';
import type { RunRecord } from '../../../shared/contracts/ledger.ts';
import { NIGHT, proposal, savings } from '../../support/builders.ts';
import { createLedgerWorld, type LedgerWorld } from '../../support/ledger-table.ts';

export const NOW_MS = Date.parse('2026-11-23T08:00:00Z');
export const RUN_ID = 'scheduled-2026-11-23';
export const BUCKET = 'run-bucket';
export const STATE_MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:Night';

export interface Spoken {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface SpeakOptions {
  environment?: Record<string, string>;
  stdin?: string;
  /** What the person at the terminal answers; left out: nobody is there. */
  answers?: boolean;
  widthChars?: number;
}

export interface CliWorld extends LedgerWorld {
  /** Runs a command line as a user of a terminal without colours would. */
  cli(args: readonly string[], options?: SpeakOptions): Promise<Spoken>;
}

/** The command line over a DynamoDB emulator and the account in memory, with a stack that CloudFormation knows. */
export async function createCliWorld(): Promise<CliWorld> {
  const world = await createLedgerWorld(NOW_MS);
  const restoreClock = useClock({ now: () => NOW_MS, sleep: async () => {} });
  world.account.s3.createBucket(BUCKET);
  world.account.cloudFormation.addStack('Rightsizer', {
    LedgerTableName: 'ledger',
    RunBucketName: BUCKET,
    StateMachineArn: STATE_MACHINE,
  });
  return {
    ...world,
    cli: (args, options = {}) => world.run(() => speak(args, options)),
    dispose: () => {
      restoreClock();
      world.dispose();
    },
  };
}

async function speak(
  args: readonly string[],
  { environment = {}, stdin = '', answers, widthChars }: SpeakOptions,
): Promise<Spoken> {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const confirm = async (question: string): Promise<boolean> => {
    if (answers === undefined) throw new UsageError([`nobody is there to answer ${question}`]);
    return answers;
  };
  const terminal = { stdin: Readable.from([stdin]), stdout, stderr, colors: false, widthChars, environment, confirm };
  const exitCode = await runCli(args, terminal);
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

class Collected extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export function runRecord(overrides: Partial<RunRecord> = {}): RunRecord {
  return {
    runId: RUN_ID,
    runDate: '2026-11-23',
    trigger: 'schedule',
    executionArn: 'arn:aws:states:us-east-1:123456789012:execution:Night:one',
    startedAt: NIGHT,
    approvalExpiresAt: '2026-11-23T22:00:00.000Z',
    status: 'running',
    proposalCount: 2,
    linkHash: 'hash-of-the-link',
    nonceKey: 'key-of-the-nonces',
    ...overrides,
  };
}

/** A run with two proposals, of which the second saves more. */
export async function propose(world: CliWorld): Promise<void> {
  const { account, ledger, run } = world;
  account.s3.write(BUCKET, `runs/${RUN_ID}/proposals.json`, '[]');
  account.s3.write(BUCKET, `runs/${RUN_ID}/outcomes.json`, '[]');
  await run(async () => {
    await ledger.putRun(runRecord());
    await ledger.putProposal(proposal({ functionName: 'orders-api' }));
    await ledger.putProposal(
      proposal({ functionName: 'orders-worker', savings: savings({ savingsUsdPerMonth: 12.5 }) }),
    );
  });
}

/** What a night left behind, with names that would speak to a terminal. */
export const REPORT = {
  schemaVersion: 1,
  runId: RUN_ID,
  runDate: '2026-11-23',
  reportKey: `runs/${RUN_ID}/report.json`,
  counts: {
    discovered: 3,
    excluded: 0,
    assessed: 3,
    proposed: 1,
    approved: 1,
    rejected: 0,
    expired: 0,
    applied: 1,
    verified: 1,
    watching: 0,
    rolledBack: 0,
    refused: 0,
    failed: 0,
  },
  estimatedSavingsUsdPerMonth: 12,
  realizedSavingsUsdPerMonth: 11.5,
  settled: [],
  changed: [
    {
      schemaVersion: 1,
      functionName: 'orders-api',
      functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders-api',
      runId: RUN_ID,
      kind: 'Verified',
      reason: 'as fast as before\u001b[2J',
      decidedBy: 'Ada\u001b[31m',
      before: { memorySizeMb: 1024, timeoutSeconds: 30 },
      after: { memorySizeMb: 512, timeoutSeconds: 30 },
      estimatedSavingsUsdPerMonth: 12,
      realizedSavingsUsdPerMonth: 11.5,
    },
  ],
  excluded: [],
};
