import { setImmediate as nextTurn } from 'node:timers/promises';
import dynalite from 'dynalite';
import { bytesOf, callListener, type WireRequest, type WireResponse } from './in-memory-transport.ts';

export type Item = Record<string, Record<string, unknown>>;

/** dynalite checks that a signature is there, not whether it is right. */
const UNCHECKED_SIGNATURE = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=sandbox/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
  'x-amz-date': '20260101T000000Z',
  'content-type': 'application/x-amz-json-1.0',
};

/** Settings of CreateTable that dynalite does not know and that change nothing about items. */
const UNKNOWN_TO_DYNALITE = [
  'StreamSpecification',
  'SSESpecification',
  'Tags',
  'DeletionProtectionEnabled',
  'TableClass',
];

/** dynalite in this process, and direct questions to it past the SDK. */
export class Tables {
  private readonly server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  private readonly keyNames = new Map<string, readonly string[]>();

  /** A request handler for SDK clients. */
  async handle(request: WireRequest): Promise<{ response: WireResponse }> {
    return { response: await callListener(this.server, withoutUnknownSettings(request)) };
  }

  forgetKeys(tableName: string): void {
    this.keyNames.delete(tableName);
  }

  /** Waits (a timer's turn of real time) until the table is usable, or gone. */
  async settled(tableName: string): Promise<void> {
    for (;;) {
      const response = await this.post('DescribeTable', { TableName: tableName });
      const { Table } = JSON.parse(bytesOf(response.body).toString('utf8')) as { Table?: { TableStatus: string } };
      if (Table === undefined || Table.TableStatus === 'ACTIVE') return;
      await nextTurn();
    }
  }

  async keyOf(tableName: string, item: Item): Promise<Item> {
    let names = this.keyNames.get(tableName);
    if (!names) {
      const { Table } = await this.ask<{ Table: { KeySchema: { AttributeName: string }[] } }>('DescribeTable', {
        TableName: tableName,
      });
      names = Table.KeySchema.map(({ AttributeName }) => AttributeName);
      this.keyNames.set(tableName, names);
    }
    return Object.fromEntries(names.map((name) => [name, item[name]!]));
  }

  async read(tableName: string, key: Item): Promise<Item | undefined> {
    const { Item: found } = await this.ask<{ Item?: Item }>('GetItem', {
      TableName: tableName,
      Key: key,
      ConsistentRead: true,
    });
    return found;
  }

  private async ask<Output>(operation: string, input: object): Promise<Output> {
    const response = await this.post(operation, input);
    const text = bytesOf(response.body).toString('utf8');
    if (response.statusCode !== 200) throw new Error(`dynalite refused ${operation}: ${text}`);
    return JSON.parse(text) as Output;
  }

  private post(operation: string, input: object): Promise<WireResponse> {
    return callListener(this.server, {
      method: 'POST',
      path: '/',
      headers: { ...UNCHECKED_SIGNATURE, 'x-amz-target': `DynamoDB_20120810.${operation}` },
      body: JSON.stringify(input, wireValue),
    });
  }
}

/** Binary attributes travel as base64. */
export function wireValue(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const buffer = value as { type?: string; data?: number[] } | null;
  return buffer?.type === 'Buffer' && Array.isArray(buffer.data) ? Buffer.from(buffer.data).toString('base64') : value;
}

function withoutUnknownSettings(request: WireRequest): WireRequest {
  const target = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
  if (!target?.endsWith('.CreateTable')) return request;
  const input = JSON.parse(bytesOf(request.body).toString('utf8')) as Record<string, unknown>;
  for (const name of UNKNOWN_TO_DYNALITE) delete input[name];
  return { ...request, body: JSON.stringify(input) };
}
