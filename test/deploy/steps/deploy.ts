import assert from 'node:assert/strict';
import type { Steps } from '../steps.ts';
import type { DeployedAccount } from '../world/deployed-account.ts';
import { readOutputs, runGuide, type StackOutputs } from '../world/deployed-stack.ts';

/** The real template, by the CDK's own CLI with our guide around it. */
export async function deploy(steps: Steps, account: DeployedAccount): Promise<StackOutputs> {
  await steps.take(
    'npm run deploy -- --email you@example.com: bootstrap, plan, deploy',
    () => runGuide(account.emulator.url),
    (printed) => whatItSaid(printed).join('\n'),
  );
  const outputs = await readOutputs();
  await steps.take(
    'the engine takes over the deployed state machines',
    async () => {
      const count = await account.takeOverStates();
      assert.ok(count >= 5, `only ${count} state machines are deployed`);
      return count;
    },
    (count) => `${count} definitions, every Task an Invoke of its deployed function`,
  );
  return outputs;
}

/** The guide's own lines; between them the CDK's CLI speaks for itself. */
function whatItSaid(printed: string): string[] {
  const lines = printed.split('\n');
  const plan = lines.slice(
    lines.findIndex((line) => line.startsWith('Rightsizer goes into')),
    lines.findIndex((line) => line.startsWith('Digests and alarms go to')) + 1,
  );
  assert.ok(plan.length > 1, `no plan in what the guide printed:\n${printed}`);
  return [...plan, ...lines.filter((line) => line.startsWith('✔ '))];
}
