import { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import { VirtualClock } from '../../../sandbox/clock/virtual-clock.ts';
import { openStage, type Stage } from '../../../sandbox/deployment/stage.ts';
import { registerClientPlugin } from '../../../shared/clients/sdk.ts';
import { createClientSecret } from '../../../shared/clients/secrets-manager/client-secret.ts';
import { START_MS, synthesized } from '../../support/night-world.ts';

/** The page's role in the synthesized stack, where approvers sign in by a client that has a secret. */
let clock: VirtualClock;
let stage: Stage;
let secretArn: string;
let othersArn: string;
let stop: () => void;
beforeAll(() => {
  clock = new VirtualClock(START_MS);
  const account = new SandboxAccount({ clock, seed: 3 });
  stop = registerClientPlugin(account.plugin());
  secretArn = account.secretsManager.createSecret('rightsizer/oidc', '{"clientSecret":"open-sesame"}');
  othersArn = account.secretsManager.createSecret('payroll', 'of somebody else');
  const client = { oidcIssuer: 'https://issuer.example.com', oidcClientId: 'client' };
  const { template, stackName } = synthesized({ approvalPage: { ...client, oidcClientSecretArn: secretArn } });
  stage = openStage({ template, stackName, account, clock, seed: 3 }, 'https://page.example.com');
});
afterAll(() => stop());

const readAs = (task: string, arn: string): Promise<string> =>
  clock.complete(() => stage.access.asTask(task, () => createClientSecret(arn)()));

it('lets the page read the secret of its client', async () => {
  expect(await readAs('serve-page', secretArn)).toBe('open-sesame');
});

it('refuses the page every other secret', async () => {
  await expect(readAs('serve-page', othersArn)).rejects.toThrow(/AWS denied secretsmanager:GetSecretValue/);
});

it.each(['prepare-approvals', 'deliver-decision', 'apply-change'])('refuses the secret to %s', async (task) => {
  await expect(readAs(task, secretArn)).rejects.toThrow(/AWS denied secretsmanager:GetSecretValue/);
});
