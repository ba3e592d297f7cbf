/** Instruction set of a function, in Lambda's own words. */
export type Architecture = 'arm64' | 'x86_64';

/** One step of a tiered price: it holds from the end of the tier before it up to `upToGbSeconds` in a month. */
export interface DurationTier {
  /** Monthly GB-seconds (account, region and architecture together) at which this tier ends; Infinity for the last. */
  readonly upToGbSeconds: number;
  readonly usdPerGbSecond: number;
}

/** Prices that depend on the architecture. */
export interface ArchitecturePrices {
  /** Ascending by `upToGbSeconds`; never empty. */
  readonly durationTiers: readonly DurationTier[];
  readonly usdPerRequest: number;
  /** Provisioned concurrency, for every GB-second configured, used or not. */
  readonly provisionedUsdPerGbSecond: number;
  /** Duration of invocations that ran on provisioned concurrency. */
  readonly provisionedDurationUsdPerGbSecond: number;
}

/** Lambda prices of one region. */
export interface LambdaPrices {
  readonly region: string;
  /** Day the figures were published (ISO date). */
  readonly asOf: string;
  /** `price-list` when read from the AWS Price List, `fallback` when from the dated table in this repository. */
  readonly source: 'price-list' | 'fallback';
  readonly architectures: Readonly<Record<Architecture, ArchitecturePrices>>;
  /** Ephemeral storage above the free 512 MB. */
  readonly ephemeralUsdPerGbSecond: number;
}
