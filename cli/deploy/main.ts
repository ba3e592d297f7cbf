import { clock } from '../../shared/clock.ts';
import { remedyFor } from '../explain-aws-error.ts';
import { UsageError } from '../input/usage-error.ts';
import { createCdk } from './cdk.ts';
import { countFunctions, findAccount, isBootstrapped, quotaProblem, waitForSubscription } from './checks.ts';
import { confirm } from './confirm.ts';
import { startFirstNight } from './first-night.ts';
import { guideDeployment, previewDeployment } from './guide.ts';
import { type DeployOptions, parseDeployOptions } from './options.ts';

/** `npm run deploy`: the CDK's own CLI with a guide around it. Exit code 0 where the stack is deployed, or only help was asked for. */
try {
  const options = parseDeployOptions(process.argv.slice(2), (text) => process.stdout.write(text));
  if (options !== undefined) {
    if (options.region !== undefined) process.env['AWS_REGION'] = options.region;
    process.exitCode = options.dryRun ? await preview(options) : await guide(options);
  }
} catch (error) {
  process.stderr.write(`error: ${(error as Error).message}\n`);
  const todo = remedyFor(error);
  if (todo !== undefined) process.stderr.write(`what to do: ${todo}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function preview(options: DeployOptions): Promise<number> {
  await previewDeployment(options, { say, ...createCdk(options) });
  return 0;
}

async function guide(options: DeployOptions): Promise<number> {
  const deployed = await guideDeployment(options, {
    ...{ findAccount, isBootstrapped, quotaProblem, countFunctions, confirm, say },
    ...createCdk(options),
    waitForSubscription: () => waitForSubscription(options.stackName, clock),
    startFirstNight: () => startFirstNight(options.stackName),
  });
  return deployed ? 0 : 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
