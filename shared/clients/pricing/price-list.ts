import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import type { Clock } from '../../clock.ts';
import { fallbackPrices } from '../../domain/pricing/fallback-prices.ts';
import { hasPriceListInUsd } from '../../domain/pricing/price-list-region.ts';
import type { LambdaPrices } from '../../domain/pricing/types.ts';
import { createClient } from '../sdk.ts';
import { parsePriceList } from './parse-price-list.ts';

/** Lambda's prices; where AWS's list can't be read, those of the dated table, marked as such. Never throws. */
export interface PriceSource {
  lambdaPrices(region: string): Promise<LambdaPrices>;
}

/**
 * The Price List API exists in few regions; this one serves the prices of all of the partition `aws`.
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
 */
const PRICE_LIST_REGION = 'us-east-1';
const DAY_MS = 86_400_000;
/** After a denial or failure the list is left alone for an hour, instead of once per function. */
const RETRY_MS = 3_600_000;

interface CachedPrices {
  prices: LambdaPrices;
  untilMs: number;
}

/**
 * Prices change a few times a year: a container, which has one invocation at a time, asks once a day and region, however
 * many functions it estimates.
 */
export function createPriceSource(
  clock: Pick<Clock, 'now'>,
  onFailure: (error: unknown) => void = () => {},
): PriceSource {
  const client = createClient(PricingClient, { region: PRICE_LIST_REGION });
  const cache = new Map<string, CachedPrices>();

  const fetchPrices = async (region: string): Promise<CachedPrices> => {
    try {
      if (!hasPriceListInUsd(region))
        throw new Error(`the Price List cannot be asked for prices in USD from ${region}`);
      const prices = parsePriceList(await readDocuments(client, region), region);
      if (prices !== undefined) return { prices, untilMs: clock.now() + DAY_MS };
      throw new Error(`the Price List's AWSLambda offer lacks prices in USD of ${region}`);
    } catch (error) {
      onFailure(error);
      return { prices: fallbackPrices(region), untilMs: clock.now() + RETRY_MS };
    }
  };

  return {
    lambdaPrices: async (region) => {
      const known = cache.get(region);
      if (known !== undefined && clock.now() < known.untilMs) return known.prices;
      const fetched = await fetchPrices(region);
      cache.set(region, fetched);
      return fetched.prices;
    },
  };
}

async function readDocuments(client: PricingClient, regionCode: string): Promise<string[]> {
  const documents: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetProductsCommand({
        ServiceCode: 'AWSLambda',
        FormatVersion: 'aws_v1',
        Filters: [{ Type: 'TERM_MATCH', Field: 'regionCode', Value: regionCode }],
        MaxResults: 100,
        ...(nextToken && { NextToken: nextToken }),
      }),
    );
    documents.push(...(page.PriceList ?? []).map(String));
    nextToken = page.NextToken;
  } while (nextToken);
  return documents;
}
