import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import type { ServiceCost } from '../../domain/cost-report/compose-cost-report.ts';
import { callAws, isDenied, isNamed } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/** What the account's services cost; each call is billed $0.01 a page by AWS. */
export interface ServiceCosts {
  /** Unblended cost by service from a day until before another; undefined where Cost Explorer may not be read. */
  read(from: string, to: string): Promise<ServiceCost[] | undefined>;
}

/** Cost Explorer is served from here for every region. */
const COST_EXPLORER_REGION = 'us-east-1';
/** Accounts in which nobody ever opened Cost Explorer have no data. */
const NOT_AVAILABLE = ['DataUnavailableException'];

export function createServiceCosts(): ServiceCosts {
  const client = createClient(CostExplorerClient, { region: COST_EXPLORER_REGION });
  return {
    read: async (from, to) => {
      try {
        return await readAll(client, from, to);
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        if (isDenied(error) || isDenied(cause) || isNamed(error, NOT_AVAILABLE)) return undefined;
        throw error;
      }
    },
  };
}

async function readAll(client: CostExplorerClient, Start: string, End: string): Promise<ServiceCost[]> {
  const costs = new Map<string, number>();
  let token: string | undefined;
  do {
    const input = {
      TimePeriod: { Start, End },
      Granularity: 'MONTHLY' as const,
      Metrics: ['UnblendedCost'],
      GroupBy: [{ Type: 'DIMENSION' as const, Key: 'SERVICE' }],
      ...(token && { NextPageToken: token }),
    };
    const page = await callAws('ce:GetCostAndUsage', () => client.send(new GetCostAndUsageCommand(input)));
    for (const { Keys = [], Metrics = {} } of (page.ResultsByTime ?? []).flatMap(({ Groups }) => Groups ?? [])) {
      const service = Keys[0] ?? '';
      costs.set(service, (costs.get(service) ?? 0) + Number(Metrics['UnblendedCost']?.Amount ?? 0));
    }
    token = page.NextPageToken;
  } while (token);
  return [...costs].map(([service, usd]) => ({ service, usd }));
}
