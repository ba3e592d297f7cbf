import { median, percentile, rounded } from '../load/statistics.ts';

export interface BundleLoad {
  readonly coldLoadMs: number;
  readonly warmMs: readonly number[];
}

export interface BundleRow {
  readonly handler: string;
  readonly bundleKiB: number;
  /** Median over the rounds of reading, compiling and evaluating the bundle in a fresh process, of a whole CPU. */
  readonly coldLoadMs: number;
  /** Median over the rounds of the load against the reference's in the same round, 1 = the same. */
  readonly relativeColdLoad: number;
  /** An invocation with an empty event, every AWS call of it refused by the loopback: the task's overhead, not its work. */
  readonly warmP50Ms: number;
  readonly warmP99Ms: number;
}

/** @param reference the reference's loads, of the same rounds */
export function bundleRow(
  { handler, bytes }: { handler: string; bytes: number },
  loads: readonly BundleLoad[],
  reference: readonly BundleLoad[],
): BundleRow {
  const warmMs = loads.flatMap((load) => load.warmMs);
  return {
    handler,
    bundleKiB: rounded(bytes / 1024),
    coldLoadMs: rounded(median(loads.map(({ coldLoadMs }) => coldLoadMs))),
    relativeColdLoad: rounded(median(loads.map(({ coldLoadMs }, at) => coldLoadMs / reference[at]!.coldLoadMs)), 2),
    warmP50Ms: rounded(median(warmMs), 2),
    warmP99Ms: rounded(percentile(warmMs, 0.99), 2),
  };
}
