import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GuideDependencies } from './guide.ts';
import type { DeployOptions } from './options.ts';
import { PROJECT_ROOT, spawnNode } from './spawn-node.ts';
import type { Template } from './template.ts';

const CDK = path.join(PROJECT_ROOT, 'node_modules/aws-cdk/bin/cdk');

/** The CDK's own CLI, with the options as context of the app. */
export function createCdk(options: DeployOptions): Pick<GuideDependencies, 'synthesize' | 'bootstrap' | 'deploy'> {
  const assembly = mkdtempSync(path.join(tmpdir(), 'rightsizer-cdk-'));
  process.once('exit', () => rmSync(assembly, { recursive: true, force: true }));
  const cdk = (app: string | undefined, words: readonly string[]) =>
    spawnNode([CDK, ...words, ...(app === undefined ? [] : ['--app', app]), ...options.cdkArguments]);
  return {
    synthesize: async () => {
      await cdk(options.app, ['synth', '--quiet', '--output', assembly, ...contextOf(options)]);
      const file = path.join(assembly, `${options.stackName}.template.json`);
      const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
      return { template, emails: emailsIn(template) };
    },
    bootstrap: (environment) => cdk(options.app, ['bootstrap', environment, ...contextOf(options)]),
    // What was shown is what is deployed.
    deploy: () => cdk(assembly, ['deploy', '--require-approval', 'never']),
  };
}

function contextOf({ stackName, emails }: DeployOptions): string[] {
  const context = { stackName, ...(emails !== undefined && { emails }) };
  return Object.entries(context).flatMap(([field, value]) => ['-c', `rightsizer.${field}=${value}`]);
}

/** As the template subscribes them, wherever they were configured. */
function emailsIn({ Resources }: Template): string[] {
  const all = Object.values(Resources).flatMap(({ Properties }) => subscriptionsOf(Properties));
  return [...new Set(all.filter(({ Protocol }) => Protocol === 'email').map(({ Endpoint }) => Endpoint))];
}

interface Subscription {
  Protocol: string;
  Endpoint: string;
}

/** A subscription is a resource of its own, or a property of the topic. */
function subscriptionsOf(
  properties: (Partial<Subscription> & { Subscription?: Subscription[] }) | undefined,
): Subscription[] {
  const { Protocol, Endpoint, Subscription: inTopic = [] } = properties ?? {};
  return Protocol && Endpoint ? [{ Protocol, Endpoint }] : inTopic;
}
