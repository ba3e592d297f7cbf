import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { configuredClients } from '../../infra/constructs/configured-clients.ts';
import { AssumeRoleCommand, STSClient } from '../../infra/constructs/left-out/unconfigured-sts.ts';
import { bundleTasks, taskCode } from '../../infra/constructs/task-code.ts';
import { type AnyTaskName, Env } from '../../shared/constants.ts';
import { ORGANIZATION } from '../support/organization.ts';
import { synthesize, DEPLOYED_TASKS as TASKS } from './template.ts';

const STS = '@aws-sdk/client-sts';
const SES = '@aws-sdk/client-sesv2';

/** By task, what the bundles of a stage with this configuration bring along besides. */
function broughtBy(rightsizer: Record<string, unknown>): Record<string, string[]> {
  const template = synthesize(rightsizer);
  const asked = TASKS.map((task) => {
    const { Variables } = template.task(task).resource.Properties.Environment;
    return [task, configuredClients(Variables)] as const;
  });
  return Object.fromEntries(asked.filter(([, clients]) => clients.length > 0));
}

describe('clients that only some configurations ask for', () => {
  it('are in no bundle of a stage that asks for none', () => {
    expect(broughtBy({})).toEqual({});
  });

  it('are in the bundles of the tasks that work in other accounts, where there are some', () => {
    const brought = broughtBy(ORGANIZATION);
    expect(new Set(Object.values(brought).flat())).toEqual(new Set([STS]));
    const bundles = bundleTasks([STS]);
    const withSts = [...bundles].filter(([, { modules }]) => modules.some((module) => module.includes(`/${STS}/`)));
    expect(Object.keys(brought).toSorted()).toEqual(withSts.map(([task]) => task).toSorted());
  });

  it('are in the bundle that mails the digest as HTML, and in the page’s where approvers sign in', () => {
    expect(broughtBy({ htmlDigest: { from: 'rightsizer@example.com', to: ['a@example.com'] } })).toEqual({
      'prepare-approvals': [SES],
    });
    const approvalPage = { oidcIssuer: 'https://issuer.example.com', oidcClientId: 'client' };
    expect(broughtBy({ approvalPage })).toEqual({
      'serve-page': ['@aws-sdk/client-secrets-manager', 'openid-client'],
    });
  });

  it('are brought by each stage of an app as it asks for them', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-stages-'));
    try {
      const app = new App({ outdir: folder, context: { 'aws:cdk:enable-asset-metadata': true } });
      const variables: Record<string, string>[] = [{}, { [Env.organization]: '{}' }];
      const stages = variables.map((environment, at) => stageOf(app, at, environment));
      const assembly = app.synth();
      const code = stages.map(({ stackName }) => {
        const [asset] = Object.values(assembly.getStackByName(stackName).template.Resources)
          .map((resource) => (resource as { Metadata?: Record<string, string> }).Metadata?.['aws:asset:path'])
          .filter((asset) => asset !== undefined);
        return readFileSync(path.join(folder, asset!, 'index.mjs'), 'utf8');
      });
      expect(code.map((text) => text.includes('AWSSecurityTokenService'))).toEqual([false, true]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('say so where they are asked for all the same, with a variable set by hand', () => {
    expect(() => new STSClient()).toThrow('organization is configured here, but the stage was deployed without it');
    expect(() => new AssumeRoleCommand()).toThrow(expect.objectContaining({ name: 'InvalidConfiguration' }));
  });
});

function stageOf(app: App, at: number, environment: Record<string, string>): Stack {
  const stack = new Stack(app, `Stage${at}`);
  const task: AnyTaskName = 'collect-metrics';
  new LambdaFunction(stack, 'Task', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: taskCode(task, environment),
  });
  return stack;
}
