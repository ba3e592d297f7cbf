import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { createClient, makeClient } from '../../../../shared/clients/sdk.ts';

it('gives every wrapper of a task the same client of a class and configuration', () => {
  expect(createClient(LambdaClient)).toBe(createClient(LambdaClient, {}));
  expect(createClient(LambdaClient, { region: 'eu-west-1', maxAttempts: 1 })).toBe(
    createClient(LambdaClient, { maxAttempts: 1, region: 'eu-west-1' }),
  );
});

it('keeps classes and configurations apart', () => {
  const clients = [
    createClient(LambdaClient),
    createClient(LambdaClient, { maxAttempts: 1 }),
    createClient(CloudWatchClient),
    createClient(LambdaClient, { credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }) }),
    createClient(LambdaClient, { credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }) }),
    makeClient(LambdaClient),
  ];
  expect(new Set(clients).size).toBe(clients.length);
});
