import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { LogLevel, type LogOptions } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** Errors only, and never execution data: it would carry task tokens into the log. */
export function executionLog(scope: Construct, retention: RetentionDays): LogOptions {
  return {
    level: LogLevel.ERROR,
    includeExecutionData: false,
    destination: new LogGroup(scope, 'Log', { retention, removalPolicy: RemovalPolicy.DESTROY }),
  };
}
