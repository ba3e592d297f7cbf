import { Command, InvalidArgumentError, Option } from 'commander';

export interface ConfigureDemoOptions {
  functions: number;
  seed: number;
  mode: 'classes' | 'measured';
  undo: boolean;
  json: boolean;
}

const MOST_FUNCTIONS = 2_000;
/** Fewer would not show every kind of function. */
const LEAST_FUNCTIONS = 25;

const EXAMPLES = `
Examples:
  npm run demo:configure                          60 functions and 6 tables, by class
  npm run demo:configure -- --mode measured       strategies by cold starts, traffic and price, with the arithmetic
  npm run -s demo:configure -- --json             one JSON object: both workflows, and both a second time
  npm run demo:configure -- --undo                and then puts everything back`;

/** The command line of `demo:configure`; a wrong value is refused with what is allowed. */
export function parseConfigureOptions(argv: readonly string[]): ConfigureDemoOptions {
  return new Command('demo:configure')
    .description('Executes ConfigureAutoScaling and ApplyColdStartMitigation on an AWS account in memory, twice.')
    .option('--functions <n>', 'functions in the account', wholeNumber(LEAST_FUNCTIONS, MOST_FUNCTIONS), 60)
    .option('--seed <n>', 'decides the fleet and its traffic', wholeNumber(0, 2 ** 31 - 1), 1)
    .addOption(
      new Option('--mode <what>', 'what decides on strategies against cold starts')
        .choices(['classes', 'measured'])
        .default('classes'),
    )
    .option('--undo', 'undo both afterwards', false)
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', EXAMPLES)
    .parse([...argv], { from: 'user' })
    .opts<ConfigureDemoOptions>();
}

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most && text.trim() !== '') return value;
    throw new InvalidArgumentError(`given "${text}", allowed are whole numbers from ${least} to ${most}.`);
  };
}
