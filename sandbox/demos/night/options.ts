import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { MOST_ACCOUNTS } from './organization.ts';

export interface DemoOptions {
  functions: number;
  /** Looked after from one of them; each has two regions. */
  accounts: number;
  nights: number;
  seed: number;
  approve: 'all' | 'none' | 'mixed' | 'interactive';
  faults: boolean;
  json: boolean;
  /** Where the last night's page goes. */
  report?: string;
  /** Where the page of all nights goes. */
  sinceBeginning?: string;
}

const MOST_FUNCTIONS = 20_000;
const MOST_NIGHTS = 60;

const EXAMPLES = `
Examples:
  npm run demo                                              200 functions, 3 nights, everything approved
  npm run demo -- --approve interactive --functions 40      decide on the real approval page in your browser
  npm run demo -- --approve mixed --faults                  everything that can go wrong in a week
  npm run demo -- --nights 7 --report report.html           look at what it brought, in your browser
  npm run demo -- --accounts 3                              three accounts in two regions, one of which refuses
  npm run demo -- --approve none                            nobody answers: proposals expire, nothing changes
  npm run -s demo -- --functions 100 --nights 5 --seed 1 --json > nights.json`;

/** The demo's command line; a wrong value is refused with what is allowed. */
export function parseOptions(argv: readonly string[]): DemoOptions {
  const command = new Command('demo')
    .description(
      'Runs Rightsizer night by night on an AWS account in memory, over functions whose durations were measured on AWS.',
    )
    .option('--functions <n>', 'functions, in all accounts together', wholeNumber(1, MOST_FUNCTIONS), 200)
    .addOption(
      new Option('--accounts <n>', 'accounts they are in, two regions each; the last of three or more lets nobody in')
        .argParser(wholeNumber(1, MOST_ACCOUNTS))
        .default(1)
        .conflicts('faults'),
    )
    .option('--nights <n>', 'nights to run', wholeNumber(1, MOST_NIGHTS), 3)
    .option(
      '--seed <n>',
      'decides the fleet, its traffic and every accident; the same seed repeats exactly',
      wholeNumber(0, 2 ** 31 - 1),
      1,
    )
    .addOption(
      new Option('--approve <who>', 'who decides on the proposals')
        .choices(['all', 'none', 'mixed', 'interactive'])
        .default('all'),
    )
    .option(
      '--faults',
      'throttles, stale revisions, late metrics, deployments, deletions, regressions and leaks',
      false,
    )
    .option('--report <file>', "write the last night's report page", fileToWrite)
    .option('--since-beginning <file>', 'write the page of all nights', fileToWrite)
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', EXAMPLES);
  return command.parse([...argv], { from: 'user' }).opts<DemoOptions>();
}

/** A minute of nights should not end at a folder that is not there. */
function fileToWrite(file: string): string {
  if (existsSync(path.dirname(file))) return file;
  throw new InvalidArgumentError(`given "${file}", allowed is a file in a folder that exists.`);
}

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most && text.trim() !== '') return value;
    throw new InvalidArgumentError(`given "${text}", allowed are whole numbers from ${least} to ${most}.`);
  };
}
