import { deliveryOf } from '../../../../../../shared/domain/night/change/delivery.ts';
import {
  awaitingReason,
  DEPLOYMENT_WAIT_DAYS,
  findDeployment,
} from '../../../../../../shared/domain/night/change/find-deployment.ts';
import type { LiveFunction } from '../../../../../../shared/domain/night/change/live-function.ts';
import { change, liveFunction, NIGHT } from '../../../../../support/builders.ts';

const APPROVED_MS = Date.parse(NIGHT);
const DAY_MS = 86_400_000;
const handedOver = change({ startedAt: NIGHT, delivery: 'patch' });
const daysLater = (days: number) => APPROVED_MS + days * DAY_MS;
const live = (overrides: Partial<LiveFunction> = {}): LiveFunction =>
  liveFunction({ ...handedOver.before, ...overrides });

describe('a change that the function’s source is to make', () => {
  it('waits while the function is as it was, whatever code was deployed meanwhile', () => {
    expect(findDeployment(handedOver, live(), daysLater(1))).toEqual({ state: 'waiting' });
    expect(findDeployment(handedOver, live({ codeSha256: 'deployed-anew' }), daysLater(29))).toEqual({
      state: 'waiting',
    });
  });

  it('counts from the time the function was last written, which its deployment was no later than', () => {
    const lastModified = '2026-11-25T09:00:00.000Z';
    expect(findDeployment(handedOver, live({ ...handedOver.after, lastModified }), daysLater(4))).toEqual({
      state: 'deployed',
      at: lastModified,
    });
    expect(findDeployment(handedOver, live(handedOver.after), daysLater(4))).toEqual({
      state: 'deployed',
      at: new Date(daysLater(4)).toISOString(),
    });
  });

  it.each([
    ['it is deleted', undefined, 1, /deleted/],
    ['its owner deploys a third size', live({ memorySizeMb: 768 }), 1, /768 MB.*512 MB/],
    ['nobody deploys it', live(), DEPLOYMENT_WAIT_DAYS, /no deployment carried it within 30 days/],
  ])('ends when %s', (_, found, days, reason) => {
    expect(findDeployment(handedOver, found, daysLater(days))).toEqual({
      state: 'lost',
      reason: expect.stringMatching(reason),
    });
  });

  it('says whose deployment it waits for', () => {
    expect(awaitingReason({ tool: 'cdk', stackName: 'Orders' })).toContain('CDK (stack Orders)');
    expect(awaitingReason({ tool: 'terraform' })).toContain('Terraform');
  });
});

describe('how an approved change gets to its function', () => {
  it.each([
    ['cdk', 'patch', 'patch'],
    ['terraform', 'patch', 'patch'],
    ['unknown', 'patch', 'apply'],
    ['cdk', 'apply', 'apply'],
  ] as const)('of %s where owned functions are %s: %s', (tool, ownedFunctions, expected) => {
    expect(deliveryOf({ tool }, ownedFunctions)).toBe(expected);
  });
});
