import {
  type GetProductsCommandInput,
  type GetProductsCommandOutput,
  InvalidNextTokenException,
  NotFoundException,
} from '@aws-sdk/client-pricing';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { cutPage } from '../core/pages.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { LAMBDA_PRICE_LIST, PRICED_REGIONS } from './lambda-price-list.ts';

const MOST_PER_PAGE = 100;

/** AWS Price List for AWSLambda in the regions that are kept. */
export class PricingService implements Service {
  readonly name = 'Pricing';
  readonly operations: Readonly<Record<string, Operation>> = {
    GetProducts: operation<GetProductsCommandInput, GetProductsCommandOutput>(
      ['ServiceCode', 'Filters', 'FormatVersion', 'NextToken', 'MaxResults'],
      (input) => {
        if (input.ServiceCode !== 'AWSLambda') {
          throw new NotFoundException({
            message: `Invalid service code: ${input.ServiceCode}`,
            $metadata: { httpStatusCode: 400 },
          });
        }
        const wanted = LAMBDA_PRICE_LIST.map((entry, index) => ({
          ...entry,
          key: String(index).padStart(4, '0'),
        })).filter(({ attributes }) => matches(attributes, input.Filters ?? []));
        const page = cutPage(
          wanted,
          ({ key }) => key,
          Math.min(input.MaxResults ?? MOST_PER_PAGE, MOST_PER_PAGE),
          input.NextToken,
        );
        if (!page)
          throw new InvalidNextTokenException({ message: 'Invalid NextToken', $metadata: { httpStatusCode: 400 } });
        return { FormatVersion: 'aws_v1', PriceList: page.items.map(({ json }) => json), NextToken: page.next };
      },
    ),
  };
}

function matches(
  attributes: Readonly<Record<string, string>>,
  filters: NonNullable<GetProductsCommandInput['Filters']>,
): boolean {
  return filters.every(({ Type, Field, Value }) => {
    if (Type !== 'TERM_MATCH') throw new UnsupportedByAccountError(`GetProducts with filter type ${Type}`);
    if (Field === 'regionCode' && !(Value! in PRICED_REGIONS)) {
      const kept = Object.keys(PRICED_REGIONS).join(' and ');
      throw new UnsupportedByAccountError(`prices of region ${Value}: only ${kept} are kept`);
    }
    const found = attributes[Field ?? ''];
    return found !== undefined && found.toLowerCase() === Value?.toLowerCase();
  });
}
