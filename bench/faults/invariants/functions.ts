import type { FunctionRecord } from '../../../sandbox/account/lambda/function-record.ts';
import type { Evidence } from '../world/evidence.ts';

/** A function of any account, by how the hub knows it: by its name at home, by its ARN anywhere else. */
export interface KnownFunction {
  readonly functionName: string;
  readonly record: FunctionRecord;
}

export const functionsIn = ({ account, abroad }: Pick<Evidence, 'account' | 'abroad'>): KnownFunction[] => [
  ...account.lambda.functions.all().map((record) => ({ functionName: record.name, record })),
  ...(abroad?.accounts ?? []).flatMap((each) =>
    each.lambda.functions.all().map((record) => ({ functionName: record.arn, record })),
  ),
];
