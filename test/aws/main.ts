import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Steps } from '../deploy/steps.ts';
import { night } from './night.ts';
import { parseOptions, requireAccount } from './options.ts';
import { deployStage, destroyStage } from './stage.ts';

/** `npm run test:aws`: the product in a real account that somebody named. See docs/testing.md. */
try {
  const options = parseOptions(process.argv.slice(2));
  process.env['AWS_REGION'] = options.region;
  const { Account } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
  requireAccount(options.account, Account);
  const steps = new Steps();
  try {
    await steps.take(
      'cdk deploy of the test’s two stacks',
      () => deployStage(options),
      () => 'deployed',
    );
    await night(steps);
  } finally {
    if (!options.keep)
      await steps.take(
        'cdk destroy',
        () => destroyStage(options),
        () => 'nothing is left',
      );
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
