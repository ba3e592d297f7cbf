import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { createClient } from '../../shared/clients/sdk.ts';
import { noteCustomerKeys } from './customer-keys.ts';
import { enterEnvironment } from './environment.ts';
import { refOf, resolve, type Stage } from './stage.ts';
import { resourcesOfType } from './template.ts';

/** Makes the template's functions, tables, topics and buckets in the account. */
export async function createResources(stage: Stage): Promise<void> {
  createFunctions(stage);
  noteCustomerKeys(stage);
  await stage.clock.complete(async () => {
    await createTables(stage);
    await createTopics(stage);
  });
  for (const [id] of resourcesOfType(stage.template, 'AWS::S3::Bucket'))
    stage.account.s3.createBucket(refOf(stage, id));
}

/** Environment variables of the template's functions, as they stand now. */
export function enterFunctionEnvironments(stage: Stage): void {
  const functions = resourcesOfType(stage.template, 'AWS::Lambda::Function');
  enterEnvironment(
    functions.map(([, { Properties }]) => {
      const { Environment } = resolve(stage, Properties) as { Environment?: { Variables: Record<string, string> } };
      return Environment?.Variables ?? {};
    }),
  );
}

function createFunctions(stage: Stage): void {
  for (const [id, { Properties }] of resourcesOfType(stage.template, 'AWS::Lambda::Function')) {
    const properties = resolve(stage, Properties) as {
      Runtime: string;
      MemorySize?: number;
      Timeout?: number;
      Architectures?: string[];
      Tags?: { Key: string; Value: string }[];
    };
    const name = refOf(stage, id);
    stage.account.lambda.createFunction(
      {
        FunctionName: name,
        Runtime: properties.Runtime as 'nodejs24.x',
        MemorySize: properties.MemorySize,
        Timeout: properties.Timeout,
        Architectures: properties.Architectures as ['arm64'] | undefined,
      },
      { tags: { ...tagsOf(properties.Tags), 'aws:cloudformation:stack-name': stage.stackName } },
    );
  }
  enterFunctionEnvironments(stage);
}

const tagsOf = (tags: { Key: string; Value: string }[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

async function createTables(stage: Stage): Promise<void> {
  const client = createClient(DynamoDBClient);
  for (const [id, { Properties }] of resourcesOfType(stage.template, 'AWS::DynamoDB::Table')) {
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = resolve(
      stage,
      Properties,
    ) as CreateTableCommandInput;
    const TableName = refOf(stage, id);
    const input = {
      TableName,
      AttributeDefinitions,
      KeySchema,
      BillingMode,
      ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
    };
    await client.send(new CreateTableCommand(input));
  }
}

async function createTopics(stage: Stage): Promise<void> {
  const client = createClient(SNSClient);
  for (const [id] of resourcesOfType(stage.template, 'AWS::SNS::Topic')) {
    await client.send(new CreateTopicCommand({ Name: stage.resources.get(id)?.attributes['TopicName'] }));
  }
  for (const [, { Properties }] of resourcesOfType(stage.template, 'AWS::SNS::Subscription')) {
    const { TopicArn, Protocol, Endpoint } = resolve(stage, Properties) as {
      TopicArn: string;
      Protocol: string;
      Endpoint: string;
    };
    await client.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }));
  }
}
