import { Command, CommanderError } from 'commander';
import { refuse, UsageError } from '../input/usage-error.ts';

export interface DeployOptions {
  /** Undefined: as cdk.json says. */
  emails?: string;
  stackName: string;
  region?: string;
  /** Another CDK app than cdk.json's. */
  app?: string;
  /** Asks nothing and waits for nobody. */
  yes: boolean;
  /** Shows what would be and ends, without a call to AWS. */
  dryRun: boolean;
  /** Handed on to the CDK's CLI as they are. */
  cdkArguments: readonly string[];
}

const EXAMPLES = `
Everything behind -- goes to the CDK's CLI.

Examples:
  npm run deploy -- --dry-run
  npm run deploy -- --email you@example.com
  npm run deploy -- --email a@example.com,b@example.com --region eu-west-1
  npm run deploy -- --yes -- -c rightsizer.scheduleEnabled=false`;

const EMAIL = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/;

/** Undefined where only help was asked for. @throws UsageError naming every problem */
export function parseDeployOptions(argv: readonly string[], write: (text: string) => void): DeployOptions | undefined {
  const command = new Command('deploy')
    .description("Deploys Rightsizer step by step, around the CDK's own CLI: checks, says what will be, asks, deploys.")
    .option('--email <addresses>', 'who gets digests and alarms; several with commas between')
    .option('--region <region>', 'AWS region (default: as the AWS SDK finds it)')
    .option('--stack-name <name>', 'name of the CloudFormation stack', 'Rightsizer')
    .option('--app <command>', "another CDK app than cdk.json's")
    .option('--dry-run', 'show what would be created, cost and be changed; needs no account and makes no call', false)
    .option('--yes', 'ask nothing and wait for nobody', false)
    .argument('[cdk...]', "arguments for the CDK's CLI, behind --")
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: write });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    throw new UsageError([(error as Error).message.replace(/^error: /, '')]);
  }
  const { email, ...options } = command.opts<Omit<DeployOptions, 'emails' | 'cdkArguments'> & { email?: string }>();
  refuse((email?.split(',') ?? []).map((each) => !EMAIL.test(each.trim()) && wrongAddress(each)));
  return { ...options, cdkArguments: command.args, ...(email && { emails: email }) };
}

const wrongAddress = (given: string): string =>
  `--email: given ${JSON.stringify(given)}, allowed is an address such as you@example.com`;
