import { naiveShape } from '../../../../bench/scale/naive-shape.ts';
import { powerTuning } from '../../../../bench/scale/power-tuning.ts';
import { createFleet } from '../../../../sandbox/fleet/fleet.ts';
import { type NightUsage, nightBill } from '../../../../shared/domain/pricing/night-bill.ts';
import { SERVICE_PRICES } from '../../../../shared/domain/pricing/service-prices.ts';

const usage = {
  ...(Object.fromEntries(Object.keys(SERVICE_PRICES).map((item) => [item, 0])) as NightUsage),
  stateTransitions: 500,
  expressRequests: 20,
  lambdaRequests: 2_000,
  metricsRead: 5_000,
};
const oursUsdPerNight = nightBill(usage).usdPerNight;

describe('the naive shape', () => {
  const night = { functions: 1_000, assessed: 1_000, passedOver: 0, usage, logBytesScannedAnew: 0, oursUsdPerNight };
  const naive = naiveShape({ ...night, expressStateTransitions: 4_000 });

  it('pays for each of our Express states as a transition, and collects function by function', () => {
    expect(naive.breakdown['stateTransitions']).toBeCloseTo((500 + 4_000 + 980) * 25e-6, 6);
    expect(naive.breakdown['lambdaRequests']).toBeCloseTo((2_000 + 980) * 0.2e-6, 6);
    expect(naive.breakdown['expressRequests']).toBe(0);
  });

  it('reads the same metrics as we do', () => {
    expect(naive.breakdown['metricsRead']).toBeCloseTo(0.05, 6);
    expect(naive.timesOurs).toBeGreaterThan(1);
  });

  it('remembers nothing: it looks at what we pass over, and reads logs as on a first night', () => {
    const looked = { ...night, assessed: 800, passedOver: 200, logBytesScannedAnew: 2 ** 30 };
    const forgetful = naiveShape({ ...looked, expressStateTransitions: 3_200 });
    expect(forgetful.breakdown['stateTransitions']).toBe(naive.breakdown['stateTransitions']);
    expect(forgetful.breakdown['metricsRead']).toBeCloseTo(0.05 + 200 * 1e-5, 6);
    expect(forgetful.breakdown['logBytesScanned']).toBeCloseTo(0.005, 6);
  });
});

describe('Power Tuning', () => {
  const { functions } = createFleet({ seed: 1, functions: 20, startDate: Date.parse('2026-11-02T00:00:00Z') });
  const peer = powerTuning(functions, 20, 0.01);

  it('pays 24 transitions and sixty invocations for each function', () => {
    expect(peer.breakdown['stateTransitions']).toBeCloseTo(20 * 24 * 25e-6, 6);
    expect(peer.breakdown['invocationsOfTheFunctions']).toBeGreaterThan(20 * 60 * 0.2e-6);
  });

  it('is the sum of its lines', () => {
    const sum = Object.values(peer.breakdown).reduce((total, usd) => total + usd, 0);
    expect(peer.usdPerNight).toBeCloseTo(sum, 5);
  });
});
