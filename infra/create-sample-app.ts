import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { SampleStack } from './stacks/sample-stack.ts';

/** An app of its own, so that deploying Rightsizer never asks which stack is meant. */
export function createSampleApp(props: AppProps = {}): { app: App; stack: SampleStack } {
  const app = new App({ analyticsReporting: false, ...props });
  const stack = new SampleStack(app, 'RightsizerSample', {
    stackName: 'RightsizerSample',
    description: "Two functions on Rightsizer's libraries: the customer's integration example, and as written today",
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
}
