import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { createClient, makeClient, registerClientPlugin, releaseClients } from '../../../../shared/clients/sdk.ts';

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

it('makes another client where the former was let go of, and leaves all others as they are', () => {
  const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b' });
  const [over, other] = [createClient(LambdaClient, { credentials }), createClient(LambdaClient)];
  releaseClients((own) => own.credentials === credentials);
  expect(createClient(LambdaClient, { credentials })).not.toBe(over);
  expect(createClient(LambdaClient)).toBe(other);
});

it('has plugins added later see no client that was let go of', () => {
  const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b' });
  const over = createClient(LambdaClient, { credentials });
  releaseClients((own) => own.credentials === credentials);
  const seen = new Set<unknown>();
  registerClientPlugin((client) => seen.add(client))();
  expect(seen.has(over)).toBe(false);
});
