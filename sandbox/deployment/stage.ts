import type { SandboxAccount } from '../account/sandbox-account.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { Access } from './access.ts';
import { identifyResources } from './identities.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';
import { type DeployedResource, type PseudoParameters, resourcesOfType, type Template } from './template.ts';

const TASK_METADATA = 'rightsizer:task';

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

/** What is known of a stack while its parts are made and run. */
export interface Stage extends DeployOptions {
  apiEndpoint: string;
  pseudo: PseudoParameters;
  resources: Map<string, DeployedResource>;
  /** Task by the function's name. */
  taskOf: Map<string, string>;
  /** What the stack's roles allow; another with every generation of the stack. */
  access: Access;
}

export function openStage(options: DeployOptions, apiEndpoint: string): Stage {
  const { account, stackName, template } = options;
  const pseudo = pseudoParametersOf(account, stackName);
  const resources = identifyResources(template, { pseudo, apiEndpoint });
  const taskOf = tasksIn(template, resources);
  return {
    ...options,
    apiEndpoint,
    pseudo,
    resources,
    taskOf,
    access: accessOf(account, { template, resources, pseudo, taskOf }),
  };
}

export function pseudoParametersOf({ region, accountId }: SandboxAccount, stackName: string): PseudoParameters {
  return {
    'AWS::Region': region,
    'AWS::AccountId': accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/1`,
  };
}

type Named = Pick<Stage, 'template' | 'resources' | 'pseudo' | 'taskOf'>;

const accessOf = ({ iam }: SandboxAccount, { template, resources, pseudo, taskOf }: Named): Access =>
  new Access({ template, iam, taskOf, resolve: (value) => resolveIntrinsics(value, resources, pseudo) });

function tasksIn(template: Template, resources: ReadonlyMap<string, DeployedResource>): Map<string, string> {
  const tasks = resourcesOfType(template, 'AWS::Lambda::Function').flatMap(([id, { Metadata }]) => {
    const task = Metadata?.[TASK_METADATA];
    return typeof task === 'string' ? [[resources.get(id)!.ref, task] as const] : [];
  });
  return new Map(tasks);
}

/** Names the next generation's resources, and reads its roles. */
export function enterGeneration(stage: Stage, template: Template): void {
  stage.resources = identifyResources(template, stage, stage.resources);
  stage.template = template;
  // A release may call a task otherwise than the one before it.
  stage.taskOf = tasksIn(template, stage.resources);
  stage.access = accessOf(stage.account, stage);
}

export const resolve = (stage: Stage, value: unknown): unknown =>
  resolveIntrinsics(value, stage.resources, stage.pseudo);
export const refOf = (stage: Stage, logicalId: string): string => stage.resources.get(logicalId)?.ref ?? '';
