import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import type { Ledger } from '../../../shared/clients/ledger/ledger.ts';
import { OPEN_CHANGES_INDEX } from '../../../shared/constants.ts';

/** The real ledger over DynamoDB's own semantics (dynalite on loopback); a table for each caller. */
export class DynamoDbLedgers {
  private readonly server = dynalite({ createTableMs: 0, updateTableMs: 0 });
  private readonly formerEnvironment = { ...process.env };
  private tables = 0;

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
  }

  async fresh(): Promise<Ledger> {
    this.tables += 1;
    const tableName = `ledger-${this.tables}`;
    const client = new DynamoDBClient();
    await client.send(new CreateTableCommand(tableDefinition(tableName)));
    await waitUntilTableExists({ client, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 10 }, { TableName: tableName });
    client.destroy();
    return createLedger(tableName);
  }

  stop(): void {
    process.env = this.formerEnvironment;
    this.server.close();
    this.server.closeAllConnections();
  }
}

const tableDefinition = (tableName: string) => ({
  TableName: tableName,
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: ['pk', 'sk', 'openPartition'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S' as const,
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: OPEN_CHANGES_INDEX,
      KeySchema: [{ AttributeName: 'openPartition', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    },
  ],
});
