import type { DistributedOptions, MapState } from '../definition/program.ts';
import { StateError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import type { CancelScope } from '../run/cancel-scope.ts';
import { Execution, type StateMachine } from '../run/execution.ts';
import { finishState } from '../run/finish-state.ts';
import { runConcurrently } from '../run/run-concurrently.ts';
import { recordStart, runExecution } from '../run/run-execution.ts';
import type { Transition, Visit } from '../run/visit.ts';
import { resultsOf } from './child-result.ts';
import { makeChildren } from './item-batcher.ts';
import { type Dataset, readDataset } from './item-reader.ts';
import { MapRun, type MapRunChild } from './map-run.ts';
import { writeResults } from './result-writer.ts';
import { concurrencyOf, itemsOf, selectItem } from './run-inline-map.ts';
import { isExceeded, type Tolerance, thresholdExceeded, toleranceOf } from './tolerance.ts';

/** Most children of a Map Run that run at once (Step Functions service quotas). */
const MAX_DISTRIBUTED_CONCURRENCY = 10_000;

async function selectItems(visit: Visit, state: MapState, dataset: Dataset): Promise<readonly JsonValue[]> {
  if (!state.itemSelector) return dataset.items;
  const selected: JsonValue[] = [];
  for (const [Index, Value] of dataset.items.entries()) {
    selected.push(await selectItem(visit, state, { Index, Value, Source: dataset.source }));
  }
  return selected;
}

/** `…:stateMachine:name` becomes `…:<kind>:name/label`. */
function childArn(machine: StateMachine, kind: string, label: string): string {
  return `${machine.arn.replace(':stateMachine:', `:${kind}:`)}/${label}`;
}

async function createMapRun(visit: Visit, state: MapState, options: DistributedOptions): Promise<MapRun> {
  const dataset = options.itemReader
    ? await readDataset(visit, options.itemReader)
    : { items: await itemsOf(visit, state), source: 'STATE_DATA' };
  const children = await makeChildren(visit, options.itemBatcher, await selectItems(visit, state, dataset));
  const parent = visit.execution.machine;
  const id = visit.services.random.uuid();
  const machine: StateMachine = {
    arn: childArn(parent, 'stateMachine', options.label),
    name: `${parent.name}/${options.label}`,
    type: options.executionType,
    roleArn: parent.roleArn,
    program: { ...state.processor, timeoutSeconds: undefined },
  };
  return new MapRun({ arn: `${childArn(parent, 'mapRun', options.label)}:${id}`, id, machine, children });
}

function startChild(visit: Visit, mapRun: MapRun, child: MapRunChild, scope: CancelScope): Execution {
  const { clock, random } = visit.services;
  const name = random.uuid();
  const isExpress = mapRun.executionType === 'EXPRESS';
  const prefix = mapRun.machine.arn.replace(':stateMachine:', isExpress ? ':express:' : ':execution:');
  const execution = new Execution({
    arn: isExpress ? `${prefix}:${name}:${random.uuid()}` : `${prefix}:${name}`,
    name,
    machine: mapRun.machine,
    input: child.input,
    startMs: clock.now(),
    keepHistory: !isExpress || visit.services.keepExpressHistory,
    mapRunArn: mapRun.arn,
    parentScope: scope,
  });
  child.execution = execution;
  visit.services.register(execution);
  recordStart(execution, clock.now());
  return execution;
}

async function runChild(visit: Visit, mapRun: MapRun, child: MapRunChild, scope: CancelScope): Promise<void> {
  const earlier = child.execution;
  if (earlier?.status === 'SUCCEEDED') return;
  if (earlier && mapRun.executionType === 'STANDARD') {
    earlier.reopen(visit.services.clock.now(), scope);
    recordStart(earlier, visit.services.clock.now());
    await runExecution(visit.services, earlier);
  } else {
    await runExecution(visit.services, startChild(visit, mapRun, child, scope));
  }
}

async function runChildren(visit: Visit, mapRun: MapRun, limit: number, tolerance: Tolerance): Promise<void> {
  let failedItems = 0;
  await runConcurrently(visit.services.clock, visit.scope, {
    count: mapRun.children.length,
    limit,
    start: async (index, scope) => {
      const child = mapRun.children[index]!;
      await runChild(visit, mapRun, child, scope);
      if (child.execution?.status === 'SUCCEEDED' || scope.reason) return;
      failedItems += child.itemCount;
      if (isExceeded(tolerance, failedItems, mapRun.itemCount)) throw thresholdExceeded();
    },
  });
}

/** The result of the state: the manifest's place, or the children's results. */
async function resultOf(visit: Visit, options: DistributedOptions, mapRun: MapRun): Promise<JsonValue> {
  const writer = options.resultWriter;
  if (writer?.destination) return writeResults(visit, writer, mapRun);
  const executions = mapRun.children.flatMap(({ execution }) => (execution ? [execution] : []));
  return resultsOf(executions, writer?.transformation ?? 'COMPACT');
}

async function failMapRun(visit: Visit, options: DistributedOptions, mapRun: MapRun, error: unknown): Promise<void> {
  if (visit.scope.reason) {
    if (visit.scope.reason.kind === 'sibling-failed') visit.record('MapRunAborted');
    return;
  }
  if (!(error instanceof StateError)) return;
  if (options.resultWriter?.destination && error.errorName === thresholdExceeded().errorName) {
    await writeResults(visit, options.resultWriter, mapRun);
  }
  visit.record('MapRunFailed', 'mapRunFailedEventDetails', { error: error.errorName, cause: error.causeText });
}

async function prepare(visit: Visit, state: MapState, options: DistributedOptions): Promise<MapRun> {
  const { region } = visit;
  if (region.mapRun) {
    const { mapRun } = region;
    mapRun.redriveCount++;
    const details = { mapRunArn: mapRun.arn, redriveCount: mapRun.redriveCount };
    visit.record('MapRunRedriven', 'mapRunRedrivenEventDetails', details);
    return mapRun;
  }
  const mapRun = await createMapRun(visit, state, options);
  region.mapRun = mapRun;
  const length = options.itemReader ? 0 : mapRun.itemCount;
  visit.record('MapStateStarted', 'mapStateStartedEventDetails', { length });
  visit.record('MapRunStarted', 'mapRunStartedEventDetails', { mapRunArn: mapRun.arn });
  return mapRun;
}

/** Runs a child execution per item or batch and gathers or exports what they return. */
export async function runDistributedMap(
  visit: Visit,
  state: MapState,
  options: DistributedOptions,
): Promise<Transition> {
  const tolerance = await toleranceOf(visit, options);
  const limit = await concurrencyOf(visit, state, MAX_DISTRIBUTED_CONCURRENCY);
  const mapRun = await prepare(visit, state, options);
  let result: JsonValue;
  try {
    await runChildren(visit, mapRun, limit, tolerance);
    result = visit.checkSize(await resultOf(visit, options, mapRun));
  } catch (error) {
    await failMapRun(visit, options, mapRun, error);
    throw error;
  }
  visit.record('MapRunSucceeded');
  visit.record('MapStateSucceeded');
  return finishState(visit, state, visit.view({ result }), result);
}
