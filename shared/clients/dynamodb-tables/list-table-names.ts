import { type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { callAws } from '../aws-call.ts';

/** Names of every table of the account and region, page by page. */
export async function listTableNames(dynamodb: DynamoDBClient): Promise<string[]> {
  const names: string[] = [];
  let after: string | undefined;
  do {
    const input = after ? { ExclusiveStartTableName: after } : {};
    const page = await callAws('dynamodb:ListTables', () => dynamodb.send(new ListTablesCommand(input)));
    names.push(...(page.TableNames ?? []));
    after = page.LastEvaluatedTableName;
  } while (after);
  return names;
}
