import { hasPriceListInUsd } from '../../../../../shared/domain/pricing/price-list-region.ts';

it.each([
  ['eu-central-1', true],
  ['mx-cn-1', true],
  ['us-west-2', true],
  ['cn-north-1', false],
  ['us-gov-west-1', false],
  ['us-iso-east-1', false],
  ['us-isob-east-1', false],
])('%s has a list in USD: %s', (region, expected) => {
  expect(hasPriceListInUsd(region)).toBe(expected);
});
