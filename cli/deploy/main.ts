import { clock } from '../../shared/clock.ts';
import { remedyFor } from '../explain-aws-error.ts';
import { UsageError } from '../input/usage-error.ts';
import { createCdk } from './cdk.ts';
import { countFunctions, findAccount, isBootstrapped, quotaProblem, waitForSubscription } from './checks.ts';
import { confirm } from './confirm.ts';
import { startFirstNight } from './first-night.ts';
import { guideDeployment } from './guide.ts';
import { parseDeployOptions } from './options.ts';

/** `npm run deploy`: the CDK's own CLI with a guide around it. Exit code 0 where the stack is deployed, or only help was asked for. */
try {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const options = parseDeployOptions(process.argv.slice(2), (text) => process.stdout.write(text));
  if (options !== undefined) {
    if (options.region !== undefined) process.env['AWS_REGION'] = options.region;
    const deployed = await guideDeployment(options, {
      ...{ findAccount, isBootstrapped, quotaProblem, countFunctions, confirm, say },
      ...createCdk(options),
      waitForSubscription: () => waitForSubscription(options.stackName, clock),
      startFirstNight: () => startFirstNight(options.stackName),
    });
    process.exitCode = deployed ? 0 : 1;
  }
} catch (error) {
  process.stderr.write(`error: ${(error as Error).message}\n`);
  const todo = remedyFor(error);
  if (todo !== undefined) process.stderr.write(`what to do: ${todo}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
