import { App, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { TEST_FUNCTIONS, TEST_FUNCTIONS_STACK, TEST_MEMORY_MB, TEST_TAG } from './names.ts';

/** Waits for the most part and computes for the rest. */
const BUSY = `exports.handler = async ({ ms }) => {
  const until = Date.now() + ms / 10;
  while (Date.now() < until) Math.sqrt(Math.random());
  await new Promise((resolve) => setTimeout(resolve, ms));
};`;

const app = new App({ analyticsReporting: false });
const functions = new Stack(app, TEST_FUNCTIONS_STACK);
for (const functionName of TEST_FUNCTIONS) {
  new LambdaFunction(functions, functionName, {
    functionName,
    runtime: Runtime.NODEJS_22_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromInline(BUSY),
    memorySize: TEST_MEMORY_MB,
    timeout: Duration.seconds(30),
    // Lambda would make one that nothing destroys.
    logGroup: new LogGroup(functions, `${functionName}-log`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_DAY,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
}
Tags.of(functions).add(TEST_TAG, 'true');
app.synth();
