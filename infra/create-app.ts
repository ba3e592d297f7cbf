import { App, type AppProps, Stage, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { loadConfiguration, type StageConfiguration } from './config.ts';
import { RightsizerStack } from './stacks/rightsizer-stack.ts';
import { SpokeStack } from './stacks/spoke-stack.ts';

export interface RightsizerApp {
  app: App;
  stack: RightsizerStack;
  /** For every other account and region; only where there are any. */
  spoke?: SpokeStack | undefined;
}

/**
 * The CDK app of one stage, by its configuration in the context; `now` only decides which starts lie ahead.
 *
 * @param isChecked whether a synthesis is held to AWS's solutions rules, which takes a third of it. @default true
 */
export function createApp(now: Date, props: AppProps = {}, isChecked = true): RightsizerApp {
  const app = new App({ analyticsReporting: false, ...props });
  const configuration = loadConfiguration(app.node, now);
  const stack = new RightsizerStack(app, configuration.stackName, {
    stackName: configuration.stackName,
    description:
      'Rightsizer: measures, asks, changes, verifies and rolls back the sizes of Lambda functions, night by night',
    env: {
      ...(configuration.account && { account: configuration.account }),
      ...(configuration.region && { region: configuration.region }),
    },
    configuration,
    now,
  });
  const spoke = addSpoke(app, configuration);
  // Findings fail every synthesis; those we accept are acknowledged where their cause is, each with its reason.
  if (isChecked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack, spoke };
}

/** An assembly of its own: `cdk deploy` means the hub, and the spokes' template is for StackSets. */
function addSpoke(app: App, configuration: StageConfiguration): SpokeStack | undefined {
  const { account, region, stackName, organization, readOnly } = configuration;
  if (organization === undefined || account === undefined || region === undefined) return undefined;
  const { externalId } = organization;
  const id = `${stackName}-Spoke`;
  return new SpokeStack(new Stage(app, 'Spokes'), id, {
    stackName: id,
    description: 'Rightsizer: lets the tasks of a hub look after the Lambda functions of this account and region',
    hub: { accountId: account, region, stackName, externalId },
    mayWrite: !readOnly,
  });
}
