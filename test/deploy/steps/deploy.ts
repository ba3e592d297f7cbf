import assert from 'node:assert/strict';
import type { Steps } from '../steps.ts';
import type { DeployedAccount } from '../world/deployed-account.ts';
import { bootstrap, deployStack, type StackOutputs } from '../world/deployed-stack.ts';

/** The real template, by the CDK's own CLI. */
export async function deploy(steps: Steps, account: DeployedAccount): Promise<StackOutputs> {
  const { emulator, folder } = account;
  await steps.take(
    'cdk bootstrap',
    () => bootstrap(emulator.url, folder),
    () => 'the environment is bootstrapped',
  );
  const outputs = await steps.take(
    'cdk deploy -c rightsizer.emails=you@example.com',
    () => deployStack(emulator.url, folder),
    (found) => `${Object.keys(found).length} outputs, the page at ${found['ApprovalPageUrl']}`,
  );
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
