import { DEFAULT_AUTO_SCALING } from '../../../../../../shared/contracts/auto-scaling.ts';
import { planProvisionedScaling } from '../../../../../../shared/domain/configuration/scaling/plan-provisioned-scaling.ts';

it('scales an alias between one and twice what was provisioned, by the maximum in use', () => {
  const alias = { functionName: 'orders', qualifier: 'live', requested: 5 };
  const resource = 'function:orders:live';
  expect(planProvisionedScaling([alias], { ...DEFAULT_AUTO_SCALING, provisionedMaximumFactor: 1.5 })).toEqual([
    {
      ...{ key: `${resource}/provisioned/limits`, resource, value: { minimum: 1, maximum: 8 }, basis: 'factor 1.5' },
      reason: 'provisioned concurrency between 1 and 8, from 5 configured',
    },
    {
      ...{ key: `${resource}/provisioned/policy`, resource, requires: `${resource}/provisioned/limits` },
      ...{ value: { targetPercent: 70, statistic: 'Maximum', missingMinutes: 0 }, basis: '70 Maximum' },
      reason: 'provisioned concurrency follows 70 % of the maximum in use, and scales in when idle',
    },
  ]);
});
