import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT, runNode } from './command.ts';
import { ACCOUNT_ID, environmentOf, REGION } from './emulator.ts';

/** Outputs of the deployed stack, by name. */
export type StackOutputs = Readonly<Record<string, string>>;

export const STACK_NAME = 'Rightsizer';
const CDK = path.join(PROJECT_ROOT, 'node_modules/aws-cdk/bin/cdk');
const APP = `${process.execPath} test/deploy/world/local-profile.ts`;

export async function bootstrap(url: string, folder: string): Promise<void> {
  await cdk(url, folder, ['bootstrap', `aws://${ACCOUNT_ID}/${REGION}`]);
}

/** As the README says it, with one plain address on the command line. */
export async function deployStack(url: string, folder: string): Promise<StackOutputs> {
  const outputs = path.join(folder, 'outputs.json');
  await cdk(url, folder, [
    ...['deploy', '--require-approval', 'never', '--outputs-file', outputs],
    ...['-c', 'rightsizer.emails=you@example.com'],
  ]);
  return (JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, StackOutputs>)[STACK_NAME]!;
}

function cdk(url: string, folder: string, words: readonly string[]): Promise<string> {
  const assembly = path.join(folder, 'cdk.out');
  return runNode([CDK, ...words, '--app', APP, '--output', assembly, '--ci'], environmentOf(url));
}
