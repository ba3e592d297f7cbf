import { randomUUID } from 'node:crypto';

/** The version at the end of a qualified ARN; outside state machines nobody names one. */
export const versionIn = (functionArn: string): string => /:function:[^:]+:(\d+)$/.exec(functionArn)?.[1] ?? '$LATEST';

/** The part of Lambda's context that is plain data. */
export function lambdaContext(task: string, functionArn: string) {
  return {
    functionName: task,
    functionVersion: versionIn(functionArn),
    invokedFunctionArn: functionArn,
    memoryLimitInMB: '512',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${task}`,
    logStreamName: 'sandbox',
    callbackWaitsForEmptyEventLoop: false,
  };
}
