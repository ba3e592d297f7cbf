import { runNode } from './command.ts';
import type { DeployedAccount } from './deployed-account.ts';
import { environmentOf } from './emulator.ts';

/** Approves one function with `rightsizer approve`, in the newest run that waits, as the account's caller. */
export async function approveByCli(account: DeployedAccount, functionName: string) {
  const rightsizer = (...words: string[]): Promise<string> =>
    runNode(['cli/rightsizer.ts', ...words, '--json'], {
      ...environmentOf(account.emulator.url),
      ...account.led.environment(),
    });
  const { runs } = JSON.parse(await rightsizer('pending')) as { runs: { runId: string }[] };
  const answer = await rightsizer('approve', functionName, '--run', runs[0]!.runId, '--note', 'deploy test');
  return JSON.parse(answer) as { accepted: number; decidedBy: { name: string } };
}
