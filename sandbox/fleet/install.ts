import type { FunctionRecord } from '../account/lambda/function-record.ts';
import { configurationFor } from '../account/lambda/qualified-name.ts';
import type { SandboxAccount } from '../account/sandbox-account.ts';
import type { Fleet, FleetEvent } from './fleet.ts';
import type { FleetFunction } from './fleet-function.ts';
import { configurationOf } from './function-configuration.ts';
import type { TrafficPart } from './timeline.ts';

const LIVE_ALIAS = 'live';

/**
 * Puts a fleet into an account: its functions appear there, its traffic answers the account's metrics and logs, and
 * whatever is changed through the account (size, timeout, aliases, reserved concurrency) changes that traffic.
 */
export function installFleet(fleet: Fleet, account: SandboxAccount): void {
  for (const fn of fleet.functions) addFunction(fleet, fn, account);
  account.useTelemetry(fleet.telemetry);
  fleet.follow(() => account.clock.now());
  account.lambda.functions.onServing((record, atMs) => {
    if (fleet.has(record.name)) applyServing(fleet, record, atMs);
  });
  fleet.onEvent((event) => scheduleEvent(event, account));
}

function addFunction(fleet: Fleet, fn: FleetFunction, account: SandboxAccount): void {
  const record = account.lambda.createFunction(configurationOf(fn, fleet.origin), {
    tags: fn.tags,
    reservedConcurrency: fn.timeline.at(fleet.origin.startMs)?.reservedConcurrency,
    createdAtMs: fn.createdAtMs,
  });
  if (fn.kind === 'aliasPinned') {
    const { Version } = account.lambda.publish(fn.name);
    record.aliases.set(LIVE_ALIAS, {
      AliasArn: `${record.arn}:${LIVE_ALIAS}`,
      Name: LIVE_ALIAS,
      FunctionVersion: Version,
      Description: '',
      RevisionId: record.configuration.RevisionId,
    });
  }
  if (fn.logging.retentionDays !== undefined) account.logs.setRetention(fn.logging.logGroup, fn.logging.retentionDays);
}

function applyServing(fleet: Fleet, record: FunctionRecord, atMs: number): void {
  const fn = fleet.get(record.name);
  const current = fn.timeline.at(atMs);
  if (current && current.reservedConcurrency !== record.reservedConcurrency) {
    fleet.reserved(fn, atMs, record.reservedConcurrency);
  }
  const parts = fn.kind === 'aliasPinned' ? aliasParts(record) : [partOf(record, '$LATEST', 1)];
  // Nothing that serves traffic has changed: environments live on.
  if (current && JSON.stringify(current.parts) === JSON.stringify(parts)) return;
  fleet.configured(fn, atMs, parts);
}

function partOf(record: FunctionRecord, version: string, weight: number): TrafficPart {
  const { MemorySize, Timeout } = configurationFor(record, version);
  return { weight, memorySizeMb: MemorySize!, timeoutS: Timeout!, version };
}

function aliasParts(record: FunctionRecord): TrafficPart[] {
  const alias = record.aliases.get(LIVE_ALIAS)!;
  const weights = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
  const shifted = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return [
    partOf(record, alias.FunctionVersion!, 1 - shifted),
    ...weights.map(([version, weight]) => partOf(record, version, weight)),
  ];
}

/** Scenario events reach the account's records when their time comes. */
function scheduleEvent(event: FleetEvent, account: SandboxAccount): void {
  account.clock.schedule(event.atMs, () => {
    if (event.kind === 'delete') account.lambda.deleteFunction(event.fn.name);
    else deploy(event.fn, event.memorySizeMb, account);
  });
}

/** A deployment waits for an update in progress, as a deployment tool would; one behind an alias ends by moving it. */
function deploy(fn: FleetFunction, memorySizeMb: number | undefined, account: SandboxAccount): void {
  const record = account.lambda.functions.find(fn.name);
  if (!record) return;
  if (record.pending) {
    account.clock.schedule(record.pending.untilMs, () => deploy(fn, memorySizeMb, account));
    return;
  }
  const doneAtMs = account.lambda.deploy(fn.name, memorySizeMb === undefined ? {} : { MemorySize: memorySizeMb });
  const alias = record.aliases.get(LIVE_ALIAS);
  if (alias === undefined || fn.kind !== 'aliasPinned') return;
  account.clock.schedule(doneAtMs, () => {
    const { Version } = account.lambda.publish(fn.name);
    const { RoutingConfig: _shifted, ...rest } = alias;
    record.aliases.set(LIVE_ALIAS, { ...rest, FunctionVersion: Version });
    account.lambda.functions.tellServing(record, doneAtMs);
  });
}
