import * as v from 'valibot';
import { finiteNumber } from './typed-values.ts';

/**
 * Where a night's knowledge comes from, besides the list of the hub's own functions and the ledger's record of the night. Each may only ever take
 * knowledge away: a source that is denied, down, slow or absent never ends a night.
 */
export const SOURCES = [
  /** The list of a spoke's functions; without the hub's own there is no night. */
  'Functions',
  /** Tags of functions, opt-outs among them (Resource Groups Tagging API). */
  'Tags',
  'ComputeOptimizer',
  /** REPORT lines through CloudWatch Logs Insights. */
  'ReportLines',
  'LambdaInsights',
  /** How production ran (CloudWatch), asked of a batch of functions at once. */
  'Metrics',
  /** What GetFunction says of a function that would be proposed. */
  'Configuration',
  /** By which name a function is called (CloudWatch). */
  'Traffic',
  /** Aliases, their traffic and provisioned concurrency. */
  'Aliases',
  /** Who waits for a function: event sources, queues, APIs. */
  'Callers',
  /** What earlier nights did with each function: cool-downs, what is open, sizes it ran at (the ledger's records). */
  'History',
  /** The ledger's index of changes that are still watched. */
  'OpenChanges',
  'PriceList',
] as const;
export type SourceName = (typeof SOURCES)[number];

/**
 * A source that could not be used in a run, and why. The name is text: a spoke's source bears the spoke's name, and a
 * later release may know more.
 */
export const unavailableSourceSchema = v.object({
  source: v.string(),
  reason: v.string(),
  /** Nights in a row, this one among them; only the summary knows. */
  nightsAway: v.optional(finiteNumber),
});
export type UnavailableSource = v.InferOutput<typeof unavailableSourceSchema>;

/** What a stage tells of its sources; outputs of older deployments have none of it. */
export const stageSources = {
  unavailableSources: v.optional(v.array(unavailableSourceSchema)),
  /** Asked, and there: what was not asked is in neither list. */
  answeredSources: v.optional(v.array(v.string())),
};
export interface StageSources {
  unavailableSources?: UnavailableSource[] | undefined;
  answeredSources?: string[] | undefined;
}
