import type { NightBill, NightUsage } from '../../shared/domain/pricing/night-bill.ts';

/** One night over a fleet of so many functions: what it used, what that costs, how long it would take. */
export interface ScaleRow {
  readonly functions: number;
  readonly assessed: number;
  /** Looked at weekly, and not tonight. */
  readonly passedOver: number;
  readonly proposed: number;
  readonly applied: number;
  /** Attempts by "Service.Operation". */
  readonly awsCalls: Readonly<Record<string, number>>;
  readonly awsCallsPerFunction: number;
  readonly stateTransitions: number;
  readonly lambdaInvocations: number;
  readonly usdPerNight: number;
  readonly usdPer1000FunctionsPerNight: number;
  /** The same functions' first night, when nothing was remembered of them. */
  readonly firstNightUsdPer1000Functions: number;
  /** USD by item of the price table. */
  readonly breakdown: Readonly<Record<string, number>>;
  /** Units by item of the price table. */
  readonly usage: NightUsage;
  /** Alarms and dashboard: the same whether a night runs or not, and not in `usdPerNight`. */
  readonly standingUsdPerNight: number;
  /** Virtual time at the limits that the account enforces, without waiting for people and for production. */
  readonly wallClockSecondsAtAwsLimits: number;
  /** The same by the counted model, which is all there is of sizes that are not run. */
  readonly modelledWallClockSeconds: number;
  /** Seconds by stage of the night, as measured. */
  readonly stageSeconds: Readonly<Record<string, number>>;
  /** Of each rate that AWS documents, the share taken in the busiest second; those hardly touched are left out. */
  readonly busiestShareOfRates: Readonly<Record<string, number>>;
  /** Calls that a rate refused. */
  readonly throttled: number;
  /** Real time of the night in this process. */
  readonly engineSeconds: number;
  readonly peakRssMb: number;
}

/** Another way to do the same for the same functions, at the same prices. */
export interface PeerRow {
  readonly peer: 'naive shape' | 'Power Tuning';
  readonly functions: number;
  readonly usdPerNight: number;
  readonly usdPer1000FunctionsPerNight: number;
  readonly breakdown: Readonly<Record<string, number>>;
  /** How many times what we cost. */
  readonly timesOurs: number;
  readonly assumes: string;
}

export interface ScaleMeasurement {
  readonly row: ScaleRow;
  readonly peers: readonly PeerRow[];
  readonly violations: readonly string[];
}

export const usdByItem = ({ lines }: Pick<NightBill, 'lines'>): Record<string, number> =>
  Object.fromEntries(lines.map(({ item, usd }) => [item, toMicros(usd)]));

export const per1000 = (usd: number, functions: number): number => toMicros((usd / functions) * 1_000);

/** Money to the millionth of a dollar, which is what a night's smallest lines are made of. */
export const toMicros = (usd: number): number => Math.round(usd * 1e6) / 1e6;
