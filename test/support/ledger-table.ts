import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SandboxAccount } from '../../sandbox/account/sandbox-account.ts';
import { VirtualClock } from '../../sandbox/clock/virtual-clock.ts';
import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import type { Ledger } from '../../shared/clients/ledger/ledger.ts';
import { createClient, registerClientPlugin } from '../../shared/clients/sdk.ts';
import { OPEN_CHANGES_INDEX } from '../../shared/constants.ts';

export const TABLE = 'ledger';

export interface LedgerWorld {
  ledger: Ledger;
  account: SandboxAccount;
  /** Runs the work as an activity of the account's clock. */
  run<Value>(work: () => Promise<Value>): Promise<Value>;
  dispose(): void;
}

/** The real ledger over a real DynamoDB emulator in this process, with the stack's keys and index. */
export async function createLedgerWorld(nowMs: number): Promise<LedgerWorld> {
  const clock = new VirtualClock(nowMs);
  const account = new SandboxAccount({ clock, seed: 1 });
  const dispose = registerClientPlugin(account.plugin());
  const run = <Value>(work: () => Promise<Value>) => clock.complete(work);
  await run(createTable);
  return { ledger: createLedger(TABLE), account, run, dispose };
}

/** The ledger's table, with its keys and its index, in whatever account the clients are plugged into. */
export async function createTable(): Promise<void> {
  const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  const command = new CreateTableCommand({
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'openPartition', 'functionName'].map(string),
    KeySchema: key('pk', 'sk'),
    GlobalSecondaryIndexes: [
      {
        IndexName: OPEN_CHANGES_INDEX,
        KeySchema: key('openPartition', 'functionName'),
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  await createClient(DynamoDBClient).send(command);
}
