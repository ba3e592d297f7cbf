import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { loadConfiguration } from './config.ts';
import { RightsizerStack } from './stacks/rightsizer-stack.ts';

export interface RightsizerApp {
  app: App;
  stack: RightsizerStack;
}

/** The CDK app of one stage, by its configuration in the context; `now` only decides which starts lie ahead. */
export function createApp(now: Date, props: AppProps = {}): RightsizerApp {
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
  // Findings fail every synthesis; those we accept are acknowledged where their cause is, each with its reason.
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
}
