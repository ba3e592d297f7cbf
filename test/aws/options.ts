import { Command } from 'commander';

export interface AwsTestOptions {
  /** The account's number, so that nobody deploys into one by accident. */
  account: string;
  region: string;
  /** Leaves everything standing. */
  keep: boolean;
}

const ACCOUNT_ID = /^\d{12}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** @throws Error naming every problem, with nothing done yet */
export function parseOptions(argv: readonly string[]): AwsTestOptions {
  const command = new Command('test:aws')
    .description(
      'Deploys a stage of its own into a real account, runs a night over three functions, and destroys both.',
    )
    .option('--account <id>', 'number of the account to deploy into')
    .option('--region <name>', 'region to deploy into')
    .option('--keep', 'leave everything standing', false)
    .addHelpText('after', '\nExample:\n  npm run test:aws -- --account 123456789012 --region eu-west-1');
  const { account, region, keep } = command.parse(argv, { from: 'user' }).opts<Partial<AwsTestOptions>>();
  const problems = [
    !ACCOUNT_ID.test(account ?? '') &&
      `--account: given ${account ?? 'nothing'}, allowed is the number of the account to deploy into, twelve digits`,
    !REGION.test(region ?? '') && `--region: given ${region ?? 'nothing'}, allowed is a region such as eu-west-1`,
  ].filter((problem) => problem !== false);
  if (problems.length > 0) throw new Error(`nothing was deployed:\n  ${problems.join('\n  ')}`);
  return { account: account!, region: region!, keep: keep === true };
}

/** @throws Error where the credentials belong to another account than was named */
export function requireAccount(named: string, found: string | undefined): void {
  if (named === found) return;
  throw new Error(`nothing was deployed: --account says ${named}, the credentials belong to ${found ?? 'nobody'}`);
}
