import type { Principal } from '../account/iam/principal.ts';
import type { SandboxAccount } from '../account/sandbox-account.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { identifyResources } from './identities.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';
import type { DeployedResource, PseudoParameters, Template, TemplateResource } from './template.ts';

const TASK_METADATA = 'rightsizer:task';

/** The task that a function of the template runs; undefined for functions of others. */
export function taskOfResource({ Metadata }: TemplateResource): string | undefined {
  const task = Metadata?.[TASK_METADATA];
  return typeof task === 'string' ? task : undefined;
}

export interface DeployOptions {
  template: Template;
  stackName: string;
  account: SandboxAccount;
  clock: VirtualClock;
  seed: number;
  /** @default 'https://rightsizer.execute-api.us-east-1.amazonaws.com' */
  apiEndpoint?: string;
  /** Threads that run pure tasks ahead of their turn; the night is the same with any number. @default 0 */
  threads?: number;
}

/** What is known of a deployment while its parts are made. */
export interface Stage extends DeployOptions {
  apiEndpoint: string;
  pseudo: PseudoParameters;
  resources: Map<string, DeployedResource>;
  /** Whom each state machine acts as, by its name. */
  stateMachineRoles: Map<string, Principal>;
  /** Task by the function's name. */
  taskOf: Map<string, string>;
}

export function openStage(options: DeployOptions, apiEndpoint: string): Stage {
  const { account, stackName, template } = options;
  const pseudo: PseudoParameters = {
    'AWS::Region': account.region,
    'AWS::AccountId': account.accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${account.region}:${account.accountId}:stack/${stackName}/1`,
  };
  const resources = identifyResources(template, { pseudo, apiEndpoint });
  return { ...options, apiEndpoint, pseudo, resources, taskOf: new Map(), stateMachineRoles: new Map() };
}

export const resolve = (stage: Stage, value: unknown): unknown =>
  resolveIntrinsics(value, stage.resources, stage.pseudo);
export const refOf = (stage: Stage, logicalId: string): string => stage.resources.get(logicalId)?.ref ?? '';
