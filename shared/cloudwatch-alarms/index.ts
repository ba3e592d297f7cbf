/**
 * CloudWatch alarms for Lambda functions and DynamoDB tables, from Rightsizer's catalogue: thresholds with reasons,
 * minimum samples for rates, a runbook link in each, their cost known before they are created. Calling again changes
 * only what differs.
 */
export type { AlarmDefinition, AlarmPlan, AlarmThresholds } from '../contracts/alarms.ts';
export { ALARM_CATALOGUE, DEFAULT_THRESHOLDS } from '../domain/configuration/alarms/catalogue.ts';
export type { AlarmLibrarySettings } from './alarm-library-settings.ts';
export { type AlarmReport, applyAlarms } from './apply-alarms.ts';
export { type AlarmTopic, type AlarmTopicInput, createAlarmTopic } from './create-alarm-topic.ts';
export { createDynamoDBAlarms, type DynamoDBAlarmsInput } from './create-dynamodb-alarms.ts';
export { createPerformanceAlarms, type PerformanceAlarmsInput } from './create-performance-alarms.ts';
