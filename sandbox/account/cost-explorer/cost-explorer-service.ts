import type { GetCostAndUsageCommandInput, GetCostAndUsageCommandOutput } from '@aws-sdk/client-cost-explorer';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { cutPage } from '../core/pages.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';

/** What an account is billed: by month (`2026-10`), then by service. */
export type Bills = Readonly<Record<string, Readonly<Record<string, number>>>>;

const GROUPS_PER_PAGE = 5;

/** Bills of whole months by service; the account is billed what it was told. */
export class CostExplorerService implements Service {
  readonly name = 'CostExplorer';
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(bills: Bills) {
    this.operations = {
      GetCostAndUsage: operation<GetCostAndUsageCommandInput, GetCostAndUsageCommandOutput>(
        ['TimePeriod', 'Granularity', 'Metrics', 'GroupBy', 'NextPageToken'],
        (input) => {
          checkQuestion(input);
          const { Start = '', End = '' } = input.TimePeriod!;
          const lines = Object.entries(bills)
            .filter(([month]) => `${month}-01` >= Start && `${month}-01` < End)
            .flatMap(([month, services]) => Object.entries(services).map(([service, usd]) => ({ month, service, usd })))
            .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
          const page = cutPage(lines, keyOf, GROUPS_PER_PAGE, input.NextPageToken)!;
          return { ResultsByTime: page.items.map(resultOf), NextPageToken: page.next };
        },
      ),
    };
  }
}

const keyOf = ({ month, service }: { month: string; service: string }): string => `${month}/${service}`;

const resultOf = ({ month, service, usd }: { month: string; service: string; usd: number }) => ({
  TimePeriod: { Start: `${month}-01`, End: `${month}-28` },
  Groups: [{ Keys: [service], Metrics: { UnblendedCost: { Amount: String(usd), Unit: 'USD' } } }],
  Estimated: false,
});

function checkQuestion({ Granularity, Metrics, GroupBy, TimePeriod }: GetCostAndUsageCommandInput): void {
  const isByService = GroupBy?.length === 1 && GroupBy[0]!.Key === 'SERVICE';
  const isWhole = [TimePeriod?.Start, TimePeriod?.End].every((day) => day?.endsWith('-01'));
  if (Granularity !== 'MONTHLY' || Metrics?.join() !== 'UnblendedCost' || !isByService || !isWhole) {
    throw new UnsupportedByAccountError('GetCostAndUsage but for whole months of unblended cost by service');
  }
}
