import type { SandboxAccount } from '../account/sandbox-account.ts';
import { matchesFilter } from './filter-stream-records.ts';
import type { TaskHandlers } from './task-handlers.ts';
import { type DeployedResource, resourcesOfType, type Template } from './template.ts';

export interface StreamStage {
  template: Template;
  account: SandboxAccount;
  handlers: TaskHandlers;
  resources: ReadonlyMap<string, DeployedResource>;
  taskOf: ReadonlyMap<string, string>;
  resolve(value: unknown): unknown;
}

interface Mapping {
  EventSourceArn: string;
  FunctionName: string;
  BatchSize?: number;
  FilterCriteria?: { Filters: { Pattern: string }[] };
}

/** Lets the functions of event source mappings consume their tables' streams, filtered as the mapping says. */
export function connectStreams(stage: StreamStage): void {
  for (const [, { Properties }] of resourcesOfType(stage.template, 'AWS::Lambda::EventSourceMapping')) {
    connect(stage, stage.resolve(Properties) as Mapping);
  }
}

function connect(stage: StreamStage, { EventSourceArn, FunctionName, BatchSize, FilterCriteria }: Mapping): void {
  const tableName = /:table\/([^/]+)\/stream\//.exec(EventSourceArn)?.[1];
  const task = stage.taskOf.get(FunctionName);
  if (tableName === undefined || task === undefined) throw new Error(`cannot map ${EventSourceArn} to ${FunctionName}`);
  const patterns = (FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern) as Record<string, unknown>);
  const isWanted = (record: unknown) =>
    patterns.length === 0 || patterns.some((pattern) => matchesFilter(record, pattern));
  stage.account.streams.subscribe(tableName, (event) => stage.handlers.invoke(task, event, FunctionName), {
    ...(BatchSize !== undefined && { batchSize: BatchSize }),
    isWanted,
  });
}
