import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Steps } from '../deploy/steps.ts';
import { night } from './night.ts';
import { parseOptions, requireAccount } from './options.ts';
import { deployStage, destroyStage } from './stage.ts';

/** Ctrl-C ends the test and not what it has to clear up; whoever presses it again leaves everything standing. */
const interrupted = new Promise<never>((_, reject) => {
  process.once('SIGINT', () => reject(new Error('interrupted')));
});
interrupted.catch(() => {});

/** `npm run test:aws`: the product in a real account that somebody named. See docs/testing.md. */
try {
  const options = parseOptions(process.argv.slice(2));
  process.env['AWS_REGION'] = options.region;
  // Of somebody's own stage, which the commands would take for the test's.
  for (const name of Object.keys(process.env)) if (name.startsWith('RIGHTSIZER_')) delete process.env[name];
  const { Account } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
  requireAccount(options.account, Account);
  const steps = new Steps();
  try {
    await steps.take(
      'cdk deploy of the test’s two stacks',
      () => deployStage(options),
      () => 'deployed',
    );
    await Promise.race([night(steps), interrupted]);
  } finally {
    if (!options.keep)
      await steps.take(
        'cdk destroy',
        () => destroyStage(options),
        () => 'both stacks and the alarms are gone',
      );
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
// After an interruption the night still waits for what is no more.
process.exit();
