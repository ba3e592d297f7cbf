import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { callAws, listOf } from '../aws-call.ts';
import { listTableNames } from '../dynamodb-tables/list-table-names.ts';
import { type Pace, UNPACED } from '../pace.ts';
import { listProvisionedIfThere } from '../provisioned-concurrency/list-provisioned.ts';
import { createClient } from '../sdk.ts';

export interface EventSource {
  functionName: string;
  eventSourceArn: string;
}

/** What besides functions there is to put alarms on. */
export interface Watchables {
  listTables(): Promise<string[]>;
  /** Queues and streams with the functions that read them. */
  listEventSources(): Promise<EventSource[]>;
  /** Alias or version with provisioned concurrency; the first where there are several, none of a function that is gone. */
  findProvisionedQualifier(functionName: string): Promise<string | undefined>;
}

/** @param pace waits before each call of the control plane's 15 a second */
export function createWatchables(pace: Pace = UNPACED): Watchables {
  const lambda = createClient(LambdaClient);
  const dynamodb = createClient(DynamoDBClient);
  return {
    listTables: () => listTableNames(dynamodb),
    listEventSources: () => listEventSources(lambda, pace),
    findProvisionedQualifier: async (functionName) =>
      (await listProvisionedIfThere(lambda, functionName, pace))[0]?.qualifier,
  };
}

async function listEventSources(lambda: LambdaClient, pace: Pace): Promise<EventSource[]> {
  const sources: EventSource[] = [];
  let marker: string | undefined;
  do {
    const input = marker ? { Marker: marker } : {};
    await pace();
    const page = await callAws('lambda:ListEventSourceMappings', () =>
      lambda.send(new ListEventSourceMappingsCommand(input)),
    );
    for (const { FunctionArn, EventSourceArn } of listOf('lambda:ListEventSourceMappings', page.EventSourceMappings)) {
      const functionName = FunctionArn?.split(':')[6];
      if (functionName && EventSourceArn) sources.push({ functionName, eventSourceArn: EventSourceArn });
    }
    marker = page.NextMarker;
  } while (marker);
  return sources;
}
