import { type NightUsage, nightBill, standingBill } from '../../../../../shared/domain/pricing/night-bill.ts';
import { SERVICE_PRICES } from '../../../../../shared/domain/pricing/service-prices.ts';

const nothing = Object.fromEntries(Object.keys(SERVICE_PRICES).map((item) => [item, 0])) as NightUsage;

describe('nightBill', () => {
  it('has a line for every price, and costs nothing where nothing was used', () => {
    const { lines, usdPerNight } = nightBill(nothing);
    expect(lines.map(({ item }) => item)).toEqual(Object.keys(SERVICE_PRICES));
    expect(usdPerNight).toBe(0);
  });

  it.each([
    ['stateTransitions', 1_000, 0.025],
    ['metricsRead', 1_000, 0.01],
    ['logBytesScanned', 2 ** 30, 0.005],
    ['writeUnits', 1e6, 0.625],
    ['readUnits', 1e6, 0.125],
    ['expressRequests', 1e6, 1],
    ['lambdaRequests', 1e6, 0.2],
    ['objectsWritten', 1_000, 0.005],
    ['ownMetricHours', 720, 0.3],
    ['emails', 100_000, 2],
    ['keyRequests', 10_000, 0.03],
  ] as const)('prices %s', (item, units, usd) => {
    expect(nightBill({ ...nothing, [item]: units }).usdPerNight).toBeCloseTo(usd, 10);
  });

  it('adds up to its lines', () => {
    const everything = Object.fromEntries(Object.keys(SERVICE_PRICES).map((item) => [item, 1_234])) as NightUsage;
    const { lines, usdPerNight } = nightBill(everything);
    expect(lines.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(usdPerNight, 12);
  });
});

describe('standingBill', () => {
  it('is a night’s thirtieth of what is billed by the month', () => {
    expect(standingBill({ alarms: 30, compositeAlarms: 0, dashboards: 1 }).usdPerNight).toBeCloseTo(0.2, 10);
  });
});

it('says of every price what a unit is, and where and when it was read', () => {
  for (const { per, source } of Object.values(SERVICE_PRICES)) {
    expect(per.length).toBeGreaterThan(5);
    expect(source).toMatch(/20\d\d-\d\d/);
  }
});
