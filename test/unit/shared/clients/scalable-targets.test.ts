import { createScalableTargets } from '../../../../shared/clients/application-auto-scaling/scalable-targets.ts';
import { fakeAws } from './fake-aws.ts';

const TARGET = { resourceId: 'table/orders', dimension: 'read' } as const;

let aws: ReturnType<typeof fakeAws>;

afterEach(() => aws.stop());

it('finds limits on the page after an empty one', async () => {
  aws = fakeAws({
    DescribeScalableTargets: (_, nth) =>
      nth === 0
        ? { ScalableTargets: [], NextToken: 'more' }
        : { ScalableTargets: [{ MinCapacity: 5, MaxCapacity: 50 }] },
  });
  expect(await createScalableTargets().readLimits(TARGET)).toEqual({ minimum: 5, maximum: 50 });
  expect(aws.calls.map(({ input }) => input.NextToken)).toEqual([undefined, 'more']);
});

it('says that there are none only when the last page was read', async () => {
  aws = fakeAws({
    DescribeScalableTargets: (_, nth) => ({ ScalableTargets: [], ...(nth < 2 && { NextToken: 'more' }) }),
  });
  expect(await createScalableTargets().readLimits(TARGET)).toBeUndefined();
  expect(aws.calls).toHaveLength(3);
});

it('lists the aliases that are scaled, page by page', async () => {
  aws = fakeAws({
    DescribeScalableTargets: (_, nth) => ({
      ScalableTargets: [{ ResourceId: `function:orders-${nth}:live` }],
      ...(nth < 1 && { NextToken: 'more' }),
    }),
  });
  expect([...(await createScalableTargets().listProvisioned())]).toEqual([
    'function:orders-0:live',
    'function:orders-1:live',
  ]);
  expect(aws.calls[0]!.input).toMatchObject({ ServiceNamespace: 'lambda' });
});
