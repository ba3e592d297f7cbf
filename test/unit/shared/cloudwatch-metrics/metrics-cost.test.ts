import { METRICS, monthlyMetricsCost } from '../../../../shared/cloudwatch-metrics/index.ts';

const ONE_FUNCTION = {
  functions: 1,
  services: 1,
  errorTypesPerFunction: 0,
  costCategories: 0,
  requestsPerMonth: 0,
  bytesPerRequest: 400,
};

describe('monthlyMetricsCost', () => {
  it('charges each metric of the catalogue that has no further dimension once', () => {
    const plain = Object.values(METRICS).filter(({ dimensions }) => dimensions.length === 1);
    expect(monthlyMetricsCost(ONE_FUNCTION).customMetrics).toBe(plain.length);
  });

  it('charges $0.30 a metric and month and $0.50 a gigabyte of lines', () => {
    const cost = monthlyMetricsCost({ ...ONE_FUNCTION, requestsPerMonth: 2 ** 30 / 400 });
    expect(cost.metricsUsdPerMonth).toBeCloseTo(11 * 0.3);
    expect(cost.logsUsdPerMonth).toBeCloseTo(0.5);
    expect(cost.totalUsdPerMonth).toBeCloseTo(3.8);
  });

  it('does not grow with requests but by their log lines', () => {
    const quiet = monthlyMetricsCost(ONE_FUNCTION);
    const busy = monthlyMetricsCost({ ...ONE_FUNCTION, requestsPerMonth: 1e6 });
    expect(busy.customMetrics).toBe(quiet.customMetrics);
    expect(busy.totalUsdPerMonth - quiet.totalUsdPerMonth).toBeCloseTo(busy.logsUsdPerMonth);
  });
});
