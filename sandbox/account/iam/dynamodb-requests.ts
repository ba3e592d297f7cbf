import { type AccessRequests, arnOf, type CallInput } from './access-scope.ts';

const PARTITION_KEY = 'pk';

/** DynamoDB's actions are on the table or the index asked; the partition keys of the items are a condition key. */
export const dynamoDbRequests: AccessRequests = (operation, input, scope) => {
  const action = `dynamodb:${operation}`;
  if (operation === 'ListTables') return [{ action, resource: '*' }];
  const tables = (input['RequestItems'] as Record<string, { Keys: CallInput[] }>) ?? {
    [String(input['TableName'])]: {},
  };
  return Object.entries(tables).map(([table, { Keys: keys }]) => {
    const index = input['IndexName'] === undefined ? '' : `/index/${input['IndexName']}`;
    const items = keys ?? [input['Key'] ?? input['Item']].filter((each) => each !== undefined);
    const leadingKeys = (items as CallInput[]).flatMap((item) => textOf(item[PARTITION_KEY]));
    return {
      action,
      resource: arnOf(scope, 'dynamodb', `table/${table}${index}`),
      // A query's keys stand in its expression; no policy of ours restricts one by them.
      ...(leadingKeys.length > 0 && { context: { 'dynamodb:LeadingKeys': leadingKeys } }),
    };
  });
};

/** Attribute values in the wire's form. */
function textOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  const { S: text } = (value ?? {}) as { S?: string };
  return text === undefined ? [] : [text];
}
