import { stackOutputs } from '../../../cli/clients/stack-resources.ts';
import { runNode } from './command.ts';
import { environmentOf } from './emulator.ts';

/** Outputs of the deployed stack, by name. */
export type StackOutputs = Readonly<Record<string, string>>;

export const STACK_NAME = 'Rightsizer';
// Quoted: the CDK's CLI hands it to a shell, and a checkout's path may have spaces.
const APP = `"${process.execPath}" test/deploy/world/local-profile.ts`;

/** `npm run deploy` as the README says it, but for the local profile; answers what it printed. */
export async function runGuide(url: string): Promise<string> {
  const words = ['--email', 'you@example.com', '--yes', '--app', APP, '--', '--ci'];
  return runNode(['cli/deploy/main.ts', ...words], environmentOf(url));
}

export const readOutputs = (): Promise<StackOutputs> => stackOutputs(STACK_NAME);
