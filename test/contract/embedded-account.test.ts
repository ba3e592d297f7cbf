import { SandboxAccount } from '../../sandbox/account/sandbox-account.ts';
import { VirtualClock } from '../../sandbox/clock/virtual-clock.ts';
import { registerClientPlugin } from '../../shared/clients/sdk.ts';
import { useClock } from '../../shared/clock.ts';
import { describeAwsContract } from './aws-contract.ts';

describe('our clients against the embedded account', () => {
  const clock = new VirtualClock(Date.parse('2026-11-23T08:00:00Z'));
  const account = new SandboxAccount({ clock, seed: 1 });
  const undo = [registerClientPlugin(account.plugin()), useClock(clock)];
  afterAll(() => {
    for (const step of undo) step();
  });

  describeAwsContract({
    prepare: async () => {
      account.s3.createBucket('runs');
      account.lambda.createFunction(
        { FunctionName: 'orders-api', Runtime: 'nodejs24.x', MemorySize: 1024, Timeout: 30 },
        { tags: { team: 'orders' } },
      );
      account.sqs.addQueue('jobs', 90);
      account.lambda.eventSourceMappings.push({
        UUID: '00000000-0000-4000-8000-000000000001',
        EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:jobs',
        FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders-api',
      });
      const statement = { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' } };
      account.lambda.policies.set('orders-api', JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
    },
    run: (work) => clock.complete(work),
  });
});
