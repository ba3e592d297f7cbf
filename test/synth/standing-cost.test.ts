import { standingUsage } from '../../sandbox/metering/night-meter.ts';
import { standingBill } from '../../shared/domain/pricing/night-bill.ts';
import { NIGHTS_PER_MONTH } from '../../shared/domain/pricing/service-prices.ts';
import { read } from '../unit/docs/documents.ts';
import { synthesize } from './template.ts';

/** What a stage costs whether a night runs or not stands in three documents. */
const usage = standingUsage({ Resources: synthesize().resources });
const { usdPerNight } = standingBill(usage);

it('is what the README says a month', () => {
  const usd = (usdPerNight * NIGHTS_PER_MONTH).toFixed(2);
  expect(read('README.md').replace(/\s+/g, ' ')).toContain(`its dashboard stand besides, ${usd} USD a month`);
});

it('is what the page on cost says a night', () => {
  expect(read('docs/cost.md')).toContain(`${usdPerNight.toFixed(3)} USD a night (their monthly price over 30)`);
});

it('is what the configuration says of the alarms', () => {
  expect(read('docs/configuration.md')).toContain(`over ${usage.alarms} metrics (`);
});
