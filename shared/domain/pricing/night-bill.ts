import { SERVICE_PRICES, type ServicePrice, STANDING_PRICES } from './service-prices.ts';

/** How many units of each thing a night used. */
export type NightUsage = Readonly<Record<keyof typeof SERVICE_PRICES, number>>;

/** What is deployed and billed by the month. */
export type StandingUsage = Readonly<Record<keyof typeof STANDING_PRICES, number>>;

export interface BillLine {
  readonly item: string;
  readonly quantity: number;
  readonly usd: number;
}

export interface NightBill {
  readonly lines: readonly BillLine[];
  readonly usdPerNight: number;
}

/** A night's usage at list prices, in the order of the price table. */
export const nightBill = (usage: NightUsage): NightBill => priced(usage, SERVICE_PRICES);

/** A night's thirtieth of what stands; told apart, because it is the same with and without functions. */
export const standingBill = (usage: StandingUsage): NightBill => priced(usage, STANDING_PRICES);

function priced<Item extends string>(
  usage: Readonly<Record<Item, number>>,
  prices: Readonly<Record<Item, ServicePrice>>,
): NightBill {
  const items = Object.keys(prices) as Item[];
  const lines = items.map((item) => ({ item, quantity: usage[item], usd: usage[item] * prices[item].usd }));
  return { lines, usdPerNight: lines.reduce((sum, { usd }) => sum + usd, 0) };
}
