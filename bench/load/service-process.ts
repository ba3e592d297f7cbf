/**
 * The far side of the load test in a process of its own, so that the load tool's clock is not held up by the service
 * it measures: Lambda, its environments and DynamoDB. Told by messages what to do; ends when its parent does.
 */
import { startDynamoDBEndpoint } from './dynamodb-endpoint.ts';
import { type EnvironmentSettings, Environments } from './environments.ts';
import { startLambdaService } from './lambda-service.ts';
import type { SelfSigned } from './self-signed.ts';

export interface StartMessage {
  readonly environments: number;
  readonly functionTimeoutMs: number;
  readonly dynamoDBServiceTimeMs: number;
  readonly tls: SelfSigned;
  readonly settings: Omit<EnvironmentSettings, 'dynamoDBUrl'>;
}

process.on('disconnect', () => process.exit(0));

process.once('message', async (message: StartMessage) => {
  const dynamoDB = await startDynamoDBEndpoint(message.tls, message.dynamoDBServiceTimeMs);
  const lambda = await startLambdaService(message.functionTimeoutMs);
  const environments = new Environments();
  process.on('exit', () => environments.stop());
  const settings = { ...message.settings, dynamoDBUrl: dynamoDB.url };
  const initMs: number[] = [];
  for (let started = 0; started < message.environments; started++) {
    initMs.push(await environments.start(settings, await lambda.addEnvironment()));
  }
  process.on('message', () => process.send?.({ totals: environments.totals(), dynamoDB: dynamoDB.counts() }));
  process.send?.({ invokeUrl: lambda.invokeUrl, initMs });
});
