import { Readable, Writable } from 'node:stream';
import { runCli } from '../../../cli/program.ts';
import { useClock } from '../../../shared/clock.ts';
import type { RunRecord } from '../../../shared/contracts/ledger.ts';
import { NIGHT } from '../../support/builders.ts';
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

export interface CliWorld extends LedgerWorld {
  /** Runs a command line as a user of a terminal without colours would. */
  cli(args: readonly string[], options?: { environment?: Record<string, string>; stdin?: string }): Promise<Spoken>;
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
    cli: (args, { environment = {}, stdin = '' } = {}) => world.run(() => speak(args, environment, stdin)),
    dispose: () => {
      restoreClock();
      world.dispose();
    },
  };
}

async function speak(args: readonly string[], environment: Record<string, string>, stdin: string): Promise<Spoken> {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const exitCode = await runCli(args, { stdin: Readable.from([stdin]), stdout, stderr, colors: false, environment });
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
